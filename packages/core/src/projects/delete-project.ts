import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotPossibleError } from "../errors.ts";
import { levelToEdit, loadProjectForChange } from "./load-for-change.ts";

/**
 * Deletes a project without samples: E in DRAFT, else I (access-and-web.md §3.1).
 * @throws NotFoundError, ForbiddenError, NotPossibleError while it has samples
 */
export async function deleteProject(context: CommandContext, projectId: number): Promise<void> {
	const project = await loadProjectForChange(context.tx, context.viewer, projectId, AccessType.EDIT.id);
	if (project.access_level < levelToEdit(project.status_id)) throw new ForbiddenError();
	if (project.num_samples > 0) throw new NotPossibleError(`The project has ${project.num_samples} samples.`);
	await context.tx.deleteFrom("project").where("id", "=", projectId).execute();
}
