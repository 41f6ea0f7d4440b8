// Requests: look-up and list.
import { LibraryType, SeqRequestStatus, SubmissionType } from "@opengsync/domain/catalog";
import { type Selectable, sql } from "kysely";
import { requestLevel, type Viewer, visibleRequests } from "../access.ts";
import type { Db } from "../connection.ts";
import type { SeqRequest } from "../database.gen.ts";
import type { ListSpec } from "../list-query.ts";
import {
	enumerationColumn,
	enumerationFilter,
	idColumn,
	libraryTypes,
	ref,
	scopeBy,
	textColumn,
	userName,
	userSearch,
} from "./list-columns.ts";

const numLibraries = sql<number>`(select count(*) from library as l where l.seq_request_id = seq_request.id)`;
const numSamples = sql<number>`(
	select count(distinct s.sample_id) from library as l join sample_library_link as s on s.library_id = l.id
	where l.seq_request_id = seq_request.id)`;
const groupName = sql<string | null>`(select g.name from "group" as g where g.id = seq_request.group_id)`;
const investigatorName = sql<string | null>`(
	select c.name from contact as c where c.id = seq_request.principal_investigator_contact_id)`;
const requestorName = userName("seq_request.requestor_id");

/** A request with what its page shows at the top. */
export interface RequestDetails extends Selectable<SeqRequest> {
	/** Catalog accessType. */
	access_level: number;
	requestor_name: string;
	group_name: string | null;
	num_libraries: number;
	num_samples: number;
}

/** The request with the viewer's level, or null when it does not exist. Whoever has level NONE must not be shown it. */
export async function findRequest(db: Db, viewer: Viewer, id: number): Promise<RequestDetails | null> {
	const request = await db
		.selectFrom("seq_request")
		.selectAll("seq_request")
		.select([
			requestLevel(viewer).as("access_level"),
			requestorName.as("requestor_name"),
			groupName.as("group_name"),
			numLibraries.as("num_libraries"),
			numSamples.as("num_samples"),
		])
		.where("seq_request.id", "=", id)
		.executeTakeFirst();
	return request ?? null;
}

/** Somebody who looks after an object. */
export interface Assignee {
	id: number;
	name: string;
}

/** A row of the list of requests. */
export interface RequestRow {
	id: number;
	name: string;
	status_id: number;
	submission_type_id: number;
	timestamp_submitted_utc: Date | null;
	timestamp_finished_utc: Date | null;
	requestor_id: number;
	requestor_name: string;
	group_id: number | null;
	group_name: string | null;
	principal_investigator_name: string | null;
	num_libraries: number;
	num_samples: number;
	library_type_ids: number[];
	assignees: Assignee[];
	access_level: number;
}

export type RequestColumn =
	| "id"
	| "name"
	| "requestor"
	| "group"
	| "principal_investigator"
	| "status"
	| "submission_type"
	| "library_types"
	| "submitted"
	| "finished"
	| "num_libraries"
	| "num_samples";
/** `hide_drafts_except_of`: id of the user whose own drafts stay. */
export type RequestScope = "user_id" | "group_id" | "project_id" | "hide_drafts_except_of";

const id = ref<number>("seq_request.id");

/** Requests. */
export const requestList: ListSpec<RequestRow, RequestColumn, RequestScope> = {
	table: "seq_request",
	id,
	columns: {
		id: idColumn(id),
		name: textColumn("seq_request.name"),
		requestor: { sort: requestorName, search: userSearch("seq_request.requestor_id") },
		group: {
			sort: groupName,
			search: { kind: "related", table: "group", text: sql`lower("group".name)`, reference: ref("seq_request.group_id") },
		},
		principal_investigator: {
			sort: investigatorName,
			search: {
				kind: "related",
				table: "contact",
				text: sql`lower(contact.name)`,
				reference: ref("seq_request.principal_investigator_contact_id"),
			},
		},
		status: enumerationColumn(SeqRequestStatus, "seq_request.status_id"),
		submission_type: enumerationColumn(SubmissionType, "seq_request.submission_type_id"),
		library_types: {
			filter: enumerationFilter(
				LibraryType,
				(ids) =>
					sql<boolean>`exists (select from library as l where l.seq_request_id = seq_request.id and l.type_id = any(${ids}::integer[]))`,
			),
		},
		submitted: { sort: ref("seq_request.timestamp_submitted_utc") },
		finished: { sort: ref("seq_request.timestamp_finished_utc") },
		num_libraries: { sort: numLibraries },
		num_samples: { sort: numSamples },
	},
	scopes: {
		user_id: (user) => sql<boolean>`(seq_request.requestor_id = ${user} or seq_request.group_id in (
			select a.group_id from user_affiliation as a where a.user_id = ${user}))`,
		group_id: scopeBy("seq_request.group_id"),
		project_id: (project) => sql<boolean>`seq_request.id in (
			select l.seq_request_id from sample as s join sample_library_link as x on x.sample_id = s.id join library as l on l.id = x.library_id
			where s.project_id = ${project})`,
		hide_drafts_except_of: (user) =>
			sql<boolean>`(seq_request.status_id <> ${sql.lit(SeqRequestStatus.DRAFT.id)} or seq_request.requestor_id = ${user})`,
	},
	visible: (viewer) => visibleRequests(viewer),
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids, viewer) =>
		db
			.selectFrom("seq_request")
			.select([
				"id",
				"name",
				"status_id",
				"submission_type_id",
				"timestamp_submitted_utc",
				"timestamp_finished_utc",
				"requestor_id",
				"group_id",
				requestorName.as("requestor_name"),
				groupName.as("group_name"),
				investigatorName.as("principal_investigator_name"),
				numLibraries.as("num_libraries"),
				numSamples.as("num_samples"),
				libraryTypes(sql`l.seq_request_id = seq_request.id`).as("library_type_ids"),
				sql<Assignee[]>`coalesce((
					select json_agg(json_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name) order by u.id)
					from seq_request_assignee_link as a join lims_user as u on u.id = a.user_id
					where a.seq_request_id = seq_request.id), '[]')`.as("assignees"),
				requestLevel(viewer).as("access_level"),
			])
			.where("id", "in", ids)
			.execute(),
};
