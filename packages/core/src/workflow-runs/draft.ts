import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { sql } from "kysely";
import { ConflictError, ExpectedError } from "../errors.ts";

/** Largest draft of a step as JSON: 5,000 rows of twelve ordinary cells are about 1 MB. */
const maxDraftBytes = 8 * 1024 * 1024;

/** What is typed is too much to be kept on the server; it stays in the browser. */
export class DraftTooLargeError extends ExpectedError {
	readonly status = 413;
	constructor() {
		super("This is too much to be kept on the server (at most 8 MB). It is kept in this browser only.");
		this.name = "DraftTooLargeError";
	}
}

/** What was typed into a step and not submitted yet. */
export interface StepDraft {
	/** Another number with each change. */
	readonly version: number;
	readonly input: StepInput;
	readonly changedAt: Date;
}

interface DraftRow {
	readonly version: number;
	readonly sheet: RawSheet | null;
	readonly field_values: Record<string, unknown>;
	readonly changed_utc: Date;
}

/** The draft of a step; null when there is none. */
export async function findDraft(reader: Db | Tx, uuid: string, step: string): Promise<StepDraft | null> {
	const { rows } = await sql<DraftRow>`SELECT version, sheet, field_values, changed_utc FROM workflow_draft
		WHERE uuid = ${uuid} AND step = ${step}`.execute(reader);
	const [row] = rows;
	if (!row) return null;
	const input: StepInput = { values: row.field_values, ...(row.sheet ? { sheet: row.sheet } : {}) };
	return { version: row.version, input, changedAt: row.changed_utc };
}

/**
 * Keeps a draft. The caller holds the lock of the run.
 * @param version the one that the page knows, 0 = it has seen none
 * @returns the new version
 * @throws ConflictError when another version was kept since; DraftTooLargeError
 */
export async function saveDraft(
	tx: Tx,
	uuid: string,
	step: string,
	version: number,
	input: StepInput,
	now: Date,
): Promise<number> {
	const sheet = input.sheet ? JSON.stringify(input.sheet) : null;
	const values = JSON.stringify(input.values ?? {});
	if (Buffer.byteLength(sheet ?? "") + Buffer.byteLength(values) > maxDraftBytes) throw new DraftTooLargeError();
	const kept = await findDraft(tx, uuid, step);
	if ((kept?.version ?? 0) !== version) {
		throw new ConflictError("This step was changed in another tab or on another computer since you opened it.");
	}
	const { rows } = await sql<{ version: number }>`
		INSERT INTO workflow_draft (uuid, step, sheet, field_values, changed_utc)
		VALUES (${uuid}, ${step}, ${sheet}::jsonb, ${values}::jsonb, ${now})
		ON CONFLICT (uuid, step) DO UPDATE SET version = excluded.version, sheet = excluded.sheet,
			field_values = excluded.field_values, changed_utc = excluded.changed_utc
		RETURNING version`.execute(tx);
	await sql`UPDATE workflow_run SET changed_utc = ${now} WHERE uuid = ${uuid}`.execute(tx);
	return rows[0]?.version ?? 0;
}

/** Forgets the draft of a step: it was submitted, or put aside. */
export async function deleteDraft(tx: Tx, uuid: string, step: string): Promise<void> {
	await sql`DELETE FROM workflow_draft WHERE uuid = ${uuid} AND step = ${step}`.execute(tx);
}
