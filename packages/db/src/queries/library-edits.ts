import type { FeatureValues } from "@opengsync/domain/feature-values";
// Reading the libraries that are edited together (requests-and-annotation.md §9 to §11). Every function is one statement.
import { sql } from "kysely";
import { libraryLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** Where libraries are chosen: the members of an object, or all that there are. */
export type LibraryScope =
	| { readonly kind: "request"; readonly id: number }
	| { readonly kind: "labPrep"; readonly id: number }
	| { readonly kind: "all" };

/** Most libraries that a selection offers at once: the largest request fits. */
export const SELECTABLE_LIBRARIES_LIMIT = 2000;

/** A library of a selection. */
export interface SelectableLibraryRow {
	readonly id: number;
	readonly name: string;
	readonly clone_number: number;
	readonly type_id: number;
	readonly mux_type_id: number | null;
	readonly nuclei_isolation: boolean;
	readonly status_id: number;
	readonly pool_name: string | null;
	readonly seq_request_id: number;
	readonly request_name: string;
	/** Catalog submissionType of its request. */
	readonly submission_type_id: number;
}

function inScope(scope: LibraryScope) {
	switch (scope.kind) {
		case "request":
			return sql<boolean>`l.seq_request_id = ${scope.id}`;
		case "labPrep":
			return sql<boolean>`l.lab_prep_id = ${scope.id}`;
		case "all":
			return sql<boolean>`true`;
	}
}

/** Libraries of a scope for a selection: in their order, or the newest first where the scope is everything. */
export async function listSelectableLibraries(reader: Reader, scope: LibraryScope): Promise<SelectableLibraryRow[]> {
	const order = scope.kind === "all" ? sql`DESC` : sql`ASC`;
	const { rows } = await sql<SelectableLibraryRow>`
		SELECT l.id, l.name, l.clone_number, l.type_id, l.mux_type_id, l.nuclei_isolation, l.status_id, p.name AS pool_name,
			l.seq_request_id, r.name AS request_name, r.submission_type_id
		FROM library l JOIN seq_request r ON r.id = l.seq_request_id LEFT JOIN pool p ON p.id = l.pool_id
		WHERE ${inScope(scope)} ORDER BY l.id ${order} LIMIT ${SELECTABLE_LIBRARIES_LIMIT}`.execute(reader);
	return rows;
}

/** Name of the object that limits a selection; null when it does not exist. */
export async function findScopeName(reader: Reader, scope: LibraryScope): Promise<string | null> {
	if (scope.kind === "all") return "All libraries";
	const table = scope.kind === "request" ? sql`seq_request` : sql`lab_prep`;
	const { rows } = await sql<{ name: string }>`SELECT name FROM ${table} WHERE id = ${scope.id}`.execute(reader);
	return rows[0]?.name ?? null;
}

/** A chosen library with all that its rules and its table look at. */
export interface ChosenLibraryRow {
	readonly id: number;
	readonly name: string;
	readonly sample_name: string;
	readonly type_id: number;
	readonly genome_ref_id: number;
	readonly service_type_id: number;
	readonly nuclei_isolation: boolean;
	readonly status_id: number;
	readonly seq_request_id: number;
	readonly request_status_id: number;
	/** Catalog submissionType of its request. */
	readonly submission_type_id: number;
	readonly num_samples: number;
	readonly properties: Record<string, unknown> | null;
	readonly access_level: number;
}

const chosenColumns = (viewer: Viewer) => sql`l.id, l.name, l.sample_name, l.type_id, l.genome_ref_id, l.service_type_id,
	l.nuclei_isolation, l.status_id, l.seq_request_id, r.status_id AS request_status_id, r.submission_type_id, l.properties,
	(SELECT count(*)::int FROM sample_library_link k WHERE k.library_id = l.id) AS num_samples, ${libraryLevel(viewer, "l")} AS access_level`;

/** Of these libraries those that are in the scope, by id. */
export async function listChosenLibraries(
	reader: Reader,
	viewer: Viewer,
	scope: LibraryScope,
	ids: readonly number[],
): Promise<ChosenLibraryRow[]> {
	const { rows } = await sql<ChosenLibraryRow>`
		SELECT ${chosenColumns(viewer)} FROM library l JOIN seq_request r ON r.id = l.seq_request_id
		WHERE l.id = ANY(${[...ids]}::int[]) AND ${inScope(scope)} ORDER BY l.id`.execute(reader);
	return rows;
}

/** An object whose libraries' properties are shown in one table. */
export interface PropertyOwner {
	readonly kind: "request" | "project";
	readonly id: number;
}

/** Ids of the libraries of a request, or of the samples of a project. */
const librariesOf = (owner: PropertyOwner) =>
	owner.kind === "request"
		? sql<boolean>`l.seq_request_id = ${owner.id}`
		: sql<boolean>`l.id IN (SELECT k.library_id FROM sample_library_link k JOIN sample s ON s.id = k.sample_id
			WHERE s.project_id = ${owner.id})`;

/** All libraries of a request or project, by id; with the viewer's level, so that none is shown that may not be. */
export async function listLibrariesOfOwner(reader: Reader, viewer: Viewer, owner: PropertyOwner): Promise<ChosenLibraryRow[]> {
	const { rows } = await sql<ChosenLibraryRow>`
		SELECT ${chosenColumns(viewer)} FROM library l JOIN seq_request r ON r.id = l.seq_request_id
		WHERE ${librariesOf(owner)} ORDER BY l.id`.execute(reader);
	return rows;
}

/** A feature of a library. */
export interface LibraryFeatureRow extends FeatureValues {
	readonly id: number;
	readonly feature_kit_id: number | null;
	readonly kit_label: string | null;
}

/** Features of a library by id. */
export async function listLibraryFeatures(reader: Reader, libraryId: number): Promise<LibraryFeatureRow[]> {
	const { rows } = await sql<LibraryFeatureRow>`
		SELECT f.id, f.feature_kit_id, '[' || k.identifier || '] ' || k.name AS kit_label, f.identifier, f.name, f.sequence, f.pattern, f.read
		FROM library_feature_link x JOIN feature f ON f.id = x.feature_id LEFT JOIN kit k ON k.id = f.feature_kit_id
		WHERE x.library_id = ${libraryId} ORDER BY f.id`.execute(reader);
	return rows;
}

/** A library as far as telling its samples apart is concerned. */
export interface MuxLibraryRow {
	readonly id: number;
	readonly sample_name: string;
	readonly type_id: number;
	readonly mux_type_id: number | null;
	readonly service_type_id: number;
	readonly seq_request_id: number;
}

/** The library; undefined when it does not exist. */
export async function findMuxLibrary(reader: Reader, libraryId: number): Promise<MuxLibraryRow | undefined> {
	const { rows } = await sql<MuxLibraryRow>`
		SELECT id, sample_name, type_id, mux_type_id, service_type_id, seq_request_id FROM library WHERE id = ${libraryId}`.execute(
		reader,
	);
	return rows[0];
}

/** A sample in a library of a sample pool, with what tells it apart there. */
export interface PoolLinkRow {
	readonly library_id: number;
	readonly library_name: string;
	readonly sample_id: number;
	readonly sample_name: string;
	readonly mux: { readonly barcode?: string | null; readonly pattern?: string | null; readonly read?: string | null } | null;
}

/**
 * Links of the library's samples in all libraries that share its sample pool: same sample name, request and way of multiplexing
 * (lab-workflows.md §10.5). By sample and library.
 */
export async function listPoolLinks(reader: Reader, library: MuxLibraryRow): Promise<PoolLinkRow[]> {
	const { rows } = await sql<PoolLinkRow>`
		SELECT l.id AS library_id, l.name AS library_name, s.id AS sample_id, s.name AS sample_name, k.mux
		FROM library l JOIN sample_library_link k ON k.library_id = l.id JOIN sample s ON s.id = k.sample_id
		WHERE l.sample_name = ${library.sample_name} AND l.seq_request_id = ${library.seq_request_id}
			AND l.mux_type_id IS NOT DISTINCT FROM ${library.mux_type_id}
			AND s.id IN (SELECT own.sample_id FROM sample_library_link own WHERE own.library_id = ${library.id})
		ORDER BY s.id, l.id`.execute(reader);
	return rows;
}
