import { libraryLevel } from "@opengsync/db/access";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { type LibraryActionName, libraryAction } from "@opengsync/domain/library-actions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

/** A library locked for a change, with what its rules look at. */
export interface LibraryForChange {
	readonly id: number;
	readonly sample_name: string;
	readonly type_id: number;
	readonly status_id: number;
	readonly seq_request_id: number;
	readonly request_status_id: number;
	readonly num_samples: number;
	readonly access_level: AccessLevel;
}

/**
 * Locks a library, then reads it with the viewer's level and lets the table of actions decide.
 * @throws NotFoundError, ForbiddenError when the level does not suffice, NotPossibleError when only the state stands against it
 */
export async function loadLibraryFor(
	context: CommandContext,
	libraryId: number,
	action: LibraryActionName,
): Promise<LibraryForChange> {
	await sql`SELECT 1 FROM library WHERE id = ${libraryId} FOR UPDATE`.execute(context.tx);
	const { rows } = await sql<LibraryForChange>`
		SELECT l.id, l.sample_name, l.type_id, l.status_id, l.seq_request_id, r.status_id AS request_status_id,
			(SELECT count(*)::int FROM sample_library_link k WHERE k.library_id = l.id) AS num_samples,
			${libraryLevel(context.viewer, "l")} AS access_level
		FROM library l JOIN seq_request r ON r.id = l.seq_request_id WHERE l.id = ${libraryId}`.execute(context.tx);
	const library = rows[0];
	if (!library) throw new NotFoundError("This library");
	const { status_id: statusId, type_id: typeId, request_status_id: requestStatusId, num_samples: numSamples } = library;
	requireAllowed(libraryAction(action, { statusId, typeId, requestStatusId, numSamples, level: library.access_level }));
	return library;
}
