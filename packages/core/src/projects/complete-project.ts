import { isBelow, LibraryStatus, memberById, ProjectStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotPossibleError } from "../errors.ts";
import { loadProjectFor } from "./load-for-change.ts";

/**
 * Marks a project as delivered once all its libraries are shared (access-and-web.md §3.3).
 * @throws NotFoundError, ForbiddenError for clients
 * @throws NotPossibleError in another status, or naming how many libraries are not shared yet
 */
export async function completeProject(context: CommandContext, projectId: number): Promise<void> {
	await loadProjectFor(context, projectId, "complete");
	const { rows } = await sql<{ status_id: number; count: number }>`
		SELECT l.status_id, count(*)::int AS count FROM library l
		WHERE l.id IN (SELECT k.library_id FROM sample s JOIN sample_library_link k ON k.sample_id = s.id WHERE s.project_id = ${projectId})
		GROUP BY l.status_id`.execute(context.tx);
	const waiting = rows
		.filter((row) => isBelow(memberById(LibraryStatus, row.status_id), LibraryStatus.SHARED))
		.reduce((sum, row) => sum + row.count, 0);
	if (waiting > 0) {
		throw new NotPossibleError(waiting === 1 ? "1 library is not shared yet." : `${waiting} libraries are not shared yet.`);
	}
	await sql`UPDATE project SET status_id = ${ProjectStatus.DELIVERED.id} WHERE id = ${projectId}`.execute(context.tx);
}
