import type { Db } from "@opengsync/db/connection";
import { type Tx, transact } from "@opengsync/db/transaction";
import { z } from "zod";
import { hashToken } from "../shared/token-hash.ts";
import { checkSecondFactorIn, type SecondFactorContext, type ShownSecondFactor } from "./check-second-factor.ts";
import { findChallenge, openChallenge, takeChallenge } from "./sign-in-challenge.ts";

/** After so many wrong codes somebody has to begin again with the first factor. */
const wrongCodesPerSignIn = 5;

const pendingData = z.object({
	method: z.enum(["password", "passkey", "openid", "link", "other account"]),
	next: z.string().nullable(),
	wrongCodes: z.int().min(0),
});

/** A sign-in whose first factor was right and whose second is awaited. */
export interface PendingSignIn {
	readonly userId: number;
	/** How the first factor was shown. */
	readonly method: z.infer<typeof pendingData>["method"];
	/** Path of this site to go to afterwards. */
	readonly next: string | null;
}

/** Outcome of a code: the sign-in may be finished, may be tried again, or has to begin anew. */
export type SecondFactorAnswer =
	| { readonly kind: "right"; readonly signIn: PendingSignIn; readonly shown: Exclude<ShownSecondFactor, null> }
	| { readonly kind: "wrong"; readonly triesLeft: number }
	| { readonly kind: "over" };

/** Keeps a sign-in on the server while the second factor is awaited; the browser holds nothing but the token. */
export function openPendingSignIn(db: Db, token: string, signIn: PendingSignIn, now: Date): Promise<void> {
	const { userId, method, next } = signIn;
	return openChallenge(db, { purpose: "second_factor", token, userId, data: { method, next, wrongCodes: 0 } }, now);
}

/** The sign-in of a token; null when there is none or it is over. */
export async function findPendingSignIn(db: Db, token: string, now: Date): Promise<PendingSignIn | null> {
	const found = await findChallenge(db, "second_factor", token, now);
	return found ? asPending(found.userId, found.data) : null;
}

/** Takes the sign-in away, so that it is finished once only; null when there is none or it is over. */
export async function takePendingSignIn(tx: Tx, token: string, now: Date): Promise<PendingSignIn | null> {
	const taken = await takeChallenge(tx, "second_factor", token, now);
	return taken ? asPending(taken.userId, taken.data) : null;
}

/** Forgets the open steps of a user: what was begun with an old password must not be finished with a new one. */
export async function closePendingSignInsOf(tx: Tx, userId: number): Promise<void> {
	await tx.deleteFrom("sign_in_challenge").where("user_id", "=", userId).execute();
}

/**
 * Checks a code for a pending sign-in. The sign-in is taken away by the right code or by the last wrong one. Answers to the same
 * sign-in are looked at one after the other.
 */
export function answerSecondFactor(context: SecondFactorContext, token: string, code: string): Promise<SecondFactorAnswer> {
	const actor = { userId: null, impersonatorId: null, via: "web", requestId: context.requestId } as const;
	return transact(context.db, actor, async (tx): Promise<SecondFactorAnswer> => {
		const held = await tx
			.selectFrom("sign_in_challenge")
			.select(["id", "user_id", "data"])
			.where("token_hash", "=", hashToken(token))
			.where("purpose", "=", "second_factor")
			.where("expires_at", ">", context.now)
			.forUpdate()
			.executeTakeFirst();
		const signIn = held && asPending(held.user_id, held.data);
		if (!held || !signIn) return { kind: "over" };
		const shown = await checkSecondFactorIn(tx, context, signIn.userId, code);
		const wrongCodes = pendingData.parse(held.data).wrongCodes + (shown ? 0 : 1);
		if (shown || wrongCodes >= wrongCodesPerSignIn) {
			await tx.deleteFrom("sign_in_challenge").where("id", "=", held.id).execute();
			return shown ? { kind: "right", signIn, shown } : { kind: "over" };
		}
		const data = JSON.stringify({ ...pendingData.parse(held.data), wrongCodes });
		await tx.updateTable("sign_in_challenge").set({ data }).where("id", "=", held.id).execute();
		return { kind: "wrong", triesLeft: wrongCodesPerSignIn - wrongCodes };
	});
}

function asPending(userId: number | null, data: unknown): PendingSignIn | null {
	if (userId === null) return null;
	const { method, next } = pendingData.parse(data);
	return { userId, method, next };
}
