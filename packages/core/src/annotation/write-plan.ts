import type { Tx } from "@opengsync/db/transaction";
import type { CompletionPlan, PlannedLibrary, PlannedSample } from "@opengsync/domain/annotation/completion-types";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { insertIndices } from "../indices/insert-indices.ts";
import { ensureCustomFeature } from "../libraries/ensure-custom-feature.ts";
import { addRequestComment } from "../requests/comments.ts";
import { createContact } from "../requests/contacts.ts";

/** Ids and names of what a completed annotation created (issue of the HTTP API; flash message). */
export interface CreatedObjects {
	/** Project of the run; `isNew` is false for an existing one. */
	readonly project: { readonly id: number; readonly title: string; readonly isNew: boolean };
	readonly samples: readonly NamedObject[];
	/** Existing samples of the project that were used again. */
	readonly reusedSamples: readonly NamedObject[];
	readonly libraries: readonly NamedObject[];
	readonly pools: readonly NamedObject[];
}

/** An object of the database as people know it. */
export interface NamedObject {
	readonly id: number;
	readonly name: string;
}

/** Writes a completion plan (requests-and-annotation.md §5.18, 1 to 8). The number of statements does not grow with the rows. */
export async function writePlan(context: CommandContext, requestId: number, plan: CompletionPlan): Promise<CreatedObjects> {
	const { tx } = context;
	const project = await writeProject(tx, plan);
	const samples = await writeSamples(tx, project.id, plan);
	const pools = await writePools(tx, requestId, plan);
	const libraries = await writeLibraries(tx, requestId, plan, pools);
	await insertIndices(
		tx,
		plan.libraries.map(({ name, indices }) => ({ libraryId: idOf(libraries, name), indices })),
	);
	await writeLinks(tx, plan, samples, libraries);
	await writeFeatures(tx, plan, libraries);
	for (const comment of plan.comments) await addRequestComment(context, requestId, comment);
	const samplesThatAre = (isNew: boolean) =>
		plan.samples
			.filter((sample) => (sample.existingId === null) === isNew)
			.map(({ name }) => ({ id: idOf(samples, name), name }));
	return {
		project: { ...project, isNew: plan.project.kind === "new" },
		samples: samplesThatAre(true),
		reusedSamples: samplesThatAre(false),
		libraries: plan.libraries.map(({ name }) => ({ id: idOf(libraries, name), name })),
		pools: plan.pools.map((pool) => ({ id: idOf(pools, pool.label), name: pool.name })),
	};
}

async function writeProject(tx: Tx, plan: CompletionPlan): Promise<{ id: number; title: string }> {
	const { project } = plan;
	if (project.kind === "existing") {
		return tx.selectFrom("project").select(["id", "title"]).where("id", "=", project.id).executeTakeFirstOrThrow();
	}
	return tx
		.insertInto("project")
		.values({
			title: project.title,
			description: project.description,
			owner_id: project.ownerId,
			group_id: project.groupId,
			status_id: project.statusId,
		})
		.returning(["id", "title"])
		.executeTakeFirstOrThrow();
}

function attributesOf(sample: PlannedSample): Record<string, { type_id: number; value: string }> {
	return Object.fromEntries(
		sample.attributes.map((attribute) => [attribute.name, { type_id: attribute.typeId, value: attribute.value }]),
	);
}

/** Creates new samples and adds the given attributes to re-used ones; ids by sample name. */
async function writeSamples(tx: Tx, projectId: number, plan: CompletionPlan): Promise<Map<string, number>> {
	const ids = new Map<string, number>();
	const fresh = plan.samples.filter((sample) => sample.existingId === null);
	const { rows } = await sql<{ id: number; name: string }>`
		INSERT INTO sample (name, status_id, project_id, owner_id, attributes)
		SELECT name, status_id, ${projectId}, ${plan.ownerId}, attributes
		FROM jsonb_to_recordset(${json(fresh.map((sample) => ({ name: sample.name, status_id: sample.statusId, attributes: emptyAsNull(attributesOf(sample)) })))})
			AS v (name text, status_id smallint, attributes jsonb)
		RETURNING id, name`.execute(tx);
	for (const row of rows) ids.set(row.name, row.id);
	const reused = plan.samples.filter((sample) => sample.existingId !== null);
	for (const sample of reused) ids.set(sample.name, sample.existingId ?? 0);
	const changed = reused.filter((sample) => sample.attributes.length > 0);
	if (changed.length > 0) {
		await sql`UPDATE sample s SET attributes = COALESCE(s.attributes, '{}'::jsonb) || v.attributes
			FROM jsonb_to_recordset(${json(changed.map((sample) => ({ id: sample.existingId, attributes: attributesOf(sample) })))})
				AS v (id int, attributes jsonb)
			WHERE s.id = v.id AND s.project_id = ${projectId}`.execute(tx);
	}
	return ids;
}

/** Ids of pools by label. */
async function writePools(tx: Tx, requestId: number, plan: CompletionPlan): Promise<Map<string, number>> {
	const ids = new Map<string, number>();
	for (const pool of plan.pools) {
		const contactId = await createContact(tx, { ...pool.contact, address: null });
		const row = await tx
			.insertInto("pool")
			.values({
				name: pool.name,
				type_id: pool.typeId,
				status_id: pool.statusId,
				owner_id: plan.ownerId,
				seq_request_id: requestId,
				contact_id: contactId,
				num_m_reads_requested: pool.readsRequestedMillions,
			})
			.returning("id")
			.executeTakeFirstOrThrow();
		ids.set(pool.label, row.id);
	}
	return ids;
}

/** Ids of libraries by name; within one run the name is unique. */
async function writeLibraries(
	tx: Tx,
	requestId: number,
	plan: CompletionPlan,
	pools: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
	const record = (library: PlannedLibrary) => ({
		name: library.name,
		sample_name: library.sampleName,
		type_id: library.typeId,
		status_id: library.statusId,
		genome_ref_id: library.genomeId,
		service_type_id: library.serviceTypeId,
		mux_type_id: library.muxTypeId,
		index_type_id: library.indexTypeId,
		nuclei_isolation: library.nucleiIsolation,
		properties: library.properties,
		pool_id: library.poolLabel === null ? null : idOf(pools, library.poolLabel),
	});
	const { rows } = await sql<{ id: number; name: string }>`
		INSERT INTO library (name, sample_name, type_id, status_id, genome_ref_id, service_type_id, mux_type_id, index_type_id,
			nuclei_isolation, properties, pool_id, owner_id, seq_request_id)
		SELECT name, sample_name, type_id, status_id, genome_ref_id, service_type_id, mux_type_id, index_type_id,
			nuclei_isolation, properties, pool_id, ${plan.ownerId}, ${requestId}
		FROM jsonb_to_recordset(${json(plan.libraries.map(record))}) AS v (name text, sample_name text, type_id smallint, status_id smallint,
			genome_ref_id smallint, service_type_id smallint, mux_type_id smallint, index_type_id smallint, nuclei_isolation boolean,
			properties jsonb, pool_id int)
		RETURNING id, name`.execute(tx);
	return new Map(rows.map((row) => [row.name, row.id]));
}

async function writeLinks(
	tx: Tx,
	plan: CompletionPlan,
	samples: ReadonlyMap<string, number>,
	libraries: ReadonlyMap<string, number>,
): Promise<void> {
	const records = plan.links.map((link) => ({
		sample_id: idOf(samples, link.sampleName),
		library_id: idOf(libraries, link.libraryName),
		mux: link.mux,
	}));
	await sql`INSERT INTO sample_library_link (sample_id, library_id, mux)
		SELECT * FROM jsonb_to_recordset(${json(records)}) AS v (sample_id int, library_id int, mux jsonb)`.execute(tx);
}

async function writeFeatures(tx: Tx, plan: CompletionPlan, libraries: ReadonlyMap<string, number>): Promise<void> {
	if (plan.featureLinks.length === 0) return;
	const custom = new Map<string, number>();
	for (const feature of plan.customFeatures) custom.set(feature.key, await ensureCustomFeature(tx, feature));
	const records = plan.featureLinks.map((link) => ({
		library_id: idOf(libraries, link.libraryName),
		feature_id: link.kind === "kit" ? link.featureId : idOf(custom, link.featureKey),
	}));
	await sql`INSERT INTO library_feature_link (library_id, feature_id)
		SELECT * FROM jsonb_to_recordset(${json(records)}) AS v (library_id int, feature_id int) ON CONFLICT DO NOTHING`.execute(tx);
}

const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;

function emptyAsNull<T extends object>(value: T): T | null {
	return Object.keys(value).length > 0 ? value : null;
}

/** @throws Error for a plan that names something that it does not create */
function idOf(ids: ReadonlyMap<string, number>, name: string): number {
	const id = ids.get(name);
	if (id === undefined) throw new Error(`The plan refers to "${name}", which it does not create`);
	return id;
}
