import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";

/** What a release has to know of its project. */
export interface ReleaseFacts {
	readonly id: number;
	readonly identifier: string | null;
	readonly statusId: number;
	readonly shareTokenId: number | null;
	/** Data paths of the project, unreduced. */
	readonly paths: readonly string[];
	/** Newest first. */
	readonly requests: readonly { readonly id: number; readonly name: string; readonly submitted: Date | null }[];
	readonly experiments: readonly { readonly name: string; readonly completed: Date | null }[];
	readonly libraries: readonly { readonly id: number; readonly statusId: number }[];
}

/** Loads a project for its release and locks its row, so that two releases at once follow one another; null when there is none. */
export async function loadReleaseFacts(tx: Tx, projectId: number): Promise<ReleaseFacts | null> {
	const { rows: projects } = await sql<{
		id: number;
		identifier: string | null;
		statusId: number;
		shareTokenId: number | null;
	}>`
		SELECT id, identifier, status_id AS "statusId", share_token_id AS "shareTokenId"
		FROM project WHERE id = ${projectId} FOR UPDATE`.execute(tx);
	const project = projects[0];
	if (!project) return null;
	const { rows: paths } = await sql<{ path: string }>`
		SELECT path FROM data_path WHERE project_id = ${projectId} ORDER BY path`.execute(tx);
	const { rows: libraries } = await sql<{ id: number; statusId: number }>`
		SELECT id, status_id AS "statusId" FROM library WHERE id IN (${librariesOf(projectId)}) ORDER BY id FOR UPDATE`.execute(tx);
	const { rows: requests } = await sql<{ id: number; name: string; submitted: Date | null }>`
		SELECT id, name, timestamp_submitted_utc AS submitted FROM seq_request
		WHERE id IN (SELECT seq_request_id FROM library WHERE id IN (${librariesOf(projectId)})) ORDER BY id DESC`.execute(tx);
	const { rows: experiments } = await sql<{ name: string; completed: string | null }>`
		SELECT experiment.name, seq_run.timestamps ->> 'completed' AS completed
		FROM experiment LEFT JOIN seq_run ON seq_run.experiment_name = experiment.name
		WHERE experiment.id IN (SELECT experiment_id FROM library WHERE id IN (${librariesOf(projectId)}))
		ORDER BY experiment.id DESC`.execute(tx);
	return {
		...project,
		paths: paths.map((row) => row.path),
		libraries,
		requests,
		experiments: experiments.map((row) => ({
			name: row.name,
			completed: row.completed === null ? null : parseTime(row.completed),
		})),
	};
}

/** Addresses on the Share tab of the project's newest request (frame `get_project_latest_request_share_emails`). */
export async function newestRequestAddresses(tx: Tx, requestId: number | undefined): Promise<string[]> {
	if (requestId === undefined) return [];
	const { rows } = await sql<{ email: string }>`
		SELECT email FROM seq_request_delivery_email_link WHERE seq_request_id = ${requestId} ORDER BY email`.execute(tx);
	return rows.map((row) => row.email);
}

function librariesOf(projectId: number) {
	return sql`
		SELECT sample_library_link.library_id FROM sample_library_link
		JOIN sample ON sample.id = sample_library_link.sample_id WHERE sample.project_id = ${projectId}`;
}

function parseTime(text: string): Date | null {
	const time = new Date(text);
	return Number.isNaN(time.getTime()) ? null : time;
}
