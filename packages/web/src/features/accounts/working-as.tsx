import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import { isAdmin } from "@opengsync/domain/roles";
import { ActionButton } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";

/** Why an admin cannot work in an account now, or null. */
function reasonAgainst(exchange: Exchange, roleId: number): string | null {
	if (exchange.impersonator) return "End the present session as another user first.";
	return isAdmin(roleId) ? "Nobody can work in the account of an admin." : null;
}

/** Button of admins on the page of a user. */
export function WorkAsButton({ exchange, user }: { exchange: Exchange; user: Pick<UserPageRow, "id" | "role_id" | "email"> }) {
	if (!exchange.isAdmin || exchange.viewer.id === user.id) return null;
	return (
		<ActionButton
			action={`/users/${user.id}/work_as/`}
			icon="user-check"
			disabledReason={reasonAgainst(exchange, user.role_id)}
			confirm={{
				title: `Work as ${user.email}?`,
				text: "You see and change what this user may. Everything is recorded with your name.",
				yes: "Start session",
			}}
		>
			Start session as this user
		</ActionButton>
	);
}

const begin = defineRoute({
	method: "POST",
	path: "/users/:id/work_as/",
	kind: "action",
	policy: onObject("user", "id", "ADMIN"),
	summary: "Work in the account of another user",
	params: withId,
	handler: async (exchange) => {
		const user = exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
		await exchange.session.beginWorkingAs(user.id);
		return exchange.redirect("/");
	},
});

/** Working as another user: access-and-web.md §4.8. Its end is `/auth/end_session_as_user/`. */
export const workingAsRoutes: readonly Route[] = [begin];
