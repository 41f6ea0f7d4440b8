// Assignees of requests and projects.
import { membersOf, UserRole } from "@opengsync/domain/catalog";
import { type RawBuilder, sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** Somebody who looks after an object. */
export interface AssigneeRow {
	readonly id: number;
	readonly name: string;
	readonly email: string;
	/** Catalog userRole. */
	readonly role_id: number;
}

const insiderIds = membersOf(UserRole)
	.filter(({ insider }) => insider)
	.map(({ id }) => id);

async function listUsers(reader: Reader, condition: RawBuilder<boolean>): Promise<AssigneeRow[]> {
	const { rows } = await sql<AssigneeRow>`SELECT u.id, u.first_name || ' ' || u.last_name AS name, u.email, u.role_id
		FROM lims_user u WHERE ${condition} ORDER BY lower(u.first_name || ' ' || u.last_name), u.id`.execute(reader);
	return rows;
}

/** Assignees of a request by name. */
export function listRequestAssignees(reader: Reader, requestId: number): Promise<AssigneeRow[]> {
	return listUsers(
		reader,
		sql`u.id IN (SELECT a.user_id FROM seq_request_assignee_link a WHERE a.seq_request_id = ${requestId})`,
	);
}

/** Assignees of a project by name. */
export function listProjectAssignees(reader: Reader, projectId: number): Promise<AssigneeRow[]> {
	return listUsers(reader, sql`u.id IN (SELECT a.user_id FROM project_assignee_link a WHERE a.project_id = ${projectId})`);
}

/** All who can be assigned: active staff, by name. */
export function listAssignableUsers(reader: Reader): Promise<AssigneeRow[]> {
	return listUsers(reader, sql`u.role_id = ANY(${insiderIds}::int[])`);
}
