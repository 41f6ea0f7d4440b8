import {
	endOtherSessionsOfAccount,
	endSessionOfAccount,
	mayManageSignInsOf,
} from "@opengsync/core/accounts/end-sessions-of-account";
import { unlinkOpenIdIdentity } from "@opengsync/core/accounts/openid-unlink";
import { BadRequestError, ForbiddenError } from "@opengsync/core/errors";
import { listExternalIdentities } from "@opengsync/db/queries/external-identities";
import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import { listUserSessions, type UserSessionRow } from "@opengsync/db/queries/user-sessions";
import { ActionButton } from "../../components/button.tsx";
import { Card, EmptyState, type Tab, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { browserName } from "./browser-name.ts";
import { LinkedInstitutions } from "./openid-identities.tsx";

/** Whether the viewer sees the sessions of an account: one's own, or as an admin; not while working as another user. */
function maySeeSessions(exchange: Exchange, userId: number): boolean {
	return mayManageSignInsOf(exchange.viewer, exchange.impersonator?.id ?? null, userId);
}

/** The tab *Sessions* on the page of a user, for those who may see it. */
export function sessionsTab(exchange: Exchange, userId: number): Tab[] {
	return maySeeSessions(exchange, userId) ? [{ key: "sessions", title: "Sessions", href: `/htmx/users/${userId}/sessions` }] : [];
}

async function loadAccount(exchange: Exchange<{ id: number }>): Promise<UserPageRow> {
	const user = exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
	if (!maySeeSessions(exchange, user.id)) throw new ForbiddenError();
	return user;
}

const methods: Readonly<Record<string, string>> = {
	password: "Password",
	passkey: "Passkey",
	openid: "Institution",
	link: "Link",
};

/** How a session was begun, in words. */
function howBegun(session: UserSessionRow, userId: number): string {
	if (session.impersonator_id === userId) return `Working as ${session.user_name}`;
	if (session.impersonator_id !== null) return `${session.impersonator_name} works in this account`;
	return methods[session.method] ?? session.method;
}

interface SessionsProps {
	readonly userId: number;
	readonly sessions: readonly UserSessionRow[];
	/** Session of the present request. */
	readonly presentId: number | null;
}

function Sessions({ userId, sessions, presentId }: SessionsProps) {
	if (sessions.length === 0) {
		return <EmptyState icon="device-desktop" title="No sessions" hint="Nobody is signed in to this account." />;
	}
	const others = sessions.filter((session) => session.id !== presentId).length;
	const endOthers = (
		<ActionButton
			action={`/users/${userId}/sessions/end_others/`}
			icon="logout"
			disabledReason={others === 0 ? "There is no other session." : null}
			confirm={{ title: "End all other sessions?", text: "Those browsers have to sign in again.", yes: "End them" }}
		>
			{presentId !== null && sessions.length > others ? "End all others" : "End all"}
		</ActionButton>
	);
	return (
		<Card title="Sessions" actions={endOthers} padded={false}>
			<SimpleTable titles={["Browser", "Address", "Signed in by", "Begun", "Last used"]} actions>
				{sessions.map((session) => (
					<tr>
						<td>
							{browserName(session.user_agent)}
							{session.id === presentId && <strong> (this one)</strong>}
						</td>
						<td class="font-mono">{session.address}</td>
						<td>{howBegun(session, userId)}</td>
						<td>
							<Time at={session.created_at} />
						</td>
						<td>
							<Time at={session.last_seen_at} />
						</td>
						<td class="text-end">
							{session.id !== presentId && (
								<ActionButton
									action={`/users/${userId}/sessions/end/`}
									values={{ session_id: session.id }}
									small
									look="quiet"
									confirm={{ title: "End this session?", text: "That browser has to sign in again.", yes: "End it" }}
								>
									End
								</ActionButton>
							)}
						</td>
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}

const tab = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/sessions",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "Open sessions of a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadAccount(exchange);
		const sessions = await listUserSessions(exchange.db, user.id, exchange.services.now());
		const identities = await listExternalIdentities(exchange.db, user.id);
		return exchange.fragment(
			<>
				<Sessions userId={user.id} sessions={sessions} presentId={exchange.session.id} />
				<LinkedInstitutions userId={user.id} identities={identities} config={exchange.services.config} />
			</>,
		);
	},
});

/** A number sent with a button. */
async function readId(exchange: Exchange<{ id: number }>, name: string): Promise<number> {
	const [text] = (await exchange.readFields()).get(name) ?? [];
	if (typeof text !== "string" || !/^\d{1,9}$/.test(text)) throw new BadRequestError(`${name} must be a number.`);
	return Number(text);
}

const endOne = defineRoute({
	method: "POST",
	path: "/users/:id/sessions/end/",
	kind: "action",
	policy: onObject("user", "id", "OWNER"),
	summary: "End one session of a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadAccount(exchange);
		const sessionId = await readId(exchange, "session_id");
		if (sessionId === exchange.session.id) {
			await exchange.session.signOut();
			return exchange.redirect("/auth/auth/");
		}
		await exchange.command((context) => endSessionOfAccount(context, { userId: user.id, sessionId }));
		exchange.flash("success", "The session has ended.");
		return exchange.redirect(`/users/${user.id}/?tab=sessions`);
	},
});

const endOthers = defineRoute({
	method: "POST",
	path: "/users/:id/sessions/end_others/",
	kind: "action",
	policy: onObject("user", "id", "OWNER"),
	summary: "End all sessions of a user but the present one",
	params: withId,
	handler: async (exchange) => {
		const user = await loadAccount(exchange);
		const presentSessionId = exchange.session.id;
		const count = await exchange.command((context) => endOtherSessionsOfAccount(context, { userId: user.id, presentSessionId }));
		exchange.flash("success", count === 1 ? "One session has ended." : `${count} sessions have ended.`);
		return exchange.redirect(`/users/${user.id}/?tab=sessions`);
	},
});

const unlink = defineRoute({
	method: "POST",
	path: "/users/:id/institutions/unlink/",
	kind: "action",
	policy: onObject("user", "id", "OWNER"),
	summary: "Unlink an account at an institution from a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadAccount(exchange);
		const identityId = await readId(exchange, "identity_id");
		await exchange.command((context) => unlinkOpenIdIdentity(context, { userId: user.id, identityId }));
		exchange.flash("success", "The institution is not linked any more.");
		return exchange.redirect(`/users/${user.id}/?tab=sessions`);
	},
});

/** Open sessions of an account (access-and-web.md §4.4), and the institutions through which they are begun. */
export const sessionRoutes: readonly Route[] = [tab, endOne, endOthers, unlink];
