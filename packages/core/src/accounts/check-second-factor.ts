import { type Tx, transact } from "@opengsync/db/transaction";
import { recordEvent } from "../audit/record-event.ts";
import { openSealed } from "../shared/seal.ts";
import { takeRecoveryCode } from "./recovery-codes.ts";
import type { SignInContext } from "./sign-in.ts";
import { findTotpStep } from "./totp.ts";

/** What checking a code needs. */
export interface SecondFactorContext extends SignInContext {
	/** Opens the shared secrets. */
	readonly secretKey: string;
	readonly now: Date;
	/** Address of the client, for the audit trail. */
	readonly address: string;
}

/** With what somebody showed the second factor; null: with nothing that is right. */
export type ShownSecondFactor = "code" | "recovery code" | null;

/**
 * Checks a code of the authenticator app, or a recovery code. No code is taken twice. Codes of one user are checked one after the
 * other, and wrong ones count together with wrong passwords: once the account is closed by them, the right code is refused too.
 */
export async function checkSecondFactorIn(
	tx: Tx,
	context: SecondFactorContext,
	userId: number,
	code: string,
): Promise<ShownSecondFactor> {
	const row = await tx
		.selectFrom("two_factor")
		.innerJoin("lims_user", "lims_user.id", "two_factor.user_id")
		.select(["two_factor.secret_sealed", "lims_user.email"])
		.where("two_factor.user_id", "=", userId)
		.where("two_factor.confirmed_at", "is not", null)
		.forUpdate("two_factor")
		.executeTakeFirst();
	const account = row?.email.toLowerCase() ?? null;
	const closed = account !== null && (await context.throttle.isClosed(account));
	const shown = row && !closed ? await acceptCode(tx, context, userId, row.secret_sealed, code.trim()) : null;
	if (shown) return shown;
	if (account !== null && !closed) await context.throttle.countWrong(account);
	const object = { table: "lims_user", id: userId };
	await recordEvent(tx, { kind: "second_factor_failed", object, details: { address: context.address, closed } });
	return null;
}

/** The same in a transaction of its own. */
export function checkSecondFactor(context: SecondFactorContext, userId: number, code: string): Promise<ShownSecondFactor> {
	const actor = { userId, impersonatorId: null, via: "web", requestId: context.requestId } as const;
	return transact(context.db, actor, (tx) => checkSecondFactorIn(tx, context, userId, code));
}

async function acceptCode(
	tx: Tx,
	context: SecondFactorContext,
	userId: number,
	sealed: string,
	code: string,
): Promise<ShownSecondFactor> {
	const digits = code.replaceAll(/\s/g, "");
	if (!/^\d{6}$/.test(digits)) {
		return (await takeRecoveryCode(tx, userId, code, context.now)) ? "recovery code" : null;
	}
	const secret = openSealed(context.secretKey, "two-factor", sealed);
	const step = secret === null ? null : findTotpStep(secret, digits, context.now);
	if (step === null) return null;
	const taken = await tx
		.updateTable("two_factor")
		.set({ last_step: step })
		.where("user_id", "=", userId)
		.where(({ eb, or }) => or([eb("last_step", "is", null), eb("last_step", "<", step)]))
		.returning("user_id")
		.executeTakeFirst();
	return taken ? "code" : null;
}
