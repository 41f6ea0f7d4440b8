import type { LibraryScope } from "@opengsync/db/queries/library-edits";
import { LibraryStatus } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { cloneLibraries, type LibraryClone, lockForCloning } from "./clone-libraries.ts";
import { loadChosenLibraries } from "./load-chosen.ts";

/** How libraries are sequenced again: the same tube, or prepared anew (requests-and-annotation.md §9). */
export type ResequenceType = "indexed" | "raw";

/**
 * Clones the chosen libraries into their own requests, to be sequenced again. For staff.
 * @throws InvalidInputError when none is chosen, NotFoundError, ForbiddenError, NotPossibleError for libraries of a QC-only request
 */
export async function resequenceLibraries(
	context: CommandContext,
	scope: LibraryScope,
	libraryIds: readonly number[],
	type: ResequenceType,
): Promise<LibraryClone[]> {
	await lockForCloning(context.tx, libraryIds);
	const libraries = await loadChosenLibraries(context, scope, libraryIds, "resequence");
	return cloneLibraries(
		context.tx,
		libraries.map((library) => library.id),
		type === "indexed"
			? { withIndices: true, statusId: LibraryStatus.STORED.id }
			: { withIndices: false, statusId: LibraryStatus.ACCEPTED.id },
	);
}
