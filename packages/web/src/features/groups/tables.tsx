import type { GroupPageRow, GroupRow, MemberRow } from "@opengsync/db/queries/groups";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { AffiliationType, GroupType } from "@opengsync/domain/catalog";
import { type MemberActionName, memberAction } from "@opengsync/domain/group-actions";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { countColumn, idColumn, memberColumn, nameColumn } from "../../components/list-columns.tsx";
import { CopyButton, ObjectLink } from "../../components/parts.tsx";
import { defineList, type ListDefinition } from "../../framework/list.ts";
import { projectsTable } from "../projects/tables.tsx";
import { requestsTable } from "../requests/tables.tsx";

/** Button that opens the form of a new group. */
export function NewGroupButton() {
	return (
		<LinkButton href="/groups/new/" dialog="/htmx/groups/new" look="primary" icon="plus">
			New group
		</LinkButton>
	);
}

/** The table of groups: access-and-web.md §11.2. */
export const groupsTable = defineList<GroupRow>({
	name: "groups",
	empty: {
		title: "No groups yet",
		hint: "Members of a group see the requests and projects that are assigned to it.",
		action: <NewGroupButton />,
	},
	columns: [
		idColumn((row) => `/groups/${row.id}/`),
		nameColumn((row) => `/groups/${row.id}/`, { sort: false }),
		memberColumn({ key: "type", title: "Type", sort: true }, GroupType, (row) => row.type_id),
		countColumn("num_users", "Users"),
		countColumn("num_projects", "Projects"),
		countColumn("num_seq_requests", "Requests"),
	],
});

/** Who looks at the members. */
export interface MemberTableViewer {
	readonly id: number;
	readonly isInsider: boolean;
}

/** Members of a group, with what the viewer may do with each: access-and-web.md §3.5. */
export function membersTable(group: GroupPageRow, viewer: MemberTableViewer): ListDefinition<MemberRow> {
	return defineList<MemberRow>({
		name: "members",
		empty: { title: "No members" },
		rowId: (row) => row.id,
		columns: [
			{ key: "id", title: "ID", mono: true, cell: (row) => row.id, text: (row) => row.id },
			{
				key: "user",
				title: "User",
				search: true,
				cell: (row) => (
					<ObjectLink href={viewer.isInsider || row.id === viewer.id ? `/users/${row.id}/` : null}>{row.name}</ObjectLink>
				),
				text: (row) => row.name,
			},
			{
				key: "email",
				title: "E-mail",
				cell: (row) => (
					<>
						{row.email} <CopyButton text={row.email} label={`Copy ${row.email}`} />
					</>
				),
				text: (row) => row.email,
			},
			memberColumn({ key: "affiliation", title: "Affiliation" }, AffiliationType, (row) => row.affiliation_type_id),
		],
		menu: (row) => <MemberButtons group={group} member={row} viewerId={viewer.id} />,
	});
}

function MemberButtons({ group, member, viewerId }: { group: GroupPageRow; member: MemberRow; viewerId: number }) {
	const isViewer = member.id === viewerId;
	const level = group.access_level as AccessLevel;
	const decide = (name: MemberActionName) =>
		memberAction(name, { level, affiliationTypeId: member.affiliation_type_id, isViewer });
	const makeOwner = decide("makeOwner");
	const remove = decide(isViewer ? "leave" : "remove");
	const url = `/groups/${group.id}/members/${member.id}`;
	const removal = isViewer
		? { title: `Leave ${group.name}?`, text: "You will no longer see the requests and projects of the others.", yes: "Leave" }
		: {
				title: `Remove ${member.name}?`,
				text: "Own requests and projects stay; those of the others are out of sight at once.",
				yes: "Remove",
			};
	return (
		<div class="btn-list flex-nowrap justify-content-end">
			{makeOwner.shown && (
				<ActionButton
					action={`${url}/make_owner/`}
					small
					look="quiet"
					disabledReason={makeOwner.reason}
					confirm={{ title: `Make ${member.name} the owner?`, text: "The present owner becomes a manager.", yes: "Hand over" }}
				>
					{makeOwner.label}
				</ActionButton>
			)}
			{remove.shown && (
				<ActionButton action={`${url}/remove/`} small look="quiet" disabledReason={remove.reason} confirm={removal}>
					{isViewer ? remove.label : "Remove"}
				</ActionButton>
			)}
		</div>
	);
}

const requestKeys = ["id", "name", "requestor", "status", "library_types", "submission_type", "submitted", "num_libraries"];

/** Requests of a group. */
export const groupRequests = defineList({
	...requestsTable,
	name: "group-requests",
	empty: { title: "No requests of this group yet", hint: "The group is chosen in the form of a request." },
	columns: requestsTable.columns.filter((column) => requestKeys.includes(column.key)),
});

/** Projects of a group. */
export const groupProjects = defineList({
	...projectsTable,
	name: "group-projects",
	empty: { title: "No projects of this group yet", hint: "The group is chosen in the form of a project." },
	columns: projectsTable.columns.filter((column) => column.key !== "group"),
});
