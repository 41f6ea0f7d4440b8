import { addAssignee, removeAssignee } from "../assignees/change-assignees.ts";
import type { CommandContext } from "../context.ts";
import { loadProjectFor } from "./load-for-change.ts";

/**
 * Assigns a project to the viewer or to another insider (access-and-web.md §3.3, extensions.md §2).
 * @returns false when the user was assigned already
 * @throws NotFoundError, ForbiddenError for clients, InvalidInputError at `userId` for who is no insider
 */
export async function assignProject(context: CommandContext, projectId: number, userId: number): Promise<boolean> {
	await loadProjectFor(context, projectId, userId === context.viewer.id ? "assignToMe" : "assign");
	return addAssignee(context.tx, { kind: "project", id: projectId }, userId);
}

/** Takes an assignee off a project. @throws NotFoundError, ForbiddenError for clients */
export async function unassignProject(context: CommandContext, projectId: number, userId: number): Promise<void> {
	await loadProjectFor(context, projectId, "assign");
	await removeAssignee(context.tx, { kind: "project", id: projectId }, userId);
}
