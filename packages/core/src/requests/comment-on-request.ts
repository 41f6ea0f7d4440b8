import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { notifyComment } from "../notifications/notify-requests.ts";
import { addRequestComment } from "./comments.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** A remark by somebody with EDIT, in any status. Assignees and staff who are mentioned are told of it. */
export async function commentOnRequest(context: CommandContext, requestId: number, text: string): Promise<void> {
	const { tx, viewer } = context;
	requireRequestAction("comment", await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id));
	await addRequestComment(context, requestId, text);
	await notifyComment(context, requestId, `${viewer.firstName} ${viewer.lastName}`, text);
}
