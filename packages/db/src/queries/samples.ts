// Samples: list.
import { SampleStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { projectLevel, sampleLevel, visibleSamples } from "../access.ts";
import type { ListSpec } from "../list-query.ts";
import { enumerationColumn, idColumn, libraryTypes, ref, scopeBy, textColumn, userName } from "./list-columns.ts";

const numLibraries = sql<number>`(select count(*) from sample_library_link as x where x.sample_id = sample.id)`;
const ownerName = userName("sample.owner_id");
const projectTitle = sql<string>`(select p.title from project as p where p.id = sample.project_id)`;

/** A row of the list of samples. */
export interface SampleRow {
	id: number;
	name: string;
	status_id: number | null;
	owner_id: number;
	owner_name: string;
	project_id: number;
	project_title: string;
	project_identifier: string | null;
	num_libraries: number;
	library_type_ids: number[];
	access_level: number;
	project_access_level: number;
}

export type SampleColumn = "id" | "name" | "project" | "owner" | "status" | "num_libraries";
export type SampleScope = "user_id" | "project_id" | "library_id" | "pool_id" | "seq_request_id" | "lab_prep_id";

const id = ref<number>("sample.id");
/** Samples of the libraries whose column names the object. */
const throughLibrary = (column: string) => (value: number) =>
	sql<boolean>`sample.id in (
		select x.sample_id from library as l join sample_library_link as x on x.library_id = l.id where ${sql.ref(column)} = ${value})`;

/** Samples. */
export const sampleList: ListSpec<SampleRow, SampleColumn, SampleScope> = {
	table: "sample",
	id,
	columns: {
		id: idColumn(id),
		name: textColumn("sample.name"),
		project: { sort: projectTitle },
		owner: { sort: ownerName },
		status: enumerationColumn(SampleStatus, "sample.status_id"),
		num_libraries: { sort: numLibraries },
	},
	scopes: {
		user_id: scopeBy("sample.owner_id"),
		project_id: scopeBy("sample.project_id"),
		library_id: throughLibrary("l.id"),
		pool_id: throughLibrary("l.pool_id"),
		seq_request_id: throughLibrary("l.seq_request_id"),
		lab_prep_id: throughLibrary("l.lab_prep_id"),
	},
	visible: (viewer) => visibleSamples(viewer),
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids, viewer) =>
		db
			.selectFrom("sample")
			.innerJoin("project", "project.id", "sample.project_id")
			.select([
				"sample.id",
				"sample.name",
				"sample.status_id",
				"sample.owner_id",
				"sample.project_id",
				"project.title as project_title",
				"project.identifier as project_identifier",
				ownerName.as("owner_name"),
				numLibraries.as("num_libraries"),
				libraryTypes(sql`l.id in (select x.library_id from sample_library_link as x where x.sample_id = sample.id)`).as(
					"library_type_ids",
				),
				sampleLevel(viewer).as("access_level"),
				projectLevel(viewer).as("project_access_level"),
			])
			.where("sample.id", "in", ids)
			.execute(),
};
