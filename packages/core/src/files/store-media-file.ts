import { type IdOf, MediaFileType, memberById, uploads } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError, InvalidInputError } from "../errors.ts";
import { checkUpload, type UploadedFile } from "./check-upload.ts";
import type { FileChanges } from "./file-changes.ts";
import { createUuid } from "./uuid.ts";

/** The one object to which a file is attached. */
export type FileTarget =
	| { readonly kind: "seqRequest"; readonly id: number }
	| { readonly kind: "experiment"; readonly id: number }
	| { readonly kind: "labPrep"; readonly id: number };

/** A file to be attached, and a remark about it. */
export interface NewMediaFile {
	readonly typeId: IdOf<typeof MediaFileType>;
	readonly target: FileTarget;
	readonly file: UploadedFile;
	readonly comment?: string | null;
	/** A workflow writes the file, not somebody by the upload form: the type need not be offered there. */
	readonly byWorkflow?: boolean;
}

/**
 * Attaches an uploaded file to a request, experiment or lab prep (access-and-web.md §13.2). Run it in {@link withFileChanges}, so
 * that the file goes if the transaction fails. The caller has checked the viewer's level to the object.
 * @throws InvalidInputError for a file that is not permitted, and a second authorization form
 * @throws BadRequestError for a type that is not offered for this kind of object
 */
export async function storeMediaFile(
	context: CommandContext,
	input: NewMediaFile,
	changes: FileChanges,
): Promise<{ id: number; uuid: string }> {
	const { tx, viewer, services } = context;
	const type = memberById(MediaFileType, input.typeId);
	const uploadableOn: readonly string[] = type.uploadableOn;
	const isPermitted = uploadableOn.includes(input.target.kind) || (input.byWorkflow === true && type.writtenBy.length > 0);
	if (!isPermitted) throw new BadRequestError("This type of file cannot be attached here.");
	const { name, extension } = checkUpload(input.file, type);
	const comment = input.comment?.trim() ?? "";
	if (comment.length > uploads.commentMaxLength) {
		throw new InvalidInputError([{ field: "comment", message: `At most ${uploads.commentMaxLength} characters.` }]);
	}
	const target = targetColumns(input.target);
	if (type.id === MediaFileType.SEQ_AUTH_FORM.id) await refuseSecondAuthorizationForm(context, input.target.id);

	const now = services.now();
	const uuid = createUuid(now);
	const stored = { folder: type.folder, name: uuid + extension };
	await services.files.write(stored.folder, stored.name, input.file.content);
	changes.written.push(stored);
	const { rows } = await sql<{ id: number }>`
		INSERT INTO media_file (name, extension, type_id, uuid, size_bytes, timestamp_utc, uploader_id, seq_request_id, experiment_id, lab_prep_id)
		VALUES (${name}, ${extension}, ${type.id}, ${uuid}, ${input.file.content.length}, ${now}, ${viewer.id},
			${target.seqRequestId}, ${target.experimentId}, ${target.labPrepId})
		RETURNING id`.execute(tx);
	const id = rows[0]?.id;
	if (id === undefined) throw new Error("The file was not stored");
	if (comment !== "") {
		await sql`
			INSERT INTO comment (text, timestamp_utc, file_id, author_id, seq_request_id, experiment_id, lab_prep_id)
			VALUES (${comment}, ${now}, ${id}, ${viewer.id}, ${target.seqRequestId}, ${target.experimentId}, ${target.labPrepId})`.execute(
			tx,
		);
	}
	return { id, uuid };
}

function targetColumns(target: FileTarget) {
	return {
		seqRequestId: target.kind === "seqRequest" ? target.id : null,
		experimentId: target.kind === "experiment" ? target.id : null,
		labPrepId: target.kind === "labPrep" ? target.id : null,
	};
}

/** The request's row is locked first, so that two uploads at once cannot both find none. */
async function refuseSecondAuthorizationForm(context: CommandContext, requestId: number): Promise<void> {
	await sql`SELECT 1 FROM seq_request WHERE id = ${requestId} FOR UPDATE`.execute(context.tx);
	const { rows } = await sql`
		SELECT 1 FROM media_file WHERE seq_request_id = ${requestId} AND type_id = ${MediaFileType.SEQ_AUTH_FORM.id}`.execute(
		context.tx,
	);
	if (rows.length > 0) {
		throw new InvalidInputError([{ field: "file", message: "There is an authorization form already: delete it first." }]);
	}
}
