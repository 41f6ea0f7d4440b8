import { AccessType } from "@opengsync/domain/catalog";
import { addAssignee, removeAssignee } from "../assignees/change-assignees.ts";
import type { CommandContext } from "../context.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/**
 * Assigns a request to the viewer or to another insider (requests-and-annotation.md §2.8, extensions.md §2).
 * @returns false when the user was assigned already
 * @throws NotFoundError, ForbiddenError for clients, InvalidInputError at `userId` for who is no insider
 */
export async function assignRequest(context: CommandContext, requestId: number, userId: number): Promise<boolean> {
	const { tx, viewer } = context;
	const action = userId === viewer.id ? "assignToMe" : "assign";
	requireRequestAction(action, await loadRequestForChange(tx, viewer, requestId, AccessType.VIEW.id));
	return addAssignee(tx, { kind: "request", id: requestId }, userId);
}

/** Takes an assignee off a request. @throws NotFoundError, ForbiddenError for clients */
export async function unassignRequest(context: CommandContext, requestId: number, userId: number): Promise<void> {
	const { tx, viewer } = context;
	requireRequestAction("assign", await loadRequestForChange(tx, viewer, requestId, AccessType.VIEW.id));
	await removeAssignee(tx, { kind: "request", id: requestId }, userId);
}
