// Pools: list.
import { LibraryType, PoolStatus, PoolType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { poolLevel, visiblePools } from "../access.ts";
import type { ListSpec } from "../list-query.ts";
import {
	enumerationColumn,
	enumerationFilter,
	idColumn,
	isSetColumn,
	libraryTypes,
	ref,
	scopeBy,
	textColumn,
	userName,
	userSearch,
} from "./list-columns.ts";

const numLibraries = sql<number>`(select count(*) from library as l where l.pool_id = pool.id)`;
const ownerName = userName("pool.owner_id");

/** A row of the list of pools. */
export interface PoolRow {
	id: number;
	name: string;
	clone_number: number;
	status_id: number;
	type_id: number;
	owner_id: number;
	owner_name: string;
	/** Million reads. */
	num_m_reads_requested: number | null;
	/** ng/µL. */
	qubit_concentration: number | null;
	/** bp. */
	avg_fragment_size: number | null;
	experiment_id: number | null;
	seq_request_id: number | null;
	num_libraries: number;
	library_type_ids: number[];
	access_level: number;
}

export type PoolColumn =
	| "id"
	| "name"
	| "owner"
	| "library_types"
	| "status"
	| "type"
	| "on_experiment"
	| "num_libraries"
	| "num_m_reads_requested";
export type PoolScope = "user_id" | "library_id" | "seq_request_id" | "experiment_id" | "lab_prep_id";

const id = ref<number>("pool.id");

/** Pools. */
export const poolList: ListSpec<PoolRow, PoolColumn, PoolScope> = {
	table: "pool",
	id,
	columns: {
		id: idColumn(id),
		name: textColumn("pool.name"),
		owner: { sort: ownerName, search: userSearch("pool.owner_id") },
		library_types: {
			filter: enumerationFilter(
				LibraryType,
				(ids) => sql<boolean>`exists (select from library as l where l.pool_id = pool.id and l.type_id = any(${ids}::integer[]))`,
			),
		},
		status: enumerationColumn(PoolStatus, "pool.status_id"),
		type: enumerationColumn(PoolType, "pool.type_id"),
		on_experiment: isSetColumn("pool.experiment_id"),
		num_libraries: { sort: numLibraries },
		num_m_reads_requested: { sort: ref("pool.num_m_reads_requested") },
	},
	scopes: {
		user_id: scopeBy("pool.owner_id"),
		library_id: (library) => sql<boolean>`pool.id = (select l.pool_id from library as l where l.id = ${library})`,
		seq_request_id: scopeBy("pool.seq_request_id"),
		experiment_id: scopeBy("pool.experiment_id"),
		lab_prep_id: scopeBy("pool.lab_prep_id"),
	},
	visible: (viewer) => visiblePools(viewer),
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids, viewer) =>
		db
			.selectFrom("pool")
			.select([
				"id",
				"name",
				"clone_number",
				"status_id",
				"type_id",
				"owner_id",
				"num_m_reads_requested",
				"qubit_concentration",
				"avg_fragment_size",
				"experiment_id",
				"seq_request_id",
				ownerName.as("owner_name"),
				numLibraries.as("num_libraries"),
				libraryTypes(sql`l.pool_id = pool.id`).as("library_type_ids"),
				poolLevel(viewer).as("access_level"),
			])
			.where("id", "in", ids)
			.execute(),
};
