import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { loadLibraryFor } from "./load-for-change.ts";

/**
 * Takes a sample out of a library; both stay (requests-and-annotation.md §11): E if the library is DRAFT, else I.
 * @throws NotFoundError, also when the sample is not in this library; ForbiddenError; NotPossibleError for the last sample
 */
export async function removeSampleFromLibrary(context: CommandContext, libraryId: number, sampleId: number): Promise<void> {
	const { tx } = context;
	const present = await sql`
		SELECT 1 FROM sample_library_link WHERE library_id = ${libraryId} AND sample_id = ${sampleId}`.execute(tx);
	await loadLibraryFor(context, libraryId, "removeSample");
	if (present.rows.length === 0) throw new NotFoundError("This sample of the library");
	await sql`DELETE FROM sample_library_link WHERE library_id = ${libraryId} AND sample_id = ${sampleId}`.execute(tx);
}
