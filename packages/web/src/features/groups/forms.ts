import type { GroupPageRow } from "@opengsync/db/queries/groups";
import { AffiliationType, GroupType, membersOf } from "@opengsync/domain/catalog";
import { defineForm, memberOptions } from "../../framework/form.ts";

/** The form of a group: access-and-web.md §3.5. `group` is null for a new one. */
export function buildGroupForm(group: GroupPageRow | null) {
	return defineForm({
		name: "group-form",
		submitLabel: group ? "Save group" : "Create group",
		fields: {
			name: {
				kind: "text",
				label: "Name",
				required: true,
				minLength: 6,
				maxLength: 128,
				...(group ? { value: group.name } : {}),
			},
			typeId: {
				kind: "select",
				label: "Type",
				required: true,
				options: memberOptions(membersOf(GroupType)),
				value: group?.type_id ?? GroupType.RESEARCH_GROUP.id,
			},
		},
	});
}

/** The form of a new member; ownership is handed over, not given here. */
export const memberForm = defineForm({
	name: "member-form",
	submitLabel: "Add member",
	fields: {
		email: {
			kind: "email",
			label: "E-mail",
			required: true,
			maxLength: 128,
			help: "The address with which the person signs in.",
		},
		affiliationTypeId: {
			kind: "radio",
			label: "Affiliation",
			required: true,
			options: [
				{ value: AffiliationType.MEMBER.id as number, label: "Member: sees the requests and projects of the group" },
				{ value: AffiliationType.MANAGER.id as number, label: "Manager: adds and removes members, too" },
			],
			value: AffiliationType.MEMBER.id,
		},
	},
});
