import { type AuditEventFilter, type AuditEventRow, listAuditEvents } from "@opengsync/db/queries/audit-events";
import { findRowNames } from "@opengsync/db/queries/audit-names";
import { predicateText, referencesOf } from "@opengsync/domain/audit/describe";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { csvCell } from "../../framework/list.ts";
import { admin } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { actorsOf, trailQuery } from "../history/filter-fields.tsx";
import { actorText, type Naming, namingOf, rowLabel } from "../history/sentences.tsx";
import { type AuditFilterValues, AuditPage, sentencesOf } from "./audit-page.tsx";

/** Events of a page. */
const EVENTS_PER_PAGE = 50;

/** Events of an export that are held at once. */
const EXPORT_CHUNK = 1_000;

const shortText = z.string().trim().max(200).default("");
const filterQuery = z.object({
	...trailQuery,
	table: shortText,
	key: shortText,
	via: z.enum(["", "web", "api", "worker", "cli", "setup", "sql"]).default(""),
	action: z.enum(["", "I", "U", "D", "E"]).default(""),
	request_id: shortText,
});
type FilterQuery = z.output<typeof filterQuery>;

function toFilter(query: FilterQuery, timeZone: string): AuditEventFilter {
	return {
		timeZone,
		...(query.table === "" ? {} : { table: query.table }),
		...(query.key === "" ? {} : { key: query.key }),
		...(query.person === "" ? {} : { personId: Number(query.person) }),
		...(query.via === "" ? {} : { via: query.via }),
		...(query.action === "" ? {} : { action: query.action }),
		...(query.request_id === "" ? {} : { requestId: query.request_id }),
		...(query.from === "" ? {} : { from: query.from }),
		...(query.to === "" ? {} : { to: query.to }),
	};
}

function queryText(values: AuditFilterValues, more: Readonly<Record<string, string>> = {}): string {
	const filled = Object.entries({ ...values, ...more }).filter(([, value]) => value !== "");
	return filled.length > 0 ? `?${new URLSearchParams(filled)}` : "";
}

async function loadNaming(
	exchange: Exchange<Record<string, never>, FilterQuery>,
	events: readonly AuditEventRow[],
): Promise<Naming> {
	const { person } = exchange.query;
	const asked = person === "" ? [] : [{ actorId: Number(person), impersonatorId: null }];
	const people = actorsOf([...events, ...asked]);
	const references = referencesOf(events.flatMap(sentencesOf));
	return namingOf(await findRowNames(exchange.db, exchange.viewer, [...references, ...people]), true);
}

const auditPage = defineRoute({
	method: "GET",
	path: "/admin/audit/",
	kind: "page",
	policy: admin,
	summary: "The audit trail",
	query: filterQuery,
	handler: async (exchange) => {
		const { before, ...values } = exchange.query;
		const filter = toFilter(exchange.query, exchange.services.config.timeZone);
		const page = { limit: EVENTS_PER_PAGE + 1, ...(before === undefined ? {} : { before: Number(before) }) };
		const found = await listAuditEvents(exchange.db, filter, page);
		const events = found.slice(0, EVENTS_PER_PAGE);
		const last = found.length > events.length ? events.at(-1) : undefined;
		return exchange.page(
			{
				title: "Audit trail",
				active: "audit",
				breadcrumbs: [{ label: "Admin", href: "/admin_page/" }, { label: "Audit trail" }],
			},
			<AuditPage
				events={events}
				naming={await loadNaming(exchange, events)}
				values={values}
				olderUrl={last ? `/admin/audit/${queryText(values, { before: String(last.id) })}` : null}
				newestUrl={before === undefined ? null : `/admin/audit/${queryText(values)}`}
				exportQuery={queryText(values)}
			/>,
		);
	},
});

/** How an export writes events. */
interface ExportFormat {
	readonly contentType: string;
	readonly heading: string;
	readonly line: (event: AuditEventRow, naming: Naming) => string;
}

const formats: Readonly<Record<"csv" | "jsonl", ExportFormat>> = {
	csv: {
		contentType: "text/csv; charset=utf-8",
		heading: "id,time,actor_id,impersonator_id,who,via,request_id,table,row,action,what,changes\r\n",
		line: (event, naming) => {
			const what = sentencesOf(event).map((predicate) => predicateText(predicate, (row) => rowLabel(row, naming)));
			const { id, at, actorId, impersonatorId, via, requestId, table, key, action, changes } = event;
			const who = actorText(event, naming);
			const cells = [id, at.toISOString(), actorId, impersonatorId, who, via, requestId, table, key, action, what.join("; ")];
			return `${[...cells, JSON.stringify(changes)].map(csvCell).join(",")}\r\n`;
		},
	},
	jsonl: { contentType: "application/x-ndjson; charset=utf-8", heading: "", line: (event) => `${JSON.stringify(event)}\n` },
};

/** All events that fit, in chunks, each when the one before has been sent: memory does not grow with the trail. */
function streamEvents(exchange: Exchange<Record<string, never>, FilterQuery>, format: ExportFormat): ReadableStream<Uint8Array> {
	const filter = toFilter(exchange.query, exchange.services.config.timeZone);
	const encoder = new TextEncoder();
	let before: number | null = null;
	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => controller.enqueue(encoder.encode(format.heading)),
			pull: async (controller) => {
				const page = { limit: EXPORT_CHUNK, ...(before === null ? {} : { before }) };
				const events = await listAuditEvents(exchange.db, filter, page);
				const last = events.at(-1);
				if (!last) return controller.close();
				const naming = await loadNaming(exchange, events);
				controller.enqueue(encoder.encode(events.map((event) => format.line(event, naming)).join("")));
				before = last.id;
			},
		},
		{ highWaterMark: 1 },
	);
}

const exports = (["csv", "jsonl"] as const).map((extension) =>
	defineRoute({
		method: "GET",
		path: `/admin/audit/export.${extension}`,
		kind: "file",
		policy: admin,
		summary: `The audit trail as ${extension === "csv" ? "CSV" : "JSON lines"}`,
		query: filterQuery,
		handler: (exchange) => {
			const { contentType } = formats[extension];
			return exchange.download(streamEvents(exchange, formats[extension]), { fileName: `audit.${extension}`, contentType });
		},
	}),
);

/** The audit trail for admins: page and exports. */
export const auditRoutes: readonly Route[] = [auditPage, ...exports];
