import type { PrepLibraryRow } from "@opengsync/db/queries/prep-samples";
import type { Tx } from "@opengsync/db/transaction";
import {
	keyOfIndices,
	type PoolChoice,
	type PrepLibrary,
	planRegroup,
	type RegroupTarget,
	readSamplePools,
	type SamplePoolsContext,
} from "@opengsync/domain/library-edits/regroup";
import { sql } from "kysely";
import { presentSheet } from "../libraries/sheet-edit.ts";
import type { PrepSheet } from "./prep-sheet.ts";

/** A library as the planning of sample pools sees it. */
export const toPrepLibrary = (row: PrepLibraryRow): PrepLibrary => ({
	id: row.id,
	name: row.name,
	sampleName: row.sample_name,
	typeId: row.type_id,
	muxTypeId: row.mux_type_id,
	statusId: row.status_id,
	ownerId: row.owner_id,
	requestId: row.seq_request_id,
	genomeRefId: row.genome_ref_id,
	indices: keyOfIndices(row.indices),
	isOnExperiment: row.is_on_experiment,
	sampleIds: row.samples.map((sample) => sample.id),
});

/** Which samples are multiplexed together: one pool per sample, for all its libraries (lab-workflows.md §10.1). */
export const samplePoolsSheet: PrepSheet = {
	action: "samplePools",
	open: async (_reader, rows) => {
		const pools = new Map<number, { readonly name: string; readonly pool: string }>();
		for (const row of [...rows].reverse()) {
			for (const sample of row.samples) pools.set(sample.id, { name: sample.name, pool: row.sample_name });
		}
		const samples = [...pools].map(([id, { name, pool }]) => ({ id, name, pool })).sort((a, b) => a.id - b.id);
		const libraries = rows.map(toPrepLibrary);
		const context: SamplePoolsContext = { samples: samples.map(({ id, name }) => ({ id, name })), libraries };
		const cells = samples.map(({ id, name, pool }) => ({ sample_id: id, sample_name: name, pool }));
		return {
			presented: presentSheet("sample_pools", context, cells),
			write: (tx, sheet) => regroupSamples(tx, libraries, readSamplePools(sheet.rows)),
		};
	},
};

/** Regroups samples: new libraries take over from the old ones, which are deleted; samples never are. */
export async function regroupSamples(tx: Tx, libraries: readonly PrepLibrary[], poolOf: PoolChoice): Promise<void> {
	const plan = planRegroup(libraries, poolOf);
	for (const target of plan.targets) await makeTarget(tx, target);
	await sql`DELETE FROM library WHERE id = ANY(${[...plan.deletedIds]}::int[])`.execute(tx);
}

/** Makes one library from its sources, with the links of its samples, the features of all and, if they agree, the indices. */
async function makeTarget(tx: Tx, target: RegroupTarget): Promise<void> {
	const [firstId = 0] = target.sourceIds;
	const sources = sql`${[...target.sourceIds]}::int[]`;
	const { rows } = await sql<{ id: number }>`
		INSERT INTO library (name, sample_name, type_id, status_id, owner_id, seq_request_id, lab_prep_id, genome_ref_id, service_type_id,
			mux_type_id, nuclei_isolation, index_type_id, protocol_id, properties, original_library_id, clone_number, seq_depth_requested)
		SELECT ${target.name}, ${target.sampleName}, l.type_id, ${target.statusId}::smallint, l.owner_id, l.seq_request_id, l.lab_prep_id,
			l.genome_ref_id, l.service_type_id, l.mux_type_id, l.nuclei_isolation,
			CASE WHEN ${target.keepsIndices}::boolean THEN l.index_type_id END, l.protocol_id, l.properties, l.original_library_id,
			l.clone_number, l.seq_depth_requested
		FROM library l WHERE l.id = ${firstId} RETURNING id`.execute(tx);
	const id = rows[0]?.id;
	if (id === undefined) throw new Error(`Library ${firstId} is gone although it is locked`);
	const links = target.samples.map(({ sampleId, libraryId }) => ({ sample_id: sampleId, library_id: libraryId }));
	await sql`INSERT INTO sample_library_link (sample_id, library_id, mux, qc)
		SELECT k.sample_id, ${id}, k.mux, k.qc FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS v (sample_id int, library_id int)
		JOIN sample_library_link k ON k.sample_id = v.sample_id AND k.library_id = v.library_id`.execute(tx);
	await sql`INSERT INTO library_feature_link (library_id, feature_id)
		SELECT DISTINCT ${id}::int, x.feature_id FROM library_feature_link x WHERE x.library_id = ANY(${sources})`.execute(tx);
	if (!target.keepsIndices) return;
	await sql`INSERT INTO library_index (library_id, index_kit_i7_id, index_kit_i5_id, name_i7, name_i5, sequence_i7, sequence_i5, orientation)
		SELECT ${id}, i.index_kit_i7_id, i.index_kit_i5_id, i.name_i7, i.name_i5, i.sequence_i7, i.sequence_i5, i.orientation
		FROM library_index i WHERE i.library_id = ${firstId} ORDER BY i.id`.execute(tx);
}
