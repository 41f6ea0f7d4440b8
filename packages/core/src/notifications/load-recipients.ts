import type { Tx } from "@opengsync/db/transaction";
import { membersOf, UserRole } from "@opengsync/domain/catalog";
import { isEmail } from "@opengsync/domain/email";
import { sql } from "kysely";
import type { Recipient } from "./notification.ts";

/** A request with everybody who has to do with it. */
export interface RequestPeople {
	readonly id: number;
	readonly name: string;
	readonly people: readonly Recipient[];
}

/** Requestor, contact person and assignees of requests, in that order; a contact person is matched with an account by address. */
export async function loadRequestPeople(tx: Tx, requestIds: readonly number[]): Promise<readonly RequestPeople[]> {
	if (requestIds.length === 0) return [];
	const { rows } = await sql<{ requestId: number; requestName: string } & Recipient>`
		SELECT r.id AS "requestId", r.name AS "requestName", p.reason, p.user_id AS "userId", btrim(p.email) AS email, p.name, p.role_id AS "roleId"
		FROM seq_request r CROSS JOIN LATERAL (
			SELECT 1 AS rank, 'requestor' AS reason, u.id AS user_id, u.email, u.first_name || ' ' || u.last_name AS name, u.role_id
			FROM lims_user u WHERE u.id = r.requestor_id
			UNION ALL
			SELECT 2, 'contact', u.id, coalesce(u.email, c.email), coalesce(u.first_name || ' ' || u.last_name, c.name), u.role_id
			FROM contact c LEFT JOIN lims_user u ON lower(u.email) = lower(btrim(c.email))
			WHERE c.id = r.contact_person_id AND c.email IS NOT NULL
			UNION ALL
			SELECT 3, 'assignee', u.id, u.email, u.first_name || ' ' || u.last_name, u.role_id
			FROM seq_request_assignee_link a JOIN lims_user u ON u.id = a.user_id WHERE a.seq_request_id = r.id
		) p WHERE r.id = ANY(${[...requestIds]}::int[]) ORDER BY r.id, p.rank, p.user_id`.execute(tx);
	const requests = new Map<number, { id: number; name: string; people: Recipient[] }>();
	for (const { requestId, requestName, ...person } of rows) {
		const request = requests.get(requestId) ?? { id: requestId, name: requestName, people: [] };
		requests.set(requestId, request);
		if (isEmail(person.email)) request.people.push(person);
	}
	return [...requests.values()];
}

/** Everybody who can be mentioned: staff. */
export async function loadStaff(tx: Tx): Promise<readonly Recipient[]> {
	const roleIds = membersOf(UserRole)
		.filter((role) => role.insider)
		.map((role) => role.id);
	const { rows } = await sql<Recipient>`
		SELECT 'mentioned' AS reason, id AS "userId", email, first_name || ' ' || last_name AS name, role_id AS "roleId"
		FROM lims_user WHERE role_id = ANY(${roleIds}::smallint[]) ORDER BY id`.execute(tx);
	return rows;
}
