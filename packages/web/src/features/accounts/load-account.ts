import { ForbiddenError } from "@opengsync/core/errors";
import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import type { Exchange } from "../../framework/exchange.ts";

/** Whether the viewer sees how an account signs in: one's own, or as an admin. */
export function maySeeSecurity(exchange: Exchange, userId: number): boolean {
	return exchange.viewer.id === userId || exchange.isAdmin;
}

/** The account of the address, for its owner and for admins. @throws NotFoundError, ForbiddenError */
export async function loadAccount(exchange: Exchange<{ id: number }>): Promise<UserPageRow> {
	const user = exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
	if (!maySeeSecurity(exchange, user.id)) throw new ForbiddenError();
	return user;
}
