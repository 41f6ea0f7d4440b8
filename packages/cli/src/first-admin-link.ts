import { firstAdminPurpose } from "@opengsync/core/accounts/create-first-admin";
import { hashToken, randomToken } from "@opengsync/core/shared/token-hash";
import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";

const VALID_HOURS = 24;

/**
 * Makes the one-time link by which the first admin is created, while there is none; links made before become void.
 * @returns path of the link, or null when there is an admin
 */
export async function makeFirstAdminLink(db: Db): Promise<string | null> {
	const token = randomToken();
	const actor = { userId: null, impersonatorId: null, via: "setup", requestId: "first-start" } as const;
	return transact(db, actor, async (tx) => {
		const { rows } = await sql`SELECT 1 FROM lims_user WHERE role_id = ${UserRole.ADMIN.id} LIMIT 1`.execute(tx);
		if (rows.length > 0) return null;
		await sql`DELETE FROM one_time_link WHERE purpose = ${firstAdminPurpose}`.execute(tx);
		await sql`INSERT INTO one_time_link (purpose, email, role_id, token_hash, expires_at) VALUES
			(${firstAdminPurpose}, '', ${UserRole.ADMIN.id}, ${hashToken(token)}, now() + make_interval(hours => ${VALID_HOURS}))`.execute(
			tx,
		);
		return `/auth/first-admin/${token}/`;
	});
}
