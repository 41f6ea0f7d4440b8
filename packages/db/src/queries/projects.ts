// Projects: list.
import { LibraryType, ProjectStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { projectLevel, visibleProjects } from "../access.ts";
import type { ListSpec } from "../list-query.ts";
import {
	enumerationColumn,
	enumerationFilter,
	idColumn,
	libraryTypes,
	ref,
	scopeBy,
	textColumn,
	textSearch,
	userName,
	userSearch,
} from "./list-columns.ts";

const numSamples = sql<number>`(select count(*) from sample as s where s.project_id = project.id)`;
const groupName = sql<string | null>`(select g.name from "group" as g where g.id = project.group_id)`;
const ownerName = userName("project.owner_id");
/** Libraries (alias `l`) of the samples of the project. */
const libraryOfProject = sql`l.id in (
	select x.library_id from sample as s join sample_library_link as x on x.sample_id = s.id where s.project_id = project.id)`;

/** A row of the list of projects. */
export interface ProjectRow {
	id: number;
	identifier: string | null;
	title: string;
	status_id: number;
	timestamp_created_utc: Date;
	owner_id: number;
	owner_name: string;
	group_id: number | null;
	group_name: string | null;
	num_samples: number;
	library_type_ids: number[];
	access_level: number;
}

export type ProjectColumn =
	| "id"
	| "identifier"
	| "title"
	| "identifier_title"
	| "library_types"
	| "status"
	| "group"
	| "owner"
	| "created"
	| "num_samples";
export type ProjectScope = "user_id" | "group_id" | "seq_request_id" | "experiment_id";

const id = ref<number>("project.id");

/** Projects. */
export const projectList: ListSpec<ProjectRow, ProjectColumn, ProjectScope> = {
	table: "project",
	id,
	columns: {
		id: idColumn(id),
		identifier: textColumn("project.identifier"),
		title: textColumn("project.title"),
		identifier_title: { search: textSearch("project.identifier", "project.title") },
		library_types: {
			filter: enumerationFilter(
				LibraryType,
				(ids) => sql<boolean>`exists (select from library as l where ${libraryOfProject} and l.type_id = any(${ids}::integer[]))`,
			),
		},
		status: enumerationColumn(ProjectStatus, "project.status_id"),
		group: { sort: groupName },
		owner: { sort: ownerName, search: userSearch("project.owner_id") },
		created: { sort: ref("project.timestamp_created_utc") },
		num_samples: { sort: numSamples },
	},
	scopes: {
		user_id: (user) => sql<boolean>`(project.owner_id = ${user} or project.group_id in (
			select a.group_id from user_affiliation as a where a.user_id = ${user}))`,
		group_id: scopeBy("project.group_id"),
		seq_request_id: (request) => sql<boolean>`project.id in (
			select s.project_id from library as l join sample_library_link as x on x.library_id = l.id join sample as s on s.id = x.sample_id
			where l.seq_request_id = ${request})`,
		experiment_id: (experiment) => sql<boolean>`project.id in (
			select s.project_id from library as l join sample_library_link as x on x.library_id = l.id join sample as s on s.id = x.sample_id
			where l.experiment_id = ${experiment})`,
	},
	visible: (viewer) => visibleProjects(viewer),
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids, viewer) =>
		db
			.selectFrom("project")
			.select([
				"id",
				"identifier",
				"title",
				"status_id",
				"timestamp_created_utc",
				"owner_id",
				"group_id",
				ownerName.as("owner_name"),
				groupName.as("group_name"),
				numSamples.as("num_samples"),
				libraryTypes(libraryOfProject).as("library_type_ids"),
				projectLevel(viewer).as("access_level"),
			])
			.where("id", "in", ids)
			.execute(),
};
