import type { RowName } from "@opengsync/db/queries/audit-names";
import type { Phrase, Predicate, RowReference } from "@opengsync/domain/audit/describe";
import { meaningOfTable } from "@opengsync/domain/audit/vocabulary";
import { Time } from "../../components/parts.tsx";

/** How rows are named and linked for the viewer. */
export interface Naming {
	readonly names: ReadonlyMap<string, RowName>;
	readonly isStaff: boolean;
}

/** Names by row. */
export function namingOf(names: readonly RowName[], isStaff: boolean): Naming {
	return { names: new Map(names.map((name) => [`${name.table}/${name.id}`, name])), isStaff };
}

/** Addresses of the pages of objects, and whether clients have them. */
const pages: Readonly<Record<string, { readonly path: string; readonly forClients: boolean }>> = {
	seq_request: { path: "/seq_requests/", forClients: true },
	project: { path: "/projects/", forClients: true },
	sample: { path: "/samples/", forClients: true },
	library: { path: "/libraries/", forClients: true },
	pool: { path: "/pools/", forClients: true },
	group: { path: "/groups/", forClients: true },
	experiment: { path: "/experiments/", forClients: false },
	seq_run: { path: "/seq_runs/", forClients: false },
	lab_prep: { path: "/lab_preps/", forClients: false },
	lims_user: { path: "/users/", forClients: false },
};

/** Name of a row; of one that is gone or that the viewer may not see, its kind, and for staff its number. */
export function rowLabel({ table, id }: RowReference, naming: Naming): string {
	return knownLabel({ table, id }, naming) ?? [meaningOfTable(table).one, numberFor(id, naming)].filter(Boolean).join(" ");
}

function knownLabel({ table, id }: RowReference, { names }: Naming): string | null {
	return names.get(`${table}/${id}`)?.label || null;
}

const numberFor = (id: number, { isStaff }: Naming): string => (isStaff ? String(id) : "");

function Row({ row, naming }: { row: Phrase & { kind: "row" }; naming: Naming }) {
	const label = row.isAfterKind ? (knownLabel(row, naming) ?? numberFor(row.id, naming)) : rowLabel(row, naming);
	const page = Object.hasOwn(pages, row.table) ? pages[row.table] : undefined;
	const isKnown = naming.names.has(`${row.table}/${row.id}`);
	if (!page || !isKnown || !(naming.isStaff || page.forClients)) return <span class="history-value">{label}</span>;
	return (
		<a class="link-in-text" href={`${page.path}${row.id}/`}>
			{label}
		</a>
	);
}

function Piece({ phrase, naming }: { phrase: Phrase; naming: Naming }) {
	if (phrase.kind === "words") return <>{phrase.text}</>;
	if (phrase.kind === "value") return <strong class="fw-medium">{phrase.text}</strong>;
	if (phrase.kind === "row") return <Row row={phrase} naming={naming} />;
	const at = new Date(phrase.iso);
	return Number.isNaN(at.getTime()) ? <span>{phrase.iso}</span> : <Time at={at} />;
}

/** A sentence without its subject. */
export function Sentence({ predicate, naming }: { predicate: Predicate; naming: Naming }) {
	return (
		<>
			{predicate.map((phrase) => (
				<Piece phrase={phrase} naming={naming} />
			))}
		</>
	);
}

/** Who acted: a person, an admin as somebody else, or the system. */
export function actorText(
	who: { readonly actorId: number | null; readonly impersonatorId: number | null; readonly via: string },
	naming: Naming,
): string {
	if (who.actorId === null) return naming.isStaff && who.via === "sql" ? "Somebody with access to the database" : "The system";
	const name = rowLabel({ table: "lims_user", id: who.actorId }, naming);
	if (who.impersonatorId === null) return name;
	const admin = rowLabel({ table: "lims_user", id: who.impersonatorId }, naming);
	return naming.isStaff ? `${admin} as ${name}` : admin;
}

/** Ways in, as people call them. */
export const wayNames: Readonly<Record<string, string>> = {
	web: "web page",
	api: "API",
	worker: "scheduled job",
	cli: "command line",
	setup: "set-up",
	sql: "database",
};
