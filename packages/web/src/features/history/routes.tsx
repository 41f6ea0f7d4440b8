import { NotFoundError } from "@opengsync/core/errors";
import { findHistoryObject, type HistoryFilter, listHistory, listHistoryPeople } from "@opengsync/db/queries/audit-history";
import { findRowNames } from "@opengsync/db/queries/audit-names";
import { referencesOf } from "@opengsync/domain/audit/describe";
import type { HistoryEntity } from "@opengsync/domain/audit/history-scope";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { insider, onObject, type Policy } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { historyPaths, historyUrl } from "./addresses.ts";
import { actorsOf, trailQuery } from "./filter-fields.tsx";
import { describeTransactions, fieldOptions, HistoryEntries, HistoryTab } from "./history-tab.tsx";
import { namingOf } from "./sentences.tsx";

const filterQuery = z.object({ ...trailQuery, field: z.string().max(64).default("") });
type FilterQuery = z.output<typeof filterQuery>;

function toFilter(query: FilterQuery, timeZone: string, isStaff: boolean): HistoryFilter {
	return {
		timeZone,
		...(isStaff && query.person !== "" ? { actorId: Number(query.person) } : {}),
		...(query.field === "" ? {} : { field: query.field }),
		...(query.from === "" ? {} : { from: query.from }),
		...(query.to === "" ? {} : { to: query.to }),
		...(query.before === undefined ? {} : { before: Number(query.before) }),
	};
}

async function showHistory(
	exchange: Exchange<{ id: number }, FilterQuery>,
	entity: HistoryEntity,
	isObjectPolicy: boolean,
): Promise<Response> {
	const { db, viewer, query, isInsider: isStaff } = exchange;
	const { id } = exchange.params;
	const found = await findHistoryObject(db, viewer, entity, id);
	if (!found) throw new NotFoundError();
	// Staff's objects have no levels of their own; their routes are closed to others.
	if (isObjectPolicy) exchange.authorize(found);
	const object = { entity, id };
	const isKnownField = fieldOptions(entity, isStaff).some(([name]) => name === query.field);
	const filter = toFilter({ ...query, field: isKnownField ? query.field : "" }, exchange.services.config.timeZone, isStaff);
	const page = await listHistory(db, object, isStaff ? "staff" : "client", filter);
	const entries = describeTransactions(page, entity, id, isStaff);
	const references = [...referencesOf(entries.flatMap(({ lines }) => lines)), ...actorsOf(page.transactions)];
	const naming = namingOf(await findRowNames(db, viewer, references), isStaff);
	const url = historyUrl(entity, id);
	const { before: _, ...values } = query;
	const olderUrl = page.next === null ? null : `${url}?${new URLSearchParams({ ...values, before: String(page.next) })}`;
	const shared = { entries, olderUrl, naming, isAdmin: exchange.isAdmin };
	if (query.before !== undefined) return exchange.fragment(<HistoryEntries {...shared} />);
	const people = isStaff ? await listHistoryPeople(db, object) : [];
	return exchange.fragment(<HistoryTab {...shared} url={url} entity={entity} people={people} values={values} />);
}

const policies: Readonly<Record<HistoryEntity, Policy>> = {
	request: onObject("request", "id", "VIEW"),
	project: onObject("project", "id", "VIEW"),
	sample: onObject("sample", "id", "VIEW"),
	library: onObject("library", "id", "VIEW"),
	pool: onObject("pool", "id", "VIEW"),
	experiment: insider,
	labPrep: insider,
	run: insider,
	user: onObject("user", "id", "OWNER"),
	group: onObject("group", "id", "VIEW"),
	kit: insider,
};

/** The history of every kind of object. */
export const historyRoutes: readonly Route[] = (Object.keys(policies) as HistoryEntity[]).map((entity) =>
	defineRoute({
		method: "GET",
		path: `/htmx/${historyPaths[entity]}/:id/history`,
		kind: "fragment",
		policy: policies[entity],
		summary: `History: ${historyPaths[entity].replaceAll("_", " ")}`,
		params: withId,
		query: filterQuery,
		handler: (exchange) => showHistory(exchange, entity, policies[entity].kind === "object"),
	}),
);
