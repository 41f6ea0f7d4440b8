import type { HistoryPage, HistoryPerson, HistoryTransaction } from "@opengsync/db/queries/audit-history";
import { describeEvent, describeMany, type Predicate, type TrailEvent } from "@opengsync/domain/audit/describe";
import { type HistoryEntity, historyScopes, isOwnEvent, narrowEvent } from "@opengsync/domain/audit/history-scope";
import { meaningOfColumn, meaningOfTable } from "@opengsync/domain/audit/vocabulary";
import { Card, EmptyState, Time } from "../../components/parts.tsx";
import { FilterChoice, FilterText } from "./filter-fields.tsx";
import { actorText, type Naming, Sentence, wayNames } from "./sentences.tsx";

/** A transaction with what is said of it. */
export interface HistoryEntry {
	readonly transaction: HistoryTransaction;
	readonly lines: readonly Predicate[];
}

/** Puts the transactions of a page into sentences; many rows of one kind are one line. */
export function describeTransactions(page: HistoryPage, entity: HistoryEntity, id: number, isStaff: boolean): HistoryEntry[] {
	return page.transactions.map((transaction) => {
		const lines: Predicate[] = [];
		const counted = new Set<string>();
		for (const event of transaction.events) {
			const isOwn = isOwnEvent(event, entity);
			const narrowed = narrowEvent(event, entity, id, isStaff);
			const isOneOfMany = !isOwn && event.total > transaction.events.filter((other) => isSameKind(other, event)).length;
			if (!isOneOfMany) lines.push(...describeEvent(narrowed, isOwn));
			else if (!counted.has(`${event.table}/${event.action}`)) {
				lines.push(describeMany(event.table, narrowed.action, event.total));
				counted.add(`${event.table}/${event.action}`);
			}
		}
		return { transaction, lines };
	});
}

function isSameKind(a: TrailEvent, b: TrailEvent): boolean {
	return a.table === b.table && a.action === b.action;
}

/** What the fields of the filter hold. */
export interface HistoryFilterValues {
	readonly person: string;
	readonly field: string;
	readonly from: string;
	readonly to: string;
}

/** Columns and parts by which a history can be filtered, with their labels. */
export function fieldOptions(entity: HistoryEntity, isStaff: boolean): (readonly [name: string, label: string])[] {
	const { table, parts, clientColumns } = historyScopes[entity];
	const columns = clientColumns.length > 0 ? clientColumns : ["name", "status_id"];
	return [
		...columns.map((column) => [column, meaningOfColumn(table, column).label] as const),
		...parts.filter((part) => isStaff || part.forClients).map((part) => [part.table, meaningOfTable(part.table).many] as const),
	];
}

/** The tab *History* of an object: filter and newest page. */
export function HistoryTab(props: {
	url: string;
	entity: HistoryEntity;
	entries: readonly HistoryEntry[];
	olderUrl: string | null;
	naming: Naming;
	isAdmin: boolean;
	people: readonly HistoryPerson[];
	values: HistoryFilterValues;
}) {
	const { url, entity, naming, people, values } = props;
	const isFiltered = Object.values(values).some((value) => value !== "");
	return (
		<div class="history" id={`history-${entity}`}>
			<Card>
				<form
					class="history-filter row g-2 mb-3"
					method="get"
					action={url}
					hx-get={url}
					hx-target={`#history-${entity}`}
					hx-swap="outerHTML"
					hx-trigger="change, submit"
				>
					{naming.isStaff && (
						<FilterChoice
							name="person"
							label="Person"
							value={values.person}
							all="Everybody"
							options={people.map((person) => [String(person.id), person.name])}
						/>
					)}
					<FilterChoice
						name="field"
						label="What"
						value={values.field}
						all="Everything"
						options={fieldOptions(entity, naming.isStaff)}
					/>
					<FilterText type="date" name="from" label="From" value={values.from} />
					<FilterText type="date" name="to" label="Until" value={values.to} />
				</form>
				{props.entries.length === 0 ? (
					<EmptyState
						icon="clock"
						title={isFiltered ? "Nothing fits this filter" : "No changes yet"}
						hint="Changes are kept from the moment they are made."
					/>
				) : (
					<ol class="history-list list-unstyled mb-0">
						<HistoryEntries {...props} />
					</ol>
				)}
			</Card>
		</div>
	);
}

/** Entries of a page and the button that loads the next one in its place. */
export function HistoryEntries(props: {
	entries: readonly HistoryEntry[];
	olderUrl: string | null;
	naming: Naming;
	isAdmin: boolean;
}) {
	const { naming, isAdmin } = props;
	return (
		<>
			{props.entries.map(({ transaction, lines }) => (
				<li class="history-entry border-bottom py-2">
					<p class="mb-1">
						<strong>{actorText(transaction, naming)}</strong>{" "}
						<span class="text-secondary">
							<Time at={transaction.at} />
							{naming.isStaff && ` · ${wayNames[transaction.via] ?? transaction.via}`}
							{isAdmin && transaction.requestId && (
								<>
									{" · "}
									<a href={`/admin/audit/?request_id=${encodeURIComponent(transaction.requestId)}`} class="font-mono">
										{transaction.requestId}
									</a>
								</>
							)}
						</span>
					</p>
					<ul class="mb-0">
						{lines.map((predicate) => (
							<li>
								<Sentence predicate={predicate} naming={naming} />
							</li>
						))}
					</ul>
				</li>
			))}
			{props.olderUrl && (
				<li class="history-older pt-3">
					<button type="button" class="btn" hx-get={props.olderUrl} hx-target="closest .history-older" hx-swap="outerHTML">
						Show older changes
					</button>
				</li>
			)}
		</>
	);
}
