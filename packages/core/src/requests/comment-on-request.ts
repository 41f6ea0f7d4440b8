import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { addRequestComment } from "./comments.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** A remark by somebody with EDIT, in any status. */
export async function commentOnRequest(context: CommandContext, requestId: number, text: string): Promise<void> {
	requireRequestAction("comment", await loadRequestForChange(context.tx, context.viewer, requestId, AccessType.EDIT.id));
	await addRequestComment(context, requestId, text);
}
