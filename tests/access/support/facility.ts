import type { Db } from "@opengsync/db/connection";
import { createExperiment, createSequencer } from "@opengsync/db/testing/factories";
import { FeatureType, IndexType, KitType, LabChecklistType, ReadType, RunStatus, ServiceType } from "@opengsync/domain/catalog";

/** What belongs to nobody but the facility; gives the ids by kind. `technicianId` does the work. */
export async function createFacility(db: Db, technicianId: number) {
	const sequencer = await createSequencer(db, { id: 3001 });
	const experiment = await createExperiment(db, { id: 3101, sequencer_id: sequencer.id, operator_id: technicianId });
	await db
		.insertInto("seq_run")
		.values({
			id: 3201,
			experiment_name: experiment.name,
			status_id: RunStatus.FINISHED.id,
			instrument_name: "A00001",
			run_folder: "240101_A00001_0001_AFLOWCELL",
			flowcell_id: "FLOWCELL",
			read_type_id: ReadType.PAIRED_END.id,
		})
		.execute();
	const prep = { checklist_type_id: LabChecklistType.RNA_SEQ.id, service_type_id: ServiceType.BULK_RNA_SEQ.id };
	await db
		.insertInto("lab_prep")
		.values({ id: 3301, name: "Prep 1", prep_number: 1, creator_id: technicianId, ...prep })
		.execute();
	await db.insertInto("plate").values({ id: 3351, name: "Plate 1", owner_id: technicianId, lab_prep_id: 3301 }).execute();
	const kits = [
		{ id: 3401, name: "Library kit", identifier: "LIB", kit_type_id: KitType.LIBRARY_KIT.id },
		{ id: 3402, name: "Index kit", identifier: "IDX", kit_type_id: KitType.INDEX_KIT.id },
		{ id: 3403, name: "Feature kit", identifier: "FEA", kit_type_id: KitType.FEATURE_KIT.id },
	];
	await db.insertInto("kit").values(kits).execute();
	await db.insertInto("index_kit").values({ id: 3402, type_id: IndexType.DUAL_INDEX.id }).execute();
	await db.insertInto("feature_kit").values({ id: 3403, type_id: FeatureType.ANTIBODY.id }).execute();
	const protocol = { id: 3501, name: "Protocol 1", service_type_id: ServiceType.BULK_RNA_SEQ.id };
	await db.insertInto("protocol").values(protocol).execute();
	const mail = { id: 3601, recipients: ["somebody@example.org"], subject: "Data", html: "<p>Data</p>", text: "Data" };
	await db.insertInto("mail").values(mail).execute();
	await db
		.insertInto("api_token")
		.values({ id: 3701, owner_id: technicianId, time_valid_min: 60, token_hash: "0".repeat(64) })
		.execute();
	return {
		assignee: technicianId,
		sequencer: 3001,
		experiments: 3101,
		seq_runs: 3201,
		lab_preps: 3301,
		plates: 3351,
		kits: 3401,
		index_kits: 3402,
		feature_kits: 3403,
		protocols: 3501,
		mail: 3601,
		apiToken: 3701,
	};
}
