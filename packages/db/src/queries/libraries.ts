// Libraries: list.
import { LibraryStatus, LibraryType, ServiceType } from "@opengsync/domain/catalog";
import { type RawBuilder, sql } from "kysely";
import { libraryLevel, requestLevel, visibleLibraries } from "../access.ts";
import type { ListSpec } from "../list-query.ts";
import { enumerationColumn, idColumn, isSetColumn, ref, scopeBy, textColumn, userName, userSearch } from "./list-columns.ts";

const numSamples = sql<number>`(select count(*) from sample_library_link as x where x.library_id = library.id)`;
const numFeatures = sql<number>`(select count(*) from library_feature_link as x where x.library_id = library.id)`;
const ownerName = userName("library.owner_id");

/** An index combination of a library. */
export interface LibraryIndexValue {
	id: number;
	name_i7: string | null;
	name_i5: string | null;
	sequence_i7: string | null;
	sequence_i5: string | null;
	index_kit_i7_id: number | null;
	index_kit_i5_id: number | null;
	/** Catalog barcodeOrientation; null = unknown. */
	orientation: number | null;
}

/** Index combinations of a library by id, in one column; `libraryId` is a column such as `l.id`. */
export function indicesOfLibrary(libraryId: string): RawBuilder<LibraryIndexValue[]> {
	return sql<LibraryIndexValue[]>`coalesce((
		select json_agg(json_build_object(
			'id', i.id, 'name_i7', i.name_i7, 'name_i5', i.name_i5, 'sequence_i7', i.sequence_i7, 'sequence_i5', i.sequence_i5,
			'index_kit_i7_id', i.index_kit_i7_id, 'index_kit_i5_id', i.index_kit_i5_id, 'orientation', i.orientation) order by i.id)
		from library_index as i where i.library_id = ${sql.ref(libraryId)}), '[]')`;
}

/** A row of the list of libraries. */
export interface LibraryRow {
	id: number;
	name: string;
	sample_name: string;
	clone_number: number;
	type_id: number;
	status_id: number;
	service_type_id: number;
	mux_type_id: number | null;
	nuclei_isolation: boolean;
	owner_id: number;
	owner_name: string;
	pool_id: number | null;
	pool_name: string | null;
	/** Catalog poolType; decides whether a client may open the pool. */
	pool_type_id: number | null;
	seq_request_id: number;
	request_name: string;
	lab_prep_id: number | null;
	experiment_id: number | null;
	num_samples: number;
	num_features: number;
	indices: LibraryIndexValue[];
	access_level: number;
	request_access_level: number;
}

export type LibraryColumn =
	| "id"
	| "name"
	| "pool"
	| "owner"
	| "type"
	| "status"
	| "service_type"
	| "pooled"
	| "in_lab_prep"
	| "num_samples"
	| "num_features";
export type LibraryScope =
	| "user_id"
	| "sample_id"
	| "project_id"
	| "seq_request_id"
	| "pool_id"
	| "experiment_id"
	| "lab_prep_id";

const id = ref<number>("library.id");

/** Libraries. */
export const libraryList: ListSpec<LibraryRow, LibraryColumn, LibraryScope> = {
	table: "library",
	id,
	columns: {
		id: idColumn(id),
		name: { ...textColumn("library.name"), isNeverEmpty: true },
		pool: {
			sort: ref("sorted_pool.name"),
			sortJoin: sql`left join pool as sorted_pool on sorted_pool.id = library.pool_id`,
			search: { kind: "related", table: "pool", text: sql`lower(pool.name)`, reference: ref("library.pool_id") },
		},
		owner: {
			sort: sql`sorted_owner.first_name || ' ' || sorted_owner.last_name`,
			sortJoin: sql`left join lims_user as sorted_owner on sorted_owner.id = library.owner_id`,
			search: userSearch("library.owner_id"),
		},
		type: enumerationColumn(LibraryType, "library.type_id"),
		status: enumerationColumn(LibraryStatus, "library.status_id"),
		service_type: enumerationColumn(ServiceType, "library.service_type_id"),
		pooled: isSetColumn("library.pool_id"),
		in_lab_prep: isSetColumn("library.lab_prep_id"),
		num_samples: { sort: numSamples },
		num_features: { sort: numFeatures },
	},
	scopes: {
		user_id: scopeBy("library.owner_id"),
		sample_id: (sample) =>
			sql<boolean>`library.id in (select x.library_id from sample_library_link as x where x.sample_id = ${sample})`,
		project_id: (project) => sql<boolean>`library.id in (
			select x.library_id from sample as s join sample_library_link as x on x.sample_id = s.id where s.project_id = ${project})`,
		seq_request_id: scopeBy("library.seq_request_id"),
		pool_id: scopeBy("library.pool_id"),
		experiment_id: scopeBy("library.experiment_id"),
		lab_prep_id: scopeBy("library.lab_prep_id"),
	},
	visible: (viewer) => visibleLibraries(viewer),
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids, viewer) =>
		db
			.selectFrom("library")
			.innerJoin("seq_request", "seq_request.id", "library.seq_request_id")
			.leftJoin("pool", "pool.id", "library.pool_id")
			.select([
				"library.id",
				"library.name",
				"library.sample_name",
				"library.clone_number",
				"library.type_id",
				"library.status_id",
				"library.service_type_id",
				"library.mux_type_id",
				"library.nuclei_isolation",
				"library.owner_id",
				"library.pool_id",
				"pool.name as pool_name",
				"pool.type_id as pool_type_id",
				"library.seq_request_id",
				"seq_request.name as request_name",
				"library.lab_prep_id",
				"library.experiment_id",
				ownerName.as("owner_name"),
				numSamples.as("num_samples"),
				numFeatures.as("num_features"),
				indicesOfLibrary("library.id").as("indices"),
				libraryLevel(viewer).as("access_level"),
				requestLevel(viewer).as("request_access_level"),
			])
			.where("library.id", "in", ids)
			.execute(),
};
