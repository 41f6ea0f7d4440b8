import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { checkPassword, hashPassword, pretendToCheckPassword } from "./passwords.ts";

/** Result of a sign-in: access-and-web.md §4.3. */
export type SignInOutcome =
	| { readonly kind: "right"; readonly userId: number }
	/** Unknown address, wrong password, or too many wrong ones: one answer for all. The account is for the audit trail only. */
	| { readonly kind: "wrong"; readonly userId: number | null }
	| { readonly kind: "deactivated"; readonly userId: number };

/** Counts wrong passwords per account; in memory, or in Redis where several processes share it. */
export interface SignInThrottle {
	/** Whether tries for this address are refused at present. */
	isClosed(email: string): Promise<boolean>;
	/** Counts a wrong password. */
	countWrong(email: string): Promise<void>;
	/** Forgets the wrong ones once somebody is signed in; a right password alone does not. */
	clear(email: string): Promise<void>;
}

/** Wrong passwords that close an account. */
export const wrongTries = 10;

/** Time for which wrong passwords count. */
export const wrongWindowMs = 15 * 60_000;

/** Ten wrong passwords within 15 minutes close an account for 15 minutes. */
export class MemorySignInThrottle implements SignInThrottle {
	private readonly wrong = new Map<string, number[]>();
	private readonly now: () => number;

	constructor(now: () => number = Date.now) {
		this.now = now;
	}

	async isClosed(email: string): Promise<boolean> {
		return this.recent(email).length >= wrongTries;
	}

	async countWrong(email: string): Promise<void> {
		if (this.wrong.size > 10_000)
			for (const known of this.wrong.keys()) if (this.recent(known).length === 0) this.wrong.delete(known);
		this.wrong.set(email, [...this.recent(email), this.now()].slice(-wrongTries));
	}

	async clear(email: string): Promise<void> {
		this.wrong.delete(email);
	}

	private recent(email: string): number[] {
		return (this.wrong.get(email) ?? []).filter((at) => at > this.now() - wrongWindowMs);
	}
}

/** What a sign-in needs; nobody is signed in yet, so it is no command with a viewer. */
export interface SignInContext {
	readonly db: Db;
	readonly throttle: SignInThrottle;
	readonly requestId: string;
}

/**
 * Checks e-mail and password. Takes the same time for unknown addresses. A hash of an older kind is replaced after a right
 * password; a TEMPORARY account becomes DEACTIVATED unless an admin is working in it.
 */
export async function signIn(
	context: SignInContext,
	input: { readonly email: string; readonly password: string },
): Promise<SignInOutcome> {
	const email = input.email.trim().toLowerCase();
	const user = await context.db
		.selectFrom("lims_user")
		.select(["id", "password", "role_id"])
		.where(({ eb, fn }) => eb(fn<string>("lower", ["email"]), "=", email))
		.executeTakeFirst();
	const closed = await context.throttle.isClosed(email);
	if (!user || closed) {
		await pretendToCheckPassword(input.password);
		return { kind: "wrong", userId: user?.id ?? null };
	}
	const check = await checkPassword(input.password, user.password);
	if (!check.right) {
		await context.throttle.countWrong(email);
		return { kind: "wrong", userId: user.id };
	}
	if (user.role_id === UserRole.DEACTIVATED.id) return { kind: "deactivated", userId: user.id };
	const actor = { userId: user.id, impersonatorId: null, via: "web", requestId: context.requestId } as const;
	if (user.role_id === UserRole.TEMPORARY.id) {
		await transact(context.db, actor, (tx) =>
			tx.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", user.id).execute(),
		);
		return { kind: "deactivated", userId: user.id };
	}
	if (check.outdated) {
		const password = await hashPassword(input.password);
		await transact(context.db, actor, (tx) => tx.updateTable("lims_user").set({ password }).where("id", "=", user.id).execute());
	}
	return { kind: "right", userId: user.id };
}
