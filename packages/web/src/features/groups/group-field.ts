import type { GroupOption } from "@opengsync/db/queries/groups";
import type { SearchSelectField, SelectField } from "../../framework/form.ts";

/** Who chooses a group: customers among their own, staff among all, which they search. */
export interface GroupChoice {
	readonly isInsider: boolean;
	/** Own groups of a customer, and the one chosen already; empty for staff. */
	readonly groups: readonly GroupOption[];
}

/** The group that an object has already. */
export interface PresentGroup {
	readonly group_id: number | null;
	readonly group_name: string | null;
}

/**
 * The field *Group* of requests and projects (access-and-web.md §3.3, §12.1).
 * @param present null for a new object
 */
export function buildGroupField(
	{ isInsider, groups }: GroupChoice,
	present: PresentGroup | null,
	help: string,
): SearchSelectField | SelectField<number> {
	const chosen = present?.group_id ? { id: present.group_id, label: present.group_name ?? "" } : null;
	if (isInsider) {
		const value = chosen ? { value: chosen } : {};
		return { kind: "search-select", label: "Group", source: "/htmx/groups/search", help, ...value };
	}
	const options = groups.map((group) => ({ value: group.id, label: group.name }));
	return { kind: "select", label: "Group", options, help, ...(chosen ? { value: chosen.id } : {}) };
}
