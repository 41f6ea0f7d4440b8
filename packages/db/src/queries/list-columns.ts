// Pieces that the lists of several entities share.
import { type Enumeration, membersOf } from "@opengsync/domain/catalog";
import { type RawBuilder, sql } from "kysely";
import type { ListColumn, ListSearch } from "../list-query.ts";

/** Reference to a column, `table.column`. */
export function ref<T = unknown>(name: string): RawBuilder<T> {
	return sql<T>`${sql.ref(name)}`;
}

/** Full name of a user, as its trigram index has it. */
export const userNameText = sql`lower((lims_user.first_name || ' ' || lims_user.last_name))`;

/** Full name of the user that `reference` names. */
export function userName(reference: string): RawBuilder<string> {
	return sql<string>`(select u.first_name || ' ' || u.last_name from lims_user as u where u.id = ${sql.ref(reference)})`;
}

/** Sortable and searchable by its digits. */
export function idColumn(id: RawBuilder<number>): ListColumn {
	return { sort: id, search: { kind: "digits", value: id } };
}

/** Sortable and searchable by similarity. */
export function textColumn(name: string): ListColumn {
	return { sort: ref(name), search: textSearch(name) };
}

/** Searchable by similarity; of several columns the best. */
export function textSearch(...names: string[]): ListSearch {
	return { kind: "trigram", texts: names.map((name) => sql`lower(${sql.ref(name)})`) };
}

/** Searchable by the name of a user. */
export function userSearch(reference: string): ListSearch {
	return { kind: "related", table: "lims_user", text: userNameText, reference: ref(reference) };
}

/** Sortable and filterable by an enumeration of the catalog. */
export function enumerationColumn(enumeration: Enumeration, name: string): ListColumn {
	return {
		sort: ref(name),
		filter: enumerationFilter(enumeration, (ids) => sql<boolean>`${sql.ref(name)} = any(${ids}::integer[])`),
	};
}

/** Filterable by an enumeration of the catalog. */
export function enumerationFilter(
	enumeration: Enumeration,
	matches: (ids: number[]) => RawBuilder<boolean>,
): NonNullable<ListColumn["filter"]> {
	return { allowedIds: membersOf(enumeration).map(({ id }) => id), matches };
}

/** Filterable by whether a reference is set: 1 yes, 0 no. */
export function isSetColumn(name: string): ListColumn {
	return {
		filter: {
			allowedIds: [0, 1],
			matches: (ids) => sql<boolean>`(${sql.ref(name)} is not null)::integer = any(${ids}::integer[])`,
		},
	};
}

/** Limit to rows whose column names the object. */
export function scopeBy(name: string): (id: number) => RawBuilder<boolean> {
	return (id) => sql<boolean>`${sql.ref(name)} = ${id}`;
}

/** Distinct types of the libraries that `condition` selects (table alias `l`), by id. */
export function libraryTypes(condition: RawBuilder<unknown>): RawBuilder<number[]> {
	return sql<number[]>`array(select distinct l.type_id from library as l where ${condition} order by l.type_id)`;
}
