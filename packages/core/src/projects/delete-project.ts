import type { CommandContext } from "../context.ts";
import { loadProjectFor } from "./load-for-change.ts";

/**
 * Deletes a project without samples: E in DRAFT, else I (access-and-web.md §3.1).
 * @throws NotFoundError, ForbiddenError, NotPossibleError while it has samples
 */
export async function deleteProject(context: CommandContext, projectId: number): Promise<void> {
	await loadProjectFor(context, projectId, "delete");
	await context.tx.deleteFrom("project").where("id", "=", projectId).execute();
}
