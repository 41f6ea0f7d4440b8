import { libraryLevel } from "@opengsync/db/access";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { AccessType } from "@opengsync/domain/catalog";
import { libraryAction } from "@opengsync/domain/library-actions";
import { type RawBuilder, sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";
import { deleteLibraries } from "./delete-libraries.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

interface RemovableRow {
	readonly id: number;
	readonly status_id: number;
	readonly type_id: number;
	readonly num_samples: number;
	readonly access_level: AccessLevel;
}

/** Libraries of a locked request that fulfil a condition, each of which the viewer may remove. */
async function requireRemovable(
	{ tx, viewer }: CommandContext,
	request: { readonly id: number; readonly status_id: number },
	condition: RawBuilder<boolean>,
): Promise<number[]> {
	const { rows } = await sql<RemovableRow>`
		SELECT l.id, l.status_id, l.type_id, ${libraryLevel(viewer, "l")} AS access_level,
			(SELECT count(*)::int FROM sample_library_link k WHERE k.library_id = l.id) AS num_samples
		FROM library l WHERE l.seq_request_id = ${request.id} AND ${condition} ORDER BY l.id`.execute(tx);
	for (const { status_id: statusId, type_id: typeId, num_samples: numSamples, access_level: level } of rows) {
		requireAllowed(libraryAction("remove", { statusId, typeId, requestStatusId: request.status_id, numSamples, level }));
	}
	return rows.map((row) => row.id);
}

/**
 * Removes one library from its request, and with it what only it needed (requests-and-annotation.md §2.8).
 * @throws NotFoundError, also when it belongs to another request; ForbiddenError
 */
export async function removeLibrary(context: CommandContext, requestId: number, libraryId: number): Promise<void> {
	const request = await loadRequestForChange(context.tx, context.viewer, requestId, AccessType.VIEW.id);
	const ids = await requireRemovable(context, request, sql<boolean>`l.id = ${libraryId}`);
	if (ids.length === 0) throw new NotFoundError("This library of the request");
	await deleteLibraries(context.tx, ids, "delete");
}

/**
 * Removes all libraries of a request. None goes when one of them may not be removed by the viewer.
 * @returns how many there were
 * @throws NotFoundError, ForbiddenError, NotPossibleError when there are none
 */
export async function removeAllLibraries(context: CommandContext, requestId: number): Promise<number> {
	const request = await loadRequestForChange(context.tx, context.viewer, requestId, AccessType.VIEW.id);
	requireRequestAction("removeAllLibraries", request);
	const ids = await requireRemovable(context, request, sql<boolean>`true`);
	await deleteLibraries(context.tx, ids, "delete");
	return ids.length;
}

/**
 * Removes a sample from a request: all libraries of the request that contain it go, also from other samples in them. The samples stay in
 * their projects.
 * @returns how many libraries went
 * @throws NotFoundError when no library of the request contains the sample; ForbiddenError
 */
export async function removeSampleFromRequest(context: CommandContext, requestId: number, sampleId: number): Promise<number> {
	const request = await loadRequestForChange(context.tx, context.viewer, requestId, AccessType.VIEW.id);
	const contains = sql<boolean>`EXISTS (SELECT 1 FROM sample_library_link c WHERE c.library_id = l.id AND c.sample_id = ${sampleId})`;
	const ids = await requireRemovable(context, request, contains);
	if (ids.length === 0) throw new NotFoundError("This sample of the request");
	await deleteLibraries(context.tx, ids, "keep");
	return ids.length;
}
