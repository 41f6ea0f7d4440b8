// Lists: search, sort, filter and page over the whole set (data-model.md §17).
//
// A page costs three statements whatever its size: the ids of the page from the narrow table, the rows of these ids, the total. Searching
// walks the trigram index in order of distance: that of the list's own table, or that of the related table whose text is searched.
import { paging } from "@opengsync/domain/catalog";
import { parseIdentifierDigits } from "@opengsync/domain/identifiers";
import { type RawBuilder, sql } from "kysely";
import type { Viewer } from "./access.ts";
import type { Db } from "./connection.ts";
import { countRows, countRowsLately, EXACT_COUNT_LIMIT, SEARCH_COUNT_LIMIT } from "./list-count.ts";

/** Thrown for a sort field, filter, filter value or page that the list does not have; a bad request. */
export class BadListParameterError extends Error {
	override name = "BadListParameterError";
}

/** How a word is looked for in a column. */
export type ListSearch =
	/** Trigram similarity of lower-case texts of the row; of several the best. `text` has to be as in the index, e.g. `lower(library.name)`. */
	| { kind: "trigram"; texts: RawBuilder<unknown>[] }
	/** Trigram similarity of a text of another table, reached by a reference of the row. */
	| { kind: "related"; table: string; text: RawBuilder<unknown>; reference: RawBuilder<unknown> }
	/** The digits of the word are an id. */
	| { kind: "digits"; value: RawBuilder<unknown> }
	/** The word as it is. */
	| { kind: "exact"; value: RawBuilder<unknown> };

/** What can be done with a column. Expressions refer to the list's table by its own name. */
export interface ListColumn {
	sort?: RawBuilder<unknown>;
	/** `left join …` to at most one row that `sort` refers to: for many rows far cheaper than a subquery for each. */
	sortJoin?: RawBuilder<unknown>;
	/** `sort` is never null, so that an index delivers the rows in both directions. */
	isNeverEmpty?: boolean;
	search?: ListSearch;
	/** Filter by some of the allowed ids; for yes or no the ids are 1 and 0. */
	filter?: { allowedIds: readonly number[]; matches: (ids: number[]) => RawBuilder<boolean> };
}

/** A list. `C` names its columns as in the URL, `S` the objects that it can be limited to, `Row` what it shows. */
export interface ListSpec<Row, C extends string, S extends string> {
	/** Table of the rows. */
	table: string;
	/** Key of the rows; also the last sort field. */
	id: RawBuilder<number>;
	columns: Record<C, ListColumn>;
	/** Limits to what belongs to another object, by its id. */
	scopes: Record<S, (id: number) => RawBuilder<boolean>>;
	/** Which rows the viewer may see. */
	visible: (viewer: Viewer) => RawBuilder<boolean>;
	defaultSort: { column: C; order: SortOrder };
	/** Rows per page; default: catalog `paging.table`. */
	pageSize?: number;
	/** Rows of these ids in any order. */
	load: (db: Db, ids: number[], viewer: Viewer) => Promise<(Row & { id: number })[]>;
}

export type SortOrder = "asc" | "desc";

/** What is asked of a list. */
export interface ListParameters<C extends string, S extends string> {
	/** From 0; beyond the end gives the last page. */
	page?: number;
	sortBy?: C;
	sortOrder?: SortOrder;
	/** Replaces sorting; an empty word sorts by the column instead. */
	search?: { column: C; word: string };
	filters?: Partial<Record<C, number[]>>;
	scope?: Partial<Record<S, number>>;
	pageSize?: number;
}

/** A page of a list. */
export interface ListPage<Row> {
	rows: Row[];
	/** From 0; differs from the one asked for when that lies beyond the end. */
	page: number;
	/** At least 1. */
	pageCount: number;
	total: number;
	/** True where a very large total is the database's estimate. */
	isTotalEstimated: boolean;
}

/** Everything after `select …`. */
interface ListSelection {
	/** `from … where …` with what the order needs. */
	from: RawBuilder<unknown>;
	/** The same rows for counting them. */
	countFrom: RawBuilder<unknown>;
	orderings: RawBuilder<unknown>[];
	/** Rows up to which the total is counted exactly. */
	countLimit: number;
}

/** What a search adds to a list. */
interface Found {
	condition: RawBuilder<boolean>;
	/** Order of the matches; null when there is at most one. */
	ordering: RawBuilder<unknown> | null;
	/** Table to join. */
	join?: RawBuilder<unknown>;
}

function columnOf<C extends string>(columns: Record<C, ListColumn>, name: string, use: keyof ListColumn): ListColumn {
	const column = Object.hasOwn(columns, name) ? columns[name as C] : undefined;
	if (!column?.[use]) throw new BadListParameterError(`This list has no ${use} by “${name}”`);
	return column;
}

function orderBy(expression: RawBuilder<unknown>, order: SortOrder, isNeverEmpty = false): RawBuilder<unknown> {
	if (isNeverEmpty) return order === "asc" ? sql`${expression} asc` : sql`${expression} desc`;
	return order === "asc" ? sql`${expression} asc nulls last` : sql`${expression} desc nulls last`;
}

function select(search: ListSearch, word: string): Found {
	if (search.kind === "digits") {
		const id = parseIdentifierDigits(word);
		return { condition: id === null ? sql<boolean>`false` : sql<boolean>`${search.value} = ${id}`, ordering: null };
	}
	if (search.kind === "exact") return { condition: sql<boolean>`${search.value} = ${word}`, ordering: null };
	const lower = sql`${word.toLowerCase()}::text`;
	if (search.kind === "related") {
		return {
			join: sql`join ${sql.table(search.table)} on ${sql.ref(`${search.table}.id`)} = ${search.reference}`,
			condition: sql<boolean>`${search.text} % ${lower}`,
			ordering: sql`${search.text} <-> ${lower}`,
		};
	}
	const matches = search.texts.map((text) => sql<boolean>`${text} % ${lower}`);
	const distances = search.texts.map((text) => sql`${text} <-> ${lower}`);
	return {
		condition: sql<boolean>`(${sql.join(matches, sql` or `)})`,
		// A single distance is left as it is, so that the index can deliver the rows in this order.
		ordering: distances.length === 1 ? sql.join(distances) : sql`least(${sql.join(distances)})`,
	};
}

function arrange<Row, C extends string, S extends string>(
	spec: ListSpec<Row, C, S>,
	parameters: ListParameters<C, S>,
	viewer: Viewer,
): ListSelection {
	const conditions = [spec.visible(viewer)];
	for (const [name, id] of Object.entries<number | undefined>(parameters.scope ?? {})) {
		if (id === undefined) continue;
		if (!Object.hasOwn(spec.scopes, name)) throw new BadListParameterError(`This list cannot be limited by “${name}”`);
		conditions.push(spec.scopes[name as S](id));
	}
	for (const [name, ids] of Object.entries<number[] | undefined>(parameters.filters ?? {})) {
		if (ids === undefined || ids.length === 0) continue;
		const { filter } = columnOf(spec.columns, name, "filter");
		const unknown = ids.find((id) => !filter?.allowedIds.includes(id));
		if (unknown !== undefined) throw new BadListParameterError(`“${name}” has no value ${unknown}`);
		if (filter) conditions.push(filter.matches(ids));
	}
	if (parameters.search) {
		const { search } = columnOf(spec.columns, parameters.search.column, "search");
		const word = parameters.search.word.trim();
		if (word !== "" && search) {
			const found = select(search, word);
			const from = fromWhere(spec.table, [...conditions, found.condition], found.join);
			return {
				from,
				countFrom: from,
				orderings: [...(found.ordering ? [found.ordering] : []), sql`${spec.id} desc`],
				countLimit: found.ordering ? SEARCH_COUNT_LIMIT : EXACT_COUNT_LIMIT,
			};
		}
	}
	const emptySearch = parameters.search && spec.columns[parameters.search.column].sort ? parameters.search.column : undefined;
	const sortBy = emptySearch ?? parameters.sortBy ?? spec.defaultSort.column;
	const order = parameters.sortOrder ?? (emptySearch || parameters.sortBy ? "asc" : spec.defaultSort.order);
	const { sort, sortJoin, isNeverEmpty } = columnOf(spec.columns, sortBy, "sort");
	return {
		from: fromWhere(spec.table, conditions, sortJoin),
		countFrom: fromWhere(spec.table, conditions),
		orderings: [...(sort && sort !== spec.id ? [orderBy(sort, order, isNeverEmpty)] : []), tieBreak(spec.id, sort, order)],
		countLimit: EXACT_COUNT_LIMIT,
	};
}

function fromWhere(table: string, conditions: RawBuilder<boolean>[], join: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
	return sql`from ${sql.table(table)} ${join} where ${sql.join(conditions, sql` and `)}`;
}

/** The key makes the order complete; as the sort field itself it follows the chosen order, else newest first. Never null, so any index fits. */
function tieBreak(id: RawBuilder<number>, sort: RawBuilder<unknown> | undefined, order: SortOrder): RawBuilder<unknown> {
	return sort === id && order === "asc" ? sql`${id} asc` : sql`${id} desc`;
}

/**
 * One page of a list.
 * @throws BadListParameterError
 */
export async function runList<Row, C extends string, S extends string>(
	db: Db,
	spec: ListSpec<Row, C, S>,
	parameters: ListParameters<C, S>,
	viewer: Viewer,
): Promise<ListPage<Row & { id: number }>> {
	const asked = parameters.page ?? 0;
	if (!Number.isSafeInteger(asked) || asked < 0) throw new BadListParameterError("The page is not a number from 0");
	const pageSize = parameters.pageSize ?? spec.pageSize ?? paging.table;
	const { from, countFrom, orderings, countLimit } = arrange(spec, parameters, viewer);
	const idsOf = async (page: number) => {
		const { rows } = await sql<{ id: number }>`
			select ${spec.id} as id ${from} order by ${sql.join(orderings)} limit ${pageSize} offset ${page * pageSize}`.execute(db);
		return rows.map(({ id }) => id);
	};
	const lastPage = (total: number) => Math.max(0, Math.ceil(total / pageSize) - 1);
	let count = await countRowsLately(db, countFrom, countLimit);
	let page = count.isEstimated ? asked : Math.min(asked, lastPage(count.total));
	let ids = count.total === 0 ? [] : await idsOf(page);
	if (count.total > 0 && ids.length === 0) {
		// Beyond the end of a large list: only now it has to be known where it ends.
		count = await countRows(db, countFrom, Number.MAX_SAFE_INTEGER - 1);
		page = lastPage(count.total);
		ids = await idsOf(page);
	}
	const rows = ids.length === 0 ? [] : await spec.load(db, ids, viewer);
	const byId = new Map(rows.map((row) => [row.id, row]));
	return {
		rows: ids.flatMap((id) => byId.get(id) ?? []),
		page,
		pageCount: Math.max(1, page + 1, Math.ceil(count.total / pageSize)),
		total: count.total,
		isTotalEstimated: count.isEstimated,
	};
}

/** Ids of all rows that match, in order, at most `limit`: for exports of what is filtered. */
export async function listIds<Row, C extends string, S extends string>(
	db: Db,
	spec: ListSpec<Row, C, S>,
	parameters: ListParameters<C, S>,
	viewer: Viewer,
	limit: number,
): Promise<number[]> {
	const { from, orderings } = arrange(spec, parameters, viewer);
	const { rows } = await sql<{ id: number }>`
		select ${spec.id} as id ${from} order by ${sql.join(orderings)} limit ${limit}`.execute(db);
	return rows.map(({ id }) => id);
}
