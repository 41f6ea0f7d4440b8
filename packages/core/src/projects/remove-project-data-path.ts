import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { loadProjectFor } from "./load-for-change.ts";

/**
 * Unlinks one path from a project; the file is not touched (access-and-web.md §3.3).
 * @throws NotFoundError when the project has no such path; ForbiddenError for clients
 */
export async function removeProjectDataPath(context: CommandContext, projectId: number, dataPathId: number): Promise<void> {
	await loadProjectFor(context, projectId, "changeDataPaths");
	const { rows } = await sql`
		DELETE FROM data_path WHERE id = ${dataPathId} AND project_id = ${projectId} RETURNING id`.execute(context.tx);
	if (rows.length === 0) throw new NotFoundError("This data path");
}
