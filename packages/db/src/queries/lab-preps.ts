// Lab preps: page and list; for staff (access-and-web.md §3.1).
import { LabChecklistType, PrepStatus, ServiceType } from "@opengsync/domain/catalog";
import { type Selectable, sql } from "kysely";
import { visibleToInsiders } from "../access.ts";
import type { LabPrep } from "../database.gen.ts";
import type { ListSpec } from "../list-query.ts";
import type { Reader } from "../transaction.ts";
import { enumerationColumn, idColumn, libraryTypes, ref, textColumn, userName, userSearch } from "./list-columns.ts";

/** A prep with what the head and the tabs of its page depend on. */
export interface LabPrepPageRow extends Selectable<LabPrep> {
	readonly creator_name: string;
	readonly num_libraries: number;
	/** Samples in its libraries, each once. */
	readonly num_samples: number;
	readonly num_pools: number;
	/** Libraries in which several samples are told apart. */
	readonly num_multiplexed: number;
}

/** Loads a prep for its page; undefined when it does not exist. */
export async function findLabPrepPage(reader: Reader, id: number): Promise<LabPrepPageRow | undefined> {
	const { rows } = await sql<LabPrepPageRow>`
		SELECT lp.*, u.first_name || ' ' || u.last_name AS creator_name,
			(SELECT count(*)::int FROM library l WHERE l.lab_prep_id = lp.id) AS num_libraries,
			(SELECT count(DISTINCT k.sample_id)::int FROM library l JOIN sample_library_link k ON k.library_id = l.id
				WHERE l.lab_prep_id = lp.id) AS num_samples,
			(SELECT count(*)::int FROM pool p WHERE p.lab_prep_id = lp.id) AS num_pools,
			(SELECT count(*)::int FROM library l WHERE l.lab_prep_id = lp.id AND l.mux_type_id IS NOT NULL) AS num_multiplexed
		FROM lab_prep lp JOIN lims_user u ON u.id = lp.creator_id WHERE lp.id = ${id}`.execute(reader);
	return rows[0];
}

/** A row of the list of preps. */
export interface LabPrepRow extends Selectable<LabPrep> {
	creator_name: string;
	library_type_ids: number[];
	num_libraries: number;
	num_samples: number;
	num_pools: number;
}

export type LabPrepColumn =
	| "id"
	| "name"
	| "status"
	| "checklist_type"
	| "service_type"
	| "creator"
	| "num_libraries"
	| "num_samples"
	| "num_pools";

const id = ref<number>("lab_prep.id");
const numLibraries = sql<number>`(select count(*) from library as l where l.lab_prep_id = lab_prep.id)`;
const numSamples = sql<number>`(select count(distinct k.sample_id) from library as l
	join sample_library_link as k on k.library_id = l.id where l.lab_prep_id = lab_prep.id)`;
const numPools = sql<number>`(select count(*) from pool as p where p.lab_prep_id = lab_prep.id)`;

/** Lab preps. */
export const labPrepList: ListSpec<LabPrepRow, LabPrepColumn, never> = {
	table: "lab_prep",
	id,
	columns: {
		id: idColumn(id),
		name: textColumn("lab_prep.name"),
		status: enumerationColumn(PrepStatus, "lab_prep.status_id"),
		checklist_type: enumerationColumn(LabChecklistType, "lab_prep.checklist_type_id"),
		service_type: enumerationColumn(ServiceType, "lab_prep.service_type_id"),
		creator: { search: userSearch("lab_prep.creator_id") },
		num_libraries: { sort: numLibraries },
		num_samples: { sort: numSamples },
		num_pools: { sort: numPools },
	},
	scopes: {},
	visible: visibleToInsiders,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("lab_prep")
			.selectAll()
			.select([
				userName("lab_prep.creator_id").as("creator_name"),
				libraryTypes(sql`l.lab_prep_id = lab_prep.id`).as("library_type_ids"),
				numLibraries.as("num_libraries"),
				numSamples.as("num_samples"),
				numPools.as("num_pools"),
			])
			.where("id", "in", ids)
			.execute(),
};
