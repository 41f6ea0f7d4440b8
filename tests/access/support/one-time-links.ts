import { firstAdminPurpose } from "@opengsync/core/accounts/create-first-admin";
import { createLink, type LinkPurpose } from "@opengsync/core/accounts/one-time-links";
import type { Viewer } from "@opengsync/core/context";
import { hashToken } from "@opengsync/core/shared/token-hash";
import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";

/** Tokens of links sent by mail that are valid, by what they are good for. */
export type OneTimeLinks = Readonly<Record<LinkPurpose | "first_admin", string>>;

/** One link of each kind, as they go out by mail. */
export async function createOneTimeLinks(db: Db, user: Viewer, deactivated: Viewer): Promise<OneTimeLinks> {
	const now = new Date();
	const firstAdmin = "first-admin-link-of-the-access-tests-0123456789";
	await db
		.insertInto("one_time_link")
		.values({
			purpose: firstAdminPurpose,
			token_hash: hashToken(firstAdmin),
			email: "",
			expires_at: new Date(now.getTime() + 3_600_000),
		})
		.execute();
	const bound = async ({ id }: Viewer) =>
		db.selectFrom("lims_user").select(["id", "email", "password"]).where("id", "=", id).executeTakeFirstOrThrow();
	const [account, closed] = [await bound(user), await bound(deactivated)];
	const newcomer = "newcomer@example.org";
	return transact(db, { userId: null, impersonatorId: null, via: "setup", requestId: "test" }, async (tx) => ({
		first_admin: firstAdmin,
		registration: await createLink(tx, now, { purpose: "registration", email: newcomer, roleId: UserRole.CLIENT.id }),
		password_reset: await createLink(tx, now, { purpose: "password_reset", email: account.email, user: account }),
		activation: await createLink(tx, now, { purpose: "activation", email: closed.email, user: closed }),
		email_change: await createLink(tx, now, { purpose: "email_change", email: newcomer, user: account }),
	}));
}
