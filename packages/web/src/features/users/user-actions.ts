import { requireUserAction } from "@opengsync/core/accounts/load-user-for-change";
import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import { type UserActionName, type UserFacts, userAction } from "@opengsync/domain/user-actions";
import type { Exchange } from "../../framework/exchange.ts";

/** What the table of actions looks at. */
export function userFactsOf(exchange: Exchange, user: UserPageRow): UserFacts {
	return {
		roleId: user.role_id,
		isSelf: user.id === exchange.viewer.id,
		viewerRoleId: exchange.viewer.roleId,
		isWorkingAs: exchange.impersonator !== null,
		hasOtherAdmin: user.has_other_admin,
	};
}

/** An action on an account as its page offers it. */
export function userActionOf(exchange: Exchange, user: UserPageRow, action: UserActionName) {
	return userAction(action, userFactsOf(exchange, user));
}

/** Loads an account and refuses what the table of actions does not offer. */
export async function loadUserFor(exchange: Exchange<{ id: number }>, action: UserActionName): Promise<UserPageRow> {
	const user = exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
	requireUserAction(action, userFactsOf(exchange, user));
	return user;
}
