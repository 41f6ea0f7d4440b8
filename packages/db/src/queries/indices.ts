// Libraries with their indices: re-index, index check, clash pages (lab-workflows.md §13.1).
import { AccessType, BarcodeOrientation } from "@opengsync/domain/catalog";
import type { IndexedLibrary } from "@opengsync/domain/indices/indexed-library";
import { type RawBuilder, sql } from "kysely";
import { libraryLevel, type Viewer, visibleLibraries } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** Which libraries: those of an object, or named ones. */
export type IndexedScope =
	| { readonly requestId: number }
	| { readonly poolId: number }
	| { readonly labPrepId: number }
	| { readonly libraryIds: readonly number[] };

function inScope(scope: IndexedScope): RawBuilder<boolean> {
	if ("requestId" in scope) return sql<boolean>`l.seq_request_id = ${scope.requestId}`;
	if ("poolId" in scope) return sql<boolean>`l.pool_id = ${scope.poolId}`;
	if ("labPrepId" in scope) return sql<boolean>`l.lab_prep_id = ${scope.labPrepId}`;
	return sql<boolean>`l.id = ANY(${[...scope.libraryIds]}::int[])`;
}

const indexedLibrary = (viewer: Viewer) => sql`l.id, l.name, l.type_id AS "typeId", l.seq_request_id AS "requestId",
	l.pool_id AS "poolId", p.name AS "poolName", ${libraryLevel(viewer, "l")} >= ${AccessType.EDIT.id} AS "canEdit",
	COALESCE((SELECT json_agg(json_build_object('id', i.id, 'kitI7Id', i.index_kit_i7_id, 'kitI5Id', i.index_kit_i5_id,
		'nameI7', i.name_i7, 'nameI5', i.name_i5, 'sequenceI7', i.sequence_i7, 'sequenceI5', i.sequence_i5,
		'orientationId', i.orientation) ORDER BY i.id) FROM library_index i WHERE i.library_id = l.id), '[]') AS indices`;

/** The libraries that the viewer sees, in the order of their ids, each with its indices. */
export async function listIndexedLibraries(reader: Reader, viewer: Viewer, scope: IndexedScope): Promise<IndexedLibrary[]> {
	const { rows } = await sql<IndexedLibrary>`SELECT ${indexedLibrary(viewer)}
		FROM library l LEFT JOIN pool p ON p.id = l.pool_id
		WHERE ${inScope(scope)} AND ${visibleLibraries(viewer, "l")} ORDER BY l.id`.execute(reader);
	return rows;
}

/** What a library of somebody else is called where it only takes part in a comparison. */
const foreignLibraryName = "Library of another request";

/** Other libraries of these pools, for comparison; those that the viewer does not see are not named. */
export async function listPoolNeighbours(
	reader: Reader,
	viewer: Viewer,
	poolIds: readonly number[],
	exceptLibraryIds: readonly number[],
): Promise<IndexedLibrary[]> {
	if (poolIds.length === 0) return [];
	const { rows } = await sql<IndexedLibrary & { isVisible: boolean }>`SELECT ${indexedLibrary(viewer)},
			${visibleLibraries(viewer, "l")} AS "isVisible"
		FROM library l LEFT JOIN pool p ON p.id = l.pool_id
		WHERE l.pool_id = ANY(${[...poolIds]}::int[]) AND l.id <> ALL(${[...exceptLibraryIds]}::int[]) ORDER BY l.id`.execute(reader);
	return rows.map(({ isVisible, ...library }) => (isVisible ? library : { ...library, name: foreignLibraryName }));
}

/** A library that is loaded on a lane; one on several lanes comes several times. */
export type LaneLibrary = IndexedLibrary & { readonly laneNumber: number };

/** The libraries of an experiment by lane; for insiders. */
export async function listLaneLibraries(reader: Reader, viewer: Viewer, experimentId: number): Promise<LaneLibrary[]> {
	const { rows } = await sql<LaneLibrary>`SELECT ${indexedLibrary(viewer)}, n.number AS "laneNumber"
		FROM lane_pool_link k JOIN lane n ON n.id = k.lane_id JOIN pool p ON p.id = k.pool_id JOIN library l ON l.pool_id = p.id
		WHERE n.experiment_id = ${experimentId} AND ${visibleLibraries(viewer, "l")} ORDER BY n.number, l.id`.execute(reader);
	return rows;
}

/** Of these requests, those that have an index to be checked on a library other than these (extensions.md §3). */
export async function listRequestsWithOpenIndices(
	reader: Reader,
	requestIds: readonly number[],
	exceptLibraryIds: readonly number[],
): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`SELECT DISTINCT l.seq_request_id AS id
		FROM library l JOIN library_index i ON i.library_id = l.id
		WHERE l.seq_request_id = ANY(${[...requestIds]}::int[]) AND l.id <> ALL(${[...exceptLibraryIds]}::int[])
			AND i.sequence_i7 <> '' AND i.orientation IS DISTINCT FROM ${BarcodeOrientation.FORWARD.id}
			AND NOT (i.index_kit_i7_id IS NOT NULL AND COALESCE(i.name_i7, '') <> ''
				AND (COALESCE(i.sequence_i5, '') = '' OR (i.index_kit_i5_id IS NOT NULL AND COALESCE(i.name_i5, '') <> '')))`.execute(
		reader,
	);
	return rows.map((row) => row.id);
}
