import { type Enumeration, findMember, membersOf } from "@opengsync/domain/catalog";
import type { FilterOption, ListColumn } from "../framework/list.ts";
import { ObjectLink } from "./parts.tsx";
import { StatusBadge } from "./status.tsx";

/** Column with the number of an object, linked to its page where there is one. */
export function idColumn<Row extends { readonly id: number }>(href: (row: Row) => string | null): ListColumn<Row> {
	return {
		key: "id",
		title: "ID",
		sort: true,
		search: true,
		mono: true,
		cell: (row) => (
			<ObjectLink href={href(row)} mono>
				{row.id}
			</ObjectLink>
		),
		text: (row) => row.id,
	};
}

/** Column with the name of an object, linked to its page; searched, and sorted unless `sort` is false. */
export function nameColumn<Row extends { readonly name: string }>(
	href: (row: Row) => string | null,
	{ sort = true }: { readonly sort?: boolean } = {},
): ListColumn<Row> {
	return {
		key: "name",
		title: "Name",
		...(sort ? { sort } : {}),
		search: true,
		cell: (row) => <ObjectLink href={href(row)}>{row.name}</ObjectLink>,
		text: (row) => row.name,
	};
}

/** Column with a number of the row that can be sorted by. */
export function countColumn<Key extends string>(key: Key, title: string): ListColumn<Readonly<Record<Key, number | null>>> {
	return { key, title, sort: true, numeric: true, cell: (row) => row[key], text: (row) => row[key] };
}

/** Column with a member of an enumeration by its label, filtered by all members. */
export function memberColumn<Row>(
	column: Pick<ListColumn<Row>, "key" | "title" | "sort">,
	enumeration: Enumeration,
	idOf: (row: Row) => number | null,
): ListColumn<Row> {
	const labelOf = (row: Row) => findMember(enumeration, idOf(row))?.label ?? "";
	return { ...column, filter: filterOptions(membersOf(enumeration)), cell: labelOf, text: labelOf };
}

/** Column with the status of an object, sorted and filtered; empty for what has none. */
export function statusColumn(statuses: Enumeration): ListColumn<{ readonly status_id: number | null }> {
	return {
		...memberColumn({ key: "status", title: "Status", sort: true }, statuses, ({ status_id: id }) => id),
		cell: ({ status_id: id }) => id !== null && <StatusBadge status={findMember(statuses, id)} />,
	};
}

/** Members of an enumeration as options of a filter. */
export function filterOptions(members: readonly FilterOption[]): FilterOption[] {
	return members.map(({ id, label }) => ({ id, label }));
}
