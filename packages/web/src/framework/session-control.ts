import { endSession } from "@opengsync/core/accounts/end-sessions";
import { beginWorkingAs } from "@opengsync/core/accounts/work-as";
import { recordEvent } from "@opengsync/core/audit/record-event";
import type { Services, Viewer } from "@opengsync/core/context";
import { ForbiddenError, NotFoundError } from "@opengsync/core/errors";
import type { Db } from "@opengsync/db/connection";
import { type Actor, transact } from "@opengsync/db/transaction";
import type { Cookies } from "./cookies.ts";
import { csrfCookie } from "./csrf.ts";
import type { SessionControl, SignInMethod } from "./session.ts";
import { createSession, findSession, type Session, type SessionOrigin, sessionLifeSeconds } from "./session-store.ts";

/** Cookie of the session. */
export const sessionCookie = "opengsync_session";

/** Cookie of the admin's own session while it is kept aside. */
export const keptSessionCookie = "opengsync_kept_session";

/**
 * The session of a request by its cookie. An admin whose session in another account was ended by somebody else is back in the own
 * session that was kept aside. Cookies of dead sessions are removed.
 */
export async function findRequestSession(db: Db, cookies: Cookies, services: Services): Promise<Session | null> {
	const now = services.now();
	const { secondFactorRoles } = services.config.signIn;
	const token = cookies.get(sessionCookie);
	if (!token) return null;
	const session = await findSession(db, token, now, secondFactorRoles);
	if (session) return session;
	const keptToken = cookies.get(keptSessionCookie);
	const kept = keptToken ? await findSession(db, keptToken, now, secondFactorRoles) : null;
	cookies.remove(keptSessionCookie);
	if (keptToken && kept && !kept.impersonator) cookies.set(sessionCookie, keptToken, sessionLifeSeconds);
	else cookies.remove(sessionCookie);
	return kept && !kept.impersonator ? kept : null;
}

interface SessionParts {
	readonly db: Db;
	readonly cookies: Cookies;
	readonly session: Session | null;
	readonly origin: SessionOrigin;
	readonly services: Services;
	readonly requestId: string;
}

/** Sessions of one request: reads and sets the cookies, keeps the rows. */
export class RequestSession implements SessionControl {
	/** Row that notices for the next page belong to; null when the next page is nobody's. */
	nextSessionId: number | null;
	private readonly parts: SessionParts;

	constructor(parts: SessionParts) {
		this.parts = parts;
		this.nextSessionId = parts.session?.id ?? null;
	}

	get id(): number | null {
		return this.parts.session?.id ?? null;
	}

	get beganAt(): Date | null {
		return this.parts.session?.createdAt ?? null;
	}

	async signIn(userId: number, method: SignInMethod): Promise<void> {
		const { db, cookies, session, origin, services } = this.parts;
		if (session) await transact(db, this.actor, (tx) => endSession(tx, session.id));
		const created = await createSession(db, userId, { ...origin, method }, services.now());
		cookies.set(sessionCookie, created.token, sessionLifeSeconds);
		cookies.remove(keptSessionCookie);
		cookies.remove(csrfCookie);
		this.nextSessionId = created.id;
	}

	async signOut(): Promise<void> {
		const { db, cookies, session } = this.parts;
		if (session?.impersonator) return this.endWorkingAs();
		if (session) {
			await transact(db, this.actor, async (tx) => {
				await endSession(tx, session.id);
				await recordEvent(tx, { kind: "sign_out", object: { table: "lims_user", id: session.viewer.id } });
			});
		}
		cookies.remove(sessionCookie);
		cookies.remove(keptSessionCookie);
		this.nextSessionId = null;
	}

	async beginWorkingAs(userId: number): Promise<void> {
		const { db, cookies, session, origin, services, requestId } = this.parts;
		if (!session) throw new NotFoundError("The session");
		if (session.impersonator) throw new ForbiddenError("End the present session as another user first.");
		const own = cookies.get(sessionCookie);
		const admin = session.viewer;
		const actor = { userId: admin.id, impersonatorId: null, via: "web", requestId } as const;
		const created = await transact(db, actor, async (tx) => {
			await beginWorkingAs({ tx, actor, viewer: admin, services }, { userId });
			return createSession(tx, userId, { ...origin, method: "other account" }, services.now(), admin.id);
		});
		if (own) cookies.set(keptSessionCookie, own, sessionLifeSeconds);
		cookies.set(sessionCookie, created.token, sessionLifeSeconds);
		this.nextSessionId = created.id;
	}

	async endWorkingAs(): Promise<void> {
		const { db, cookies, session, requestId } = this.parts;
		const admin = session?.impersonator;
		if (!session || !admin) return;
		const actor = { userId: admin.id, impersonatorId: null, via: "web", requestId } as const;
		await transact(db, actor, (tx) => endSession(tx, session.id));
		const kept = await this.keptSession(admin);
		cookies.remove(keptSessionCookie);
		if (kept) cookies.set(sessionCookie, kept.token, sessionLifeSeconds);
		else cookies.remove(sessionCookie);
		this.nextSessionId = kept?.id ?? null;
	}

	/** Who acts in this request. */
	private get actor(): Actor {
		const { session, requestId } = this.parts;
		return {
			userId: session?.viewer.id ?? null,
			impersonatorId: session?.impersonator?.id ?? null,
			via: "web",
			requestId,
		};
	}

	/** The session that was kept aside, if it still lives and is that admin's. */
	private async keptSession(admin: Viewer): Promise<{ id: number; token: string } | null> {
		const token = this.parts.cookies.get(keptSessionCookie);
		const session = token ? await findSession(this.parts.db, token, this.parts.services.now()) : null;
		return token && session?.viewer.id === admin.id && !session.impersonator ? { id: session.id, token } : null;
	}
}
