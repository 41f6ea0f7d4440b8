import { BadRequestError } from "@opengsync/core/errors";
import type { Content } from "./exchange.ts";

/** State of a list as it stands in the address: access-and-web.md §11.1. */
export interface ListState {
	/** From 0. */
	readonly page: number;
	readonly sortBy: string | null;
	readonly sortOrder: "asc" | "desc";
	/** At most one search at a time. */
	readonly search: { readonly field: string; readonly word: string } | null;
	/** Chosen ids by column; absent = no filter. */
	readonly filters: Readonly<Record<string, readonly number[]>>;
}

/** A page of rows, as `runList` of the database package gives it. */
export interface ListPage<Row> {
	readonly rows: readonly Row[];
	/** The page shown; the last one when a later one was asked for. */
	readonly page: number;
	readonly pages: number;
	readonly total: number;
	/** True where the total of a very large list is only roughly known. */
	readonly isTotalEstimated?: boolean;
}

/** A value that a column can be filtered by. */
export interface FilterOption {
	readonly id: number;
	readonly label: string;
}

/** A column of a list. `key` is the name by which the database's list sorts, searches and filters. */
export interface ListColumn<Row> {
	readonly key: string;
	readonly title: string;
	readonly cell: (row: Row) => Content;
	readonly sort?: boolean;
	readonly search?: boolean;
	readonly filter?: readonly FilterOption[];
	/** Right-aligned, tabular figures. */
	readonly numeric?: boolean;
	/** Monospaced: ids, identifiers, sequences. */
	readonly mono?: boolean;
	/** Text of the cell in exports; without it the column is left out of them. */
	readonly text?: (row: Row) => string | number | null;
	/** Name in the database's list when it differs from `key` per purpose. */
	readonly sortKey?: string;
	readonly searchKey?: string;
	readonly filterKey?: string;
}

/** A list as data: one component shows it, one route pair serves it. */
export interface ListDefinition<Row> {
	/** Unique on a page; also the file name of its export. */
	readonly name: string;
	readonly columns: readonly ListColumn<Row>[];
	/** Default: id, newest first. */
	readonly defaultSort?: { readonly by: string; readonly order: "asc" | "desc" };
	/** What to do when there is nothing yet, e.g. a button "New request". */
	readonly empty: { readonly title: string; readonly hint?: string; readonly action?: Content };
	/** Entries of the row's menu. */
	readonly menu?: (row: Row) => Content;
	readonly rowId?: (row: Row) => number | string;
}

/** Declares a list. */
export function defineList<Row>(definition: ListDefinition<Row>): ListDefinition<Row> {
	return definition;
}

/** Name of a column's search parameter. */
export function searchName<Row>(column: ListColumn<Row>): string {
	return column.searchKey ?? column.key;
}

/** Name of a column's filter parameter without `_in`. */
export function filterName<Row>(column: ListColumn<Row>): string {
	return column.filterKey ?? column.key;
}

/** Name by which a column sorts. */
export function sortName<Row>(column: ListColumn<Row>): string {
	return column.sortKey ?? column.key;
}

function readPage(text: string | null): number {
	if (text === null || text === "") return 0;
	const page = Number(text);
	if (!/^\d{1,9}$/.test(text)) throw new BadRequestError("page must be a number from 0.");
	return page;
}

/** `1,2,3`, `[1,2,3]` or the parameter several times. */
function readIds(name: string, texts: readonly string[]): number[] {
	const parts = texts.flatMap((text) => text.replaceAll(/[[\]\s]/g, "").split(",")).filter((part) => part !== "");
	return parts.map((part) => {
		if (!/^-?\d{1,9}$/.test(part)) throw new BadRequestError(`${name}_in must be a list of ids.`);
		return Number(part);
	});
}

/**
 * Reads the state of a list from the address. A search drops the sort.
 * @throws BadRequestError for an unknown sort field, a filter id that is not offered, a page that is no number
 */
export function readListState<Row>(list: ListDefinition<Row>, parameters: URLSearchParams): ListState {
	const sortBy = parameters.get("sort_by") || null;
	if (sortBy !== null && !list.columns.some((column) => column.sort && sortName(column) === sortBy)) {
		throw new BadRequestError(`Cannot sort by ${sortBy}.`);
	}
	const order = parameters.get("sort_order") || null;
	if (order !== null && order !== "asc" && order !== "desc") throw new BadRequestError("sort_order must be asc or desc.");
	const filters: Record<string, readonly number[]> = {};
	let search: ListState["search"] = null;
	for (const column of list.columns) {
		if (column.filter) {
			const name = filterName(column);
			const ids = readIds(name, parameters.getAll(`${name}_in`));
			const unknown = ids.find((id) => !column.filter?.some((option) => option.id === id));
			if (unknown !== undefined) throw new BadRequestError(`${name}_in: ${unknown} is not one of the values.`);
			if (ids.length > 0) filters[name] = ids;
		}
		const word = column.search ? (parameters.get(searchName(column))?.trim() ?? "") : "";
		if (word !== "" && search === null) search = { field: searchName(column), word };
	}
	const fallback = list.defaultSort ?? { by: null, order: "desc" as const };
	return {
		page: readPage(parameters.get("page")),
		sortBy: search ? null : (sortBy ?? fallback.by),
		sortOrder: order ?? (sortBy === null ? fallback.order : "asc"),
		search,
		filters,
	};
}

/** What to change of a state; null clears. */
export interface ListChange {
	readonly page?: number;
	readonly sort?: { readonly by: string; readonly order: "asc" | "desc" };
	readonly search?: { readonly field: string; readonly word: string } | null;
	readonly filter?: { readonly name: string; readonly ids: readonly number[] };
}

/** Parameters of a state after a change, merged into what else the address holds; any change but of the page goes to page 0. */
export function listQuery<Row>(
	list: ListDefinition<Row>,
	state: ListState,
	change: ListChange,
	others: URLSearchParams = new URLSearchParams(),
): URLSearchParams {
	const result = new URLSearchParams();
	const own = new Set(["page", "sort_by", "sort_order", ...list.columns.flatMap((column) => ownNames(column))]);
	for (const [name, value] of others) if (!own.has(name)) result.append(name, value);
	const search = change.search === undefined ? state.search : change.search;
	const sort = change.sort ?? (state.sortBy === null ? null : { by: state.sortBy, order: state.sortOrder });
	if (search && !change.sort) result.set(search.field, search.word);
	else if (sort) {
		result.set("sort_by", sort.by);
		result.set("sort_order", sort.order);
	}
	const filters: Record<string, readonly number[]> = { ...state.filters };
	if (change.filter) filters[change.filter.name] = change.filter.ids;
	for (const [name, ids] of Object.entries(filters)) if (ids.length > 0) result.set(`${name}_in`, ids.join(","));
	if (change.page) result.set("page", String(change.page));
	return result;
}

function ownNames<Row>(column: ListColumn<Row>): string[] {
	return [...(column.search ? [searchName(column)] : []), ...(column.filter ? [`${filterName(column)}_in`] : [])];
}

/** A cell of a CSV file; texts that a spreadsheet would run as a formula get a quotation mark in front. */
export function csvCell(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Heading line of the CSV: the columns that have a text. */
export function csvHeading<Row>(list: ListDefinition<Row>): string {
	return csvLine(textColumns(list).map((column) => column.title));
}

/** Rows as lines of the CSV, without the heading. */
export function csvLines<Row>(list: ListDefinition<Row>, rows: readonly Row[]): string {
	const columns = textColumns(list);
	return rows.map((row) => csvLine(columns.map((column) => column.text?.(row) ?? null))).join("");
}

function textColumns<Row>(list: ListDefinition<Row>): ListColumn<Row>[] {
	return list.columns.filter((column) => column.text !== undefined);
}

function csvLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map(csvCell).join(",")}\r\n`;
}
