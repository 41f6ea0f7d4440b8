import { type ChosenLibraryRow, type LibraryScope, listChosenLibraries } from "@opengsync/db/queries/library-edits";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { type LibraryActionName, libraryAction } from "@opengsync/domain/library-actions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError, NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

/** An action on a library as its stored facts permit it. */
export function actionOnChosen(action: LibraryActionName, library: ChosenLibraryRow) {
	return libraryAction(action, {
		statusId: library.status_id,
		typeId: library.type_id,
		requestStatusId: library.request_status_id,
		submissionTypeId: library.submission_type_id,
		numSamples: library.num_samples,
		level: library.access_level as AccessLevel,
	});
}

/** Locks libraries in the order of their ids, so that two edits of the same ones never wait for each other in a circle. */
export async function lockLibraries(context: CommandContext, ids: readonly number[]): Promise<void> {
	await sql`SELECT 1 FROM library WHERE id = ANY(${[...ids]}::int[]) ORDER BY id FOR UPDATE`.execute(context.tx);
}

/**
 * Locks the chosen libraries and lets the table of actions decide on each.
 * @throws InvalidInputError when none is chosen, NotFoundError for one that does not exist or is not in the scope, ForbiddenError,
 * NotPossibleError
 */
export async function loadChosenLibraries(
	context: CommandContext,
	scope: LibraryScope,
	libraryIds: readonly number[],
	action: LibraryActionName,
): Promise<ChosenLibraryRow[]> {
	const ids = [...new Set(libraryIds)];
	if (ids.length === 0) throw new InvalidInputError([{ field: "", message: "Select at least one library." }]);
	await lockLibraries(context, ids);
	const libraries = await listChosenLibraries(context.tx, context.viewer, scope, ids);
	if (libraries.length < ids.length) throw new NotFoundError("A selected library");
	for (const library of libraries) requireAllowed(actionOnChosen(action, library));
	return libraries;
}
