import { BadRequestError } from "@opengsync/core/errors";
import { BadListParameterError, type ListParameters, type ListSpec, listIds, runList } from "@opengsync/db/list-query";
import { List } from "../components/list.tsx";
import { Card } from "../components/parts.tsx";
import type { Content, Exchange } from "./exchange.ts";
import { csvHeading, csvLines, type ListDefinition, type ListPage, type ListState, readListState } from "./list.ts";
import type { NavigationKey } from "./page.ts";
import type { Policy } from "./policy.ts";
import { defineRoute, type Route } from "./route.ts";

/** Rows of one export; more are a job for the data frames. */
const EXPORT_LIMIT = 50_000;

/** Rows of an export that are held at once. */
const EXPORT_CHUNK = 1_000;

interface Loaded<Row> {
	readonly page: ListPage<Row>;
	readonly state: ListState;
}

/**
 * Runs a list for the state in the address, limited to what the viewer may see.
 * @throws BadRequestError for an unknown sort field, filter or page
 */
export async function loadList<Row extends object, C extends string, S extends string>(
	exchange: Exchange,
	list: ListDefinition<Row & { id: number }>,
	spec: ListSpec<Row, C, S>,
	scope: Partial<Record<S, number>> = {},
): Promise<Loaded<Row & { id: number }>> {
	const state = readListState(list, exchange.url.searchParams);
	const parameters = { ...parametersOf<C, S>(state), page: state.page, scope };
	const result = await runList(exchange.db, spec, parameters, exchange.viewer).catch(refuseBadParameter);
	const { rows, page, pageCount, total, isTotalEstimated } = result;
	return { page: { rows, page, pages: pageCount, total, isTotalEstimated }, state };
}

/** What the state in the address asks of the database, apart from the page. */
function parametersOf<C extends string, S extends string>(state: ListState): ListParameters<C, S> {
	return {
		...(state.sortBy ? { sortBy: state.sortBy as C, sortOrder: state.sortOrder } : {}),
		...(state.search ? { search: { column: state.search.field as C, word: state.search.word } } : {}),
		filters: state.filters as Partial<Record<C, number[]>>,
	};
}

function refuseBadParameter(error: unknown): never {
	if (error instanceof BadListParameterError) throw new BadRequestError(`${error.message}.`);
	throw error;
}

/**
 * All rows of a list for the state in the address as CSV, up to a limit. The order is decided at once; the rows follow in chunks, each when the
 * one before has been sent, so that an export costs the server as little memory as a page.
 * @throws BadRequestError for an unknown sort field or filter
 */
async function exportList<Row extends object, C extends string, S extends string>(
	exchange: Exchange,
	list: ListDefinition<Row & { id: number }>,
	spec: ListSpec<Row, C, S>,
): Promise<ReadableStream<Uint8Array>> {
	const { db, viewer } = exchange;
	const parameters = parametersOf<C, S>(readListState(list, exchange.url.searchParams));
	const ids = await listIds(db, spec, parameters, viewer, EXPORT_LIMIT).catch(refuseBadParameter);
	const encoder = new TextEncoder();
	let sent = 0;
	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => controller.enqueue(encoder.encode(csvHeading(list))),
			pull: async (controller) => {
				const chunk = ids.slice(sent, sent + EXPORT_CHUNK);
				if (chunk.length === 0) return controller.close();
				const byId = new Map((await spec.load(db, chunk, viewer)).map((row) => [row.id, row]));
				const rows = chunk.flatMap((id) => byId.get(id) ?? []);
				controller.enqueue(encoder.encode(csvLines(list, rows)));
				sent += chunk.length;
			},
		},
		{ highWaterMark: 1 },
	);
}

/** A list as the part of a page: the tab of an object. */
export async function showList<Row extends object, C extends string, S extends string>(
	exchange: Exchange<never> | Exchange,
	list: ListDefinition<Row & { id: number }>,
	spec: ListSpec<Row, C, S>,
	options: { readonly scope: Partial<Record<S, number>>; readonly toolbar?: Content },
): Promise<Response> {
	const { page, state } = await loadList(exchange as Exchange, list, spec, options.scope);
	const fragmentUrl = exchange.url.pathname + exchange.url.search;
	return exchange.fragment(<List list={list} page={page} state={state} fragmentUrl={fragmentUrl} toolbar={options.toolbar} />);
}

/** A list with a page of its own. */
export interface ListRoutesDefinition<Row extends object, C extends string, S extends string> {
	readonly path: string;
	readonly policy: Policy;
	readonly title: string;
	readonly summary: string;
	readonly active: NavigationKey;
	readonly list: ListDefinition<Row & { id: number }>;
	readonly spec: ListSpec<Row, C, S>;
	readonly actions?: (exchange: Exchange) => Content;
}

/** Address of a page with the state of its list; fields that were left empty do not belong to it. */
export function stateUrl(path: string, asked: URL): string {
	const parameters = new URLSearchParams([...asked.searchParams].filter(([, value]) => value !== ""));
	return parameters.size > 0 ? `${path}?${parameters}` : path;
}

/** Page, fragment and CSV export of a list, from one definition. */
export function listRoutes<Row extends object, C extends string, S extends string>(
	definition: ListRoutesDefinition<Row, C, S>,
): Route[] {
	const { path, policy, list, spec } = definition;
	const name = path.replaceAll("/", "");
	const fragmentPath = `/htmx/${name}/list`;
	const exportPath = `/htmx/${name}/export.csv`;
	const show = async (exchange: Exchange) => {
		const { page, state } = await loadList(exchange, list, spec);
		return (
			<List
				list={list}
				page={page}
				state={state}
				fragmentUrl={fragmentPath + exchange.url.search}
				pageUrl={path + exchange.url.search}
				exportUrl={exportPath}
			/>
		);
	};
	return [
		defineRoute({
			method: "GET",
			path,
			kind: "page",
			policy,
			summary: `List: ${definition.summary}`,
			handler: async (exchange) =>
				exchange.page(
					{ title: definition.title, active: definition.active, actions: definition.actions?.(exchange) },
					<Card padded={false}>{await show(exchange)}</Card>,
				),
		}),
		defineRoute({
			method: "GET",
			path: fragmentPath,
			kind: "fragment",
			policy,
			summary: `Table: ${definition.summary}`,
			handler: async (exchange) => exchange.fragment(await show(exchange), { replaceUrl: stateUrl(path, exchange.url) }),
		}),
		defineRoute({
			method: "GET",
			path: exportPath,
			kind: "file",
			policy,
			summary: `CSV export: ${definition.summary}`,
			handler: async (exchange) =>
				exchange.download(await exportList(exchange, list, spec), {
					fileName: `${name}.csv`,
					contentType: "text/csv; charset=utf-8",
				}),
		}),
	];
}
