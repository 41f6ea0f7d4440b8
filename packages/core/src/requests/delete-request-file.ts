import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { deleteMediaFile } from "../files/delete-media-file.ts";
import type { FileChanges } from "../files/file-changes.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/**
 * Deletes a file of a request: E in DRAFT, else I (access-and-web.md §3.6). Run it in `withFileChanges`.
 * @throws NotFoundError, also when the file belongs to another request; ForbiddenError
 */
export async function deleteRequestFile(
	context: CommandContext,
	requestId: number,
	fileId: number,
	changes: FileChanges,
): Promise<void> {
	const { tx, viewer } = context;
	requireRequestAction("deleteFile", await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id));
	await deleteMediaFile(context, { id: fileId, target: { kind: "seqRequest", id: requestId } }, changes);
}
