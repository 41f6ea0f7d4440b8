import { findMember, MediaFileType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import type { FileChanges } from "./file-changes.ts";
import type { FileTarget } from "./store-media-file.ts";

/**
 * Deletes an attached file and, by cascade, the comments on it. Run it in {@link withFileChanges}: the bytes go after the commit.
 * The caller has checked the viewer's level to the object (access-and-web.md §3.6, §13.2).
 * @throws NotFoundError when the file does not exist or belongs to another object than the one named with it
 */
export async function deleteMediaFile(
	context: CommandContext,
	input: { readonly id: number; readonly target: FileTarget },
	changes: FileChanges,
): Promise<void> {
	const { kind, id: targetId } = input.target;
	const { rows } = await sql<{ type_id: number; uuid: string; extension: string }>`
		DELETE FROM media_file WHERE id = ${input.id} AND ${targetId} =
			CASE ${kind}::text WHEN 'seqRequest' THEN seq_request_id WHEN 'experiment' THEN experiment_id ELSE lab_prep_id END
		RETURNING type_id, uuid, extension`.execute(context.tx);
	const deleted = rows[0];
	if (!deleted) throw new NotFoundError("The file");
	const type = findMember(MediaFileType, deleted.type_id);
	if (type) changes.dropped.push({ folder: type.folder, name: deleted.uuid + deleted.extension });
}
