import type { AuditEventRow } from "@opengsync/db/queries/audit-events";
import { describeEvent, type Predicate } from "@opengsync/domain/audit/describe";
import { tableMeanings } from "@opengsync/domain/audit/vocabulary";
import { Card, EmptyState, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { FilterChoice, FilterSearch, FilterText } from "../history/filter-fields.tsx";
import { actorText, type Naming, rowLabel, Sentence, wayNames } from "../history/sentences.tsx";

/** What the fields of the filter hold; empty where nothing is chosen. */
export interface AuditFilterValues {
	readonly table: string;
	readonly key: string;
	readonly person: string;
	readonly via: string;
	readonly action: string;
	readonly request_id: string;
	readonly from: string;
	readonly to: string;
}

/** Kinds of events, as the filter offers them. */
export const actionNames = { I: "Added", U: "Changed", D: "Removed", E: "Happened" } as const;

/** An event in words; of a row that is not named otherwise its table and key. */
export function sentencesOf(event: AuditEventRow): Predicate[] {
	return describeEvent(event, false);
}

/** The page over all events. */
export function AuditPage(props: {
	events: readonly AuditEventRow[];
	naming: Naming;
	values: AuditFilterValues;
	olderUrl: string | null;
	newestUrl: string | null;
	exportQuery: string;
}) {
	const { events, naming, values } = props;
	return (
		<Card padded={false}>
			<form class="card-body row g-2 align-items-end" method="get" action="/admin/audit/">
				<FilterText name="table" label="Table or happening" value={values.table} list="audit-tables" />
				<datalist id="audit-tables">
					{Object.keys(tableMeanings).map((table) => (
						<option value={table} />
					))}
				</datalist>
				<FilterText name="key" label="Key" value={values.key} />
				<FilterSearch
					name="person"
					label="Person"
					value={values.person}
					chosenLabel={values.person && rowLabel({ table: "lims_user", id: Number(values.person) }, naming)}
					source="/htmx/users/search"
				/>
				<FilterChoice all="All" name="via" label="Way in" value={values.via} options={Object.entries(wayNames)} />
				<FilterChoice all="All" name="action" label="Kind" value={values.action} options={Object.entries(actionNames)} />
				<FilterText name="request_id" label="Request id" value={values.request_id} />
				<FilterText type="date" name="from" label="From" value={values.from} />
				<FilterText type="date" name="to" label="Until" value={values.to} />
				<div class="col-auto btn-list">
					<button type="submit" class="btn btn-primary btn-sm">
						Filter
					</button>
					<a class="btn btn-sm" href="/admin/audit/">
						All
					</a>
					<a class="btn btn-sm" href={`/admin/audit/export.csv${props.exportQuery}`}>
						CSV
					</a>
					<a class="btn btn-sm" href={`/admin/audit/export.jsonl${props.exportQuery}`}>
						JSON lines
					</a>
				</div>
			</form>
			{events.length === 0 ? <EmptyState icon="clock" title="No events fit" /> : <EventTable events={events} naming={naming} />}
			<div class="card-footer btn-list">
				{props.newestUrl && (
					<a class="btn" href={props.newestUrl}>
						Newest
					</a>
				)}
				{props.olderUrl && (
					<a class="btn" href={props.olderUrl} rel="next">
						Older
					</a>
				)}
			</div>
		</Card>
	);
}

function EventTable({ events, naming }: { events: readonly AuditEventRow[]; naming: Naming }) {
	return (
		<SimpleTable titles={["Number", "Time", "Who", "What", "Row", "Way in", "Request id"]}>
			{events.map((event) => (
				<tr>
					<td class="font-mono">{event.id}</td>
					<td>
						<Time at={event.at} seconds />
					</td>
					<td>{actorText(event, naming)}</td>
					<td class="text-wrap">
						{sentencesOf(event).map((predicate) => (
							<div>
								<Sentence predicate={predicate} naming={naming} />
							</div>
						))}
					</td>
					<td class="font-mono">
						<a href={`/admin/audit/?${new URLSearchParams({ table: event.table, key: event.key })}`}>
							{event.table} {event.key}
						</a>
					</td>
					<td>{wayNames[event.via] ?? event.via}</td>
					<td class="font-mono">
						{event.requestId && (
							<a href={`/admin/audit/?${new URLSearchParams({ request_id: event.requestId })}`}>{event.requestId}</a>
						)}
					</td>
				</tr>
			))}
		</SimpleTable>
	);
}
