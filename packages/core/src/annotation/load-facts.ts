import { projectLevel } from "@opengsync/db/access";
import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { isPooled } from "@opengsync/domain/annotation/comparisons";
import { type AnnotationFacts, factsNeeded, type ProjectFact, type ProjectSampleFact } from "@opengsync/domain/annotation/facts";
import { readMetadata, type StepInput, type WorkflowState } from "@opengsync/domain/annotation/state";
import { AccessType, FeatureType } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { loadFeatureKitsForAnnotation, loadKitsForAnnotation } from "./load-kits.ts";

/** Anything that can be read from: the database or an open transaction. */
type Reader = Db | Tx;

interface RequestRow {
	readonly status_id: number;
	readonly submission_type_id: number;
	readonly group_id: number | null;
	readonly requestor_id: number;
	readonly contact_name: string;
	readonly contact_email: string | null;
	readonly contact_phone: string | null;
	readonly libraries: { typeId: number; sampleNames: string[] }[];
}

/**
 * Loads what the steps of an annotation may need (requests-and-annotation.md §5), anew for every call.
 * @throws NotFoundError when the request does not exist
 */
export async function loadAnnotationFacts(
	reader: Reader,
	viewer: Viewer,
	requestId: number,
	state: WorkflowState,
	input: StepInput | null,
): Promise<AnnotationFacts> {
	const { rows } = await sql<RequestRow>`
		SELECT r.status_id, r.submission_type_id, r.group_id, r.requestor_id, c.name AS contact_name, c.email AS contact_email,
			c.phone AS contact_phone,
			COALESCE((SELECT jsonb_agg(jsonb_build_object('typeId', l.type_id, 'sampleNames', ARRAY(SELECT s.name
				FROM sample_library_link k JOIN sample s ON s.id = k.sample_id WHERE k.library_id = l.id)))
				FROM library l WHERE l.seq_request_id = r.id), '[]') AS libraries
		FROM seq_request r JOIN contact c ON c.id = r.contact_person_id WHERE r.id = ${requestId}`.execute(reader);
	const request = rows[0];
	if (!request) throw new NotFoundError("This request");
	const needed = factsNeeded(state, input);
	// The steps that read kits come after the service; indices and names of pools are asked for with ready-made pools only. A kit list
	// takes 15 ms.
	const isServiceChosen = readMetadata(state, "service_type_id") !== null;
	const hasPools = isPooled({ submissionTypeId: request.submission_type_id });
	const projectId = readMetadata(state, "project_id");
	const insider = isInsider(viewer.roleId);
	return {
		userId: viewer.id,
		isInsider: insider,
		requestorId: request.requestor_id,
		submissionTypeId: request.submission_type_id,
		requestStatusId: request.status_id,
		requestGroupId: request.group_id,
		contactPerson: { name: request.contact_name, email: request.contact_email ?? "", phone: request.contact_phone },
		projects: await loadProjects(reader, viewer, needed.projectIds),
		takenProjectTitles: await loadTakenTitles(reader, insider ? null : viewer.id, needed.projectTitles),
		projectSamples: typeof projectId === "number" ? await loadProjectSamples(reader, projectId) : [],
		requestLibraries: request.libraries,
		indexKits: isServiceChosen && hasPools ? await loadKitsForAnnotation(reader) : [],
		featureKits: isServiceChosen ? await loadFeatureKitsForAnnotation(reader, [FeatureType.CMO.id, FeatureType.ANTIBODY.id]) : [],
		ownedPoolNames: hasPools ? await loadPoolNames(reader, viewer.id) : [],
	};
}

async function loadProjects(reader: Reader, viewer: Viewer, ids: readonly number[]): Promise<ProjectFact[]> {
	if (ids.length === 0) return [];
	const { rows } = await sql<ProjectFact>`
		SELECT p.id, p.identifier, p.title, p.group_id AS "groupId", ${projectLevel(viewer, "p")} >= ${AccessType.EDIT.id} AS "canEdit"
		FROM project p WHERE p.id = ANY(${[...ids]}::int[])`.execute(reader);
	return rows;
}

async function loadTakenTitles(reader: Reader, ownerId: number | null, titles: readonly string[]): Promise<string[]> {
	if (titles.length === 0) return [];
	const { rows } = await sql<{ title: string }>`SELECT DISTINCT title FROM project
		WHERE title = ANY(${[...titles]}::text[]) AND (${ownerId}::int IS NULL OR owner_id = ${ownerId})`.execute(reader);
	return rows.map((row) => row.title);
}

async function loadProjectSamples(reader: Reader, projectId: number): Promise<ProjectSampleFact[]> {
	const { rows } = await sql<{
		id: number;
		name: string;
		genome_id: number | null;
		attributes: Record<string, { value: string }> | null;
	}>`
		SELECT s.id, s.name, s.attributes, (SELECT CASE WHEN count(DISTINCT l.genome_ref_id) = 1 THEN min(l.genome_ref_id) END
			FROM sample_library_link k JOIN library l ON l.id = k.library_id WHERE k.sample_id = s.id) AS genome_id
		FROM sample s WHERE s.project_id = ${projectId} ORDER BY s.id`.execute(reader);
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		genomeId: row.genome_id,
		attributes: Object.entries(row.attributes ?? {}).map(([name, attribute]) => ({ name, value: attribute.value })),
	}));
}

async function loadPoolNames(reader: Reader, ownerId: number): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`SELECT name FROM pool WHERE owner_id = ${ownerId}`.execute(reader);
	return rows.map((row) => row.name);
}
