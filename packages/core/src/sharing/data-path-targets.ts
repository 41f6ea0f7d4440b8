import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";
import { BadRequestError, NotFoundError } from "../errors.ts";

/** Objects to which data paths belong; one or more. */
export interface DataPathTargets {
	readonly projectId?: number | null;
	readonly seqRequestId?: number | null;
	readonly experimentId?: number | null;
	readonly libraryId?: number | null;
}

/** One of the objects, with the column of `data_path` that refers to it. */
export interface DataPathTarget {
	readonly table: "project" | "seq_request" | "experiment" | "library";
	readonly column: "project_id" | "seq_request_id" | "experiment_id" | "library_id";
	readonly id: number;
}

/**
 * The named objects, after looking that they exist.
 * @throws BadRequestError when none is named
 * @throws NotFoundError when one does not exist
 */
export async function findTargets(tx: Tx, targets: DataPathTargets): Promise<DataPathTarget[]> {
	const named = [
		{ table: "project", column: "project_id", id: targets.projectId, label: "The project" },
		{ table: "seq_request", column: "seq_request_id", id: targets.seqRequestId, label: "The request" },
		{ table: "experiment", column: "experiment_id", id: targets.experimentId, label: "The experiment" },
		{ table: "library", column: "library_id", id: targets.libraryId, label: "The library" },
	] as const;
	const found: DataPathTarget[] = [];
	for (const { table, column, id, label } of named) {
		if (id === undefined || id === null) continue;
		const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} WHERE id = ${id} FOR KEY SHARE`.execute(tx);
		if (rows.length === 0) throw new NotFoundError(label);
		found.push({ table, column, id });
	}
	if (found.length === 0) throw new BadRequestError("Name a project, request, experiment or library.");
	return found;
}
