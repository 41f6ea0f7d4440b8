import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { userLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A user with what the page shows, and the viewer's level to it. */
export interface UserPageRow {
	readonly id: number;
	readonly first_name: string;
	readonly last_name: string;
	readonly email: string;
	/** Catalog userRole. */
	readonly role_id: number;
	/** Own, and those of the user's groups. */
	readonly num_projects: number;
	readonly num_requests: number;
	readonly num_api_tokens: number;
	readonly groups: { id: number; name: string; affiliation_type_id: number }[];
	/** There is an admin besides this user. */
	readonly has_other_admin: boolean;
	readonly access_level: number;
}

/** Loads a user for the page: person, groups, counts and access in one statement. */
export async function findUserPage(reader: Reader, viewer: Viewer, id: number): Promise<UserPageRow | undefined> {
	const { rows } = await sql<UserPageRow>`
		WITH own_group AS (SELECT a.group_id, a.affiliation_type_id FROM user_affiliation a WHERE a.user_id = ${id})
		SELECT u.id, u.first_name, u.last_name, u.email, u.role_id,
			(SELECT count(*)::int FROM project p WHERE p.owner_id = u.id OR p.group_id IN (SELECT group_id FROM own_group)) AS num_projects,
			(SELECT count(*)::int FROM seq_request r WHERE r.requestor_id = u.id OR r.group_id IN (SELECT group_id FROM own_group)) AS num_requests,
			(SELECT count(*)::int FROM api_token t WHERE t.owner_id = u.id) AS num_api_tokens,
			COALESCE((SELECT json_agg(json_build_object('id', g.id, 'name', g.name, 'affiliation_type_id', o.affiliation_type_id) ORDER BY g.name)
				FROM own_group o JOIN "group" g ON g.id = o.group_id), '[]') AS groups,
			EXISTS (SELECT FROM lims_user o WHERE o.role_id = ${UserRole.ADMIN.id} AND o.id <> u.id) AS has_other_admin,
			${userLevel(viewer, "u")} AS access_level
		FROM lims_user u WHERE u.id = ${id}`.execute(reader);
	return rows[0];
}
