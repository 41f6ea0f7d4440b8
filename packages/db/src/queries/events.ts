// Entries of the calendar.
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** An entry of the calendar. */
export interface EventRow {
	readonly id: number;
	readonly title: string;
	readonly note: string | null;
	readonly timestamp_utc: Date;
	/** Catalog eventType. */
	readonly type_id: number;
	readonly creator_id: number;
	readonly creator_name: string;
	/** Request whose delivery it is. */
	readonly seq_request_id: number | null;
	readonly seq_request_name: string | null;
}

/** Entries from `from` until before `to`, by time. Begin and end are instants: days of the facility are the caller's matter. */
export async function listEvents(reader: Reader, from: Date, to: Date): Promise<EventRow[]> {
	const { rows } = await sql<EventRow>`
		SELECT e.id, e.title, e.note, e.timestamp_utc, e.type_id, e.creator_id, u.first_name || ' ' || u.last_name AS creator_name,
			r.id AS seq_request_id, r.name AS seq_request_name
		FROM event e JOIN lims_user u ON u.id = e.creator_id
			LEFT JOIN seq_request r ON r.sample_submission_event_id = e.id
		WHERE e.timestamp_utc >= ${from} AND e.timestamp_utc < ${to}
		ORDER BY e.timestamp_utc, e.id LIMIT 1000`.execute(reader);
	return rows;
}
