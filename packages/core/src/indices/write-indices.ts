import { listIndexedLibraries } from "@opengsync/db/queries/indices";
import { isSameJson } from "@opengsync/domain/annotation/state";
import { SubmissionType } from "@opengsync/domain/catalog";
import type { IndexCheckPlan } from "@opengsync/domain/index-check/plan";
import type { IndexedLibrary } from "@opengsync/domain/indices/indexed-library";
import type { ReindexPlan } from "@opengsync/domain/reindex/plan";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ConflictError } from "../errors.ts";
import { addRequestComment } from "../requests/comments.ts";
import { insertIndices } from "./insert-indices.ts";
import type { Reindexed } from "./reindex-run.ts";

const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;

/**
 * Locks the libraries and refuses when their indices are others than those that the plan was made from: another run, started from
 * another page, was faster.
 */
async function lockUnchanged({ tx, viewer }: CommandContext, libraries: readonly IndexedLibrary[]): Promise<void> {
	const libraryIds = libraries.map(({ id }) => id);
	await sql`SELECT id FROM library WHERE id = ANY(${libraryIds}::int[]) ORDER BY id FOR UPDATE`.execute(tx);
	const now = new Map((await listIndexedLibraries(tx, viewer, { libraryIds })).map((library) => [library.id, library.indices]));
	const changed = libraries.find((library) => !isSameJson(library.indices, now.get(library.id)));
	if (!changed) return;
	throw new ConflictError(`Somebody else has changed the indices of ${changed.name} meanwhile. Look at the review again.`);
}

/**
 * Writes a plan of re-index (requests-and-annotation.md §8, 3): of each library that changes its indices are deleted, its index type is
 * set and the new rows are added; nothing else. The number of statements does not grow with the libraries.
 */
export async function writeReindexPlan(context: CommandContext, plan: ReindexPlan): Promise<Reindexed> {
	const { tx } = context;
	const changed = plan.libraries.filter((library) => library.isChanged);
	if (changed.length > 0) {
		await lockUnchanged(
			context,
			changed.map(({ library }) => library),
		);
		const ids = changed.map(({ library }) => library.id);
		await sql`DELETE FROM library_index WHERE library_id = ANY(${ids}::int[])`.execute(tx);
		await sql`UPDATE library l SET index_type_id = v.index_type_id
			FROM jsonb_to_recordset(${json(changed.map(({ library, indexTypeId }) => ({ id: library.id, index_type_id: indexTypeId })))})
				AS v (id int, index_type_id smallint)
			WHERE l.id = v.id AND l.index_type_id IS DISTINCT FROM v.index_type_id`.execute(tx);
		await insertIndices(
			tx,
			changed.map(({ library, indices }) => ({ libraryId: library.id, indices })),
		);
	}
	for (const { requestId, text } of plan.comments) await addRequestComment(context, requestId, text);
	return { changed: changed.length, deleted: changed.filter(({ indices }) => indices.length === 0).length };
}

/** What a completed index check did. */
export interface IndicesChecked {
	/** Indices that were turned round or whose orientation is another now. */
	readonly changed: number;
	/** Indices that were looked at. */
	readonly checked: number;
}

/** Writes a plan of the index check and ticks the review step of the requests that are through (extensions.md §3). */
export async function writeIndexCheckPlan(context: CommandContext, plan: IndexCheckPlan): Promise<IndicesChecked> {
	const { tx } = context;
	const changed = plan.indices.filter((index) => index.isChanged);
	const records = changed.map(({ after }) => ({
		id: after.id,
		sequence_i7: after.sequenceI7,
		sequence_i5: after.sequenceI5,
		orientation: after.orientationId,
	}));
	if (records.length > 0) {
		await lockUnchanged(context, [...new Set(changed.map(({ library }) => library))]);
		await sql`UPDATE library_index i SET sequence_i7 = v.sequence_i7, sequence_i5 = v.sequence_i5, orientation = v.orientation
			FROM jsonb_to_recordset(${json(records)}) AS v (id int, sequence_i7 text, sequence_i5 text, orientation smallint)
			WHERE i.id = v.id`.execute(tx);
	}
	const { POOLED_LIBRARIES, UNPOOLED_LIBRARIES } = SubmissionType;
	await sql`UPDATE seq_request SET review_checklist = COALESCE(review_checklist, '{}'::jsonb) || '{"index_check": true}'::jsonb
		WHERE id = ANY(${[...plan.checkedRequestIds]}::int[])
			AND submission_type_id IN (${POOLED_LIBRARIES.id}, ${UNPOOLED_LIBRARIES.id})`.execute(tx);
	return { changed: changed.length, checked: plan.indices.length };
}
