// Reading the chain of the audit trail and proving it. The hashes are computed here and not by the database's functions, which whoever
// rewrote the trail might have rewritten, too.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** End of the chain of a table and month. */
export interface ChainHead {
	readonly table: string;
	/** `YYYY-MM`, UTC. */
	readonly month: string;
	/** Number of links. */
	readonly number: number;
	/** SHA-256 of the last link, 64 hex digits. */
	readonly hash: string;
}

/** A place where the trail is not what was written. */
export interface ChainProblem {
	readonly table: string;
	readonly month: string;
	/** First event concerned; null where no event is known any more. */
	readonly eventId: number | null;
	readonly message: string;
}

/** What {@link verifyAuditChain} found. */
export interface ChainReport {
	readonly links: number;
	readonly events: number;
	readonly problems: readonly ChainProblem[];
	readonly heads: readonly ChainHead[];
}

interface LinkRow {
	readonly table_name: string;
	readonly month: string;
	readonly number: number;
	readonly transaction_id: string;
	readonly first_event_id: number;
	readonly last_event_id: number;
	readonly num_events: number;
	readonly hash: Buffer;
	/** As the database hashed it. */
	readonly link_text: string;
	/** The events as the database hashed them, by id. */
	readonly event_texts: readonly string[] | null;
}

interface HeadRow {
	readonly table_name: string;
	readonly month: string;
	readonly start_hash: Buffer;
	readonly number: number;
	readonly hash: Buffer;
	readonly continues: boolean;
}

/** Links that are held at once; one of a large annotation has 1,536 events of half a kilobyte. */
const LINKS_PER_STATEMENT = 200;

function sha256(...parts: readonly (Buffer | string)[]): Buffer {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(part);
	return hash.digest();
}

async function loadHeads(reader: Reader, since: string): Promise<HeadRow[]> {
	const { rows } = await sql<HeadRow>`
		SELECT h.table_name, h.month, h.start_hash, h.number, h.hash,
			h.start_hash = sha256(''::bytea) OR EXISTS (SELECT FROM audit_link l
				WHERE l.table_name = h.table_name AND l.month < h.month AND l.hash = h.start_hash) AS continues
		FROM audit_head h WHERE h.month >= ${since} ORDER BY h.month, h.table_name`.execute(reader);
	return rows;
}

/** The ends of all chains. Kept outside of the database they show later that nothing was cut off: {@link verifyAuditChain}. */
export async function listChainHeads(reader: Reader): Promise<ChainHead[]> {
	return (await loadHeads(reader, "")).map(toHead);
}

function toHead({ table_name, month, number, hash }: HeadRow): ChainHead {
	return { table: table_name, month, number, hash: hash.toString("hex") };
}

async function loadLinks(reader: Reader, head: HeadRow, after: number): Promise<LinkRow[]> {
	const { rows } = await sql<LinkRow>`
		SELECT l.table_name, l.month, l.number, l.transaction_id::text AS transaction_id, l.first_event_id, l.last_event_id, l.num_events, l.hash,
			ROW(l.table_name, l.month::text, l.number, l.transaction_id, l.first_event_id, l.last_event_id, l.num_events)::text AS link_text,
			(SELECT array_agg(ROW(e.id, to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.impersonator_id,
				e.via, e.request_id, e.table_name, e.row_key, e.action, e.changes)::text ORDER BY e.id)
			FROM audit_event e WHERE e.id BETWEEN l.first_event_id AND l.last_event_id AND e.transaction_id = l.transaction_id
				AND e.table_name = l.table_name AND to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM') = l.month) AS event_texts
		FROM audit_link l
		WHERE l.table_name = ${head.table_name} AND l.month = ${head.month} AND l.number > ${after}
		ORDER BY l.number LIMIT ${LINKS_PER_STATEMENT}`.execute(reader);
	return rows;
}

/** Follows one chain from its start to its head. */
async function verifyChain(reader: Reader, head: HeadRow): Promise<{ links: number; events: number; problems: ChainProblem[] }> {
	const problems: ChainProblem[] = [];
	const complain = (eventId: number | null, message: string) =>
		problems.push({ table: head.table_name, month: head.month, eventId, message });
	if (!head.continues) complain(null, "The chain continues an end of an earlier month that does not exist any more");
	let previous = head.start_hash;
	let number = 0;
	let events = 0;
	for (;;) {
		const links = await loadLinks(reader, head, number);
		for (const link of links) {
			if (link.number !== number + 1) complain(link.first_event_id, `Links ${number + 1} to ${link.number - 1} are missing`);
			const texts = link.event_texts ?? [];
			const hash = sha256(previous, link.link_text, ...texts.map((text) => sha256(text)));
			if (!hash.equals(link.hash)) complain(link.first_event_id, describeBrokenLink(link, texts.length));
			events += texts.length;
			// Onwards from what is written, so that one broken link is one finding.
			previous = link.hash;
			number = link.number;
		}
		if (links.length < LINKS_PER_STATEMENT) break;
	}
	if (number !== head.number || !previous.equals(head.hash)) {
		complain(null, `The chain ends with link ${number}, but ${head.number} were written`);
	}
	return { links: number, events, problems };
}

function describeBrokenLink(link: LinkRow, found: number): string {
	const { first_event_id: first, last_event_id: last, num_events: written } = link;
	const place = first === last ? `event ${first}` : `events ${first} to ${last}`;
	if (found < written) return `Link ${link.number}, ${place}: ${written - found} of ${written} removed`;
	if (found > written) return `Link ${link.number}, ${place}: ${found - written} added to ${written}`;
	return `Link ${link.number}, ${place}: changed or put in another order`;
}

/** Events that no link covers were not written by the product. */
async function findEventsWithoutLink(reader: Reader, since: string): Promise<ChainProblem[]> {
	const { rows } = await sql<{ table_name: string; month: string; first_id: number; number: number }>`
		SELECT e.table_name, to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, min(e.id) AS first_id, count(*) AS number
		FROM audit_event e
		WHERE to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM') >= ${since} AND NOT EXISTS (SELECT FROM audit_link l
			WHERE l.transaction_id = e.transaction_id AND l.table_name = e.table_name
				AND l.month = to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM')
				AND e.id BETWEEN l.first_event_id AND l.last_event_id)
		GROUP BY 1, 2 ORDER BY 3`.execute(reader);
	return rows.map(({ table_name, month, first_id, number }) => ({
		table: table_name,
		month,
		eventId: first_id,
		message: number === 1 ? `Event ${first_id} has no link` : `${number} events from ${first_id} on have no link`,
	}));
}

/** Links whose head is gone: the whole month of a table was to disappear. */
async function findLinksWithoutHead(reader: Reader, since: string): Promise<ChainProblem[]> {
	const { rows } = await sql<{ table_name: string; month: string; first_id: number }>`
		SELECT l.table_name, l.month, min(l.first_event_id) AS first_id FROM audit_link l
		WHERE l.month >= ${since} AND NOT EXISTS (SELECT FROM audit_head h WHERE h.table_name = l.table_name AND h.month = l.month)
		GROUP BY 1, 2 ORDER BY 2, 1`.execute(reader);
	return rows.map(({ table_name, month, first_id }) => ({
		table: table_name,
		month,
		eventId: first_id,
		message: "The head of the chain is missing",
	}));
}

/** Compares with ends that were written down earlier: the link of that number has to be there and the same. */
async function compareHeads(reader: Reader, known: readonly ChainHead[]): Promise<ChainProblem[]> {
	if (known.length === 0) return [];
	const { rows } = await sql<{ table: string; month: string; number: number; found: boolean }>`
		SELECT k."table", k.month, k.number, l.hash IS NOT NULL AND encode(l.hash, 'hex') = k.hash AS found
		FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS k ("table" text, month text, number bigint, hash text)
		LEFT JOIN audit_link l ON l.table_name = k."table" AND l.month = k.month AND l.number = k.number`.execute(reader);
	return rows
		.filter(({ found }) => !found)
		.map(({ table, month, number }) => ({
			table,
			month,
			eventId: null,
			message: `Link ${number} was the end of the chain before, and is now gone or another`,
		}));
}

/** What {@link verifyAuditChain} may be told. */
export interface VerifyOptions {
	/** First month, `YYYY-MM`; all without it. */
	readonly since?: string;
	/** Ends written down earlier. Only these show that the newest links were cut off together with events and head. */
	readonly known?: readonly ChainHead[];
}

/**
 * Proves the audit trail: every event is as it was written, none is missing, none was added. Reads one state of the database, in one
 * transaction. An event added by somebody who also computed its link and its head cannot be told from a true one.
 */
export function verifyAuditChain(reader: Reader, { since = "", known = [] }: VerifyOptions = {}): Promise<ChainReport> {
	return reader
		.transaction()
		.setIsolationLevel("repeatable read")
		.setAccessMode("read only")
		.execute(async (tx) => {
			const heads = await loadHeads(tx, since);
			const problems: ChainProblem[] = [];
			let links = 0;
			let events = 0;
			for (const head of heads) {
				const chain = await verifyChain(tx, head);
				links += chain.links;
				events += chain.events;
				problems.push(...chain.problems);
			}
			problems.push(...(await findLinksWithoutHead(tx, since)));
			problems.push(...(await findEventsWithoutLink(tx, since)));
			problems.push(...(await compareHeads(tx, known)));
			return { links, events, problems, heads: heads.map(toHead) };
		});
}
