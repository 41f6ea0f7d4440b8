import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { isAdmin } from "@opengsync/domain/roles";
import { z } from "zod";
import type { CommandContext } from "../context.ts";
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { openSealed, seal } from "../shared/seal.ts";
import { countRecoveryCodes, replaceRecoveryCodes } from "./recovery-codes.ts";
import { isSecondFactorEnforced } from "./second-factor-need.ts";
import { challengeLifeSeconds } from "./sign-in-challenge.ts";
import { findTotpStep, newTotpSecret } from "./totp.ts";

/** State of somebody's second factor. */
export interface TwoFactorState {
	/** Time since which it is in force; null = not set up. */
	readonly since: Date | null;
	readonly recoveryCodesLeft: number;
	/** The role demands one. */
	readonly enforced: boolean;
}

const setUpSchema = z.object({ userId: z.int(), secret: z.string(), expiresMs: z.number() });

/** A secret that was shown to be put into an app, and is not in force yet. */
export interface TwoFactorOffer {
	/** Shared secret, base32. */
	readonly secret: string;
	/** The same, bound to user and time, for the form; nobody but the server can read or make it. */
	readonly sealed: string;
}

/** A fresh secret for a user to put into an app. Nothing is stored until a first code shows that it arrived. */
export function offerTwoFactor(secretKey: string, userId: number, now: Date): TwoFactorOffer {
	const secret = newTotpSecret();
	const content = { userId, secret, expiresMs: now.getTime() + challengeLifeSeconds * 1000 };
	return { secret, sealed: seal(secretKey, "two-factor-set-up", JSON.stringify(content)) };
}

/** The offer from its sealed form; null when it is not of this user, over or not ours. */
export function reopenOffer(secretKey: string, userId: number, sealed: string, now: Date): TwoFactorOffer | null {
	const text = openSealed(secretKey, "two-factor-set-up", sealed);
	if (text === null) return null;
	const content = setUpSchema.parse(JSON.parse(text));
	const usable = content.userId === userId && content.expiresMs > now.getTime();
	return usable ? { secret: content.secret, sealed } : null;
}

/**
 * Puts a second factor in force, once a first code shows that the app has the secret.
 * @returns the recovery codes, which are shown once
 * @throws InvalidInputError for a wrong code, ConflictError when one is in force already
 */
export async function confirmTwoFactor(
	tx: Tx,
	settings: { readonly secretKey: string; readonly now: Date },
	input: { readonly userId: number; readonly offer: TwoFactorOffer; readonly code: string },
): Promise<string[]> {
	const step = findTotpStep(input.offer.secret, input.code.replaceAll(/\s/g, ""), settings.now);
	if (step === null)
		throw new InvalidInputError([{ field: "code", message: "This code is not right. Is the clock of the device right?" }]);
	const made = await tx
		.insertInto("two_factor")
		.values({
			user_id: input.userId,
			secret_sealed: seal(settings.secretKey, "two-factor", input.offer.secret),
			confirmed_at: settings.now,
			last_step: step,
			created_at: settings.now,
		})
		.onConflict((conflict) => conflict.column("user_id").doNothing())
		.returning("user_id")
		.executeTakeFirst();
	if (!made) throw new ConflictError("Two-factor sign-in is set up already.");
	return replaceRecoveryCodes(tx, input.userId);
}

/** What a user's page shows about the second factor. */
export async function findTwoFactor(db: Db, enforcedRoleKeys: readonly string[], userId: number): Promise<TwoFactorState> {
	const row = await db
		.selectFrom("lims_user")
		.leftJoin("two_factor", "two_factor.user_id", "lims_user.id")
		.select(["lims_user.role_id", "two_factor.confirmed_at"])
		.where("lims_user.id", "=", userId)
		.executeTakeFirst();
	if (!row) throw new NotFoundError("The user");
	return {
		since: row.confirmed_at,
		recoveryCodesLeft: row.confirmed_at ? await countRecoveryCodes(db, userId) : 0,
		enforced: isSecondFactorEnforced(enforcedRoleKeys, row.role_id),
	};
}

/** New recovery codes for the viewer; the old ones are void. The caller has checked a code. @throws NotPossibleError without a second factor */
export async function renewRecoveryCodes({ tx, viewer }: CommandContext): Promise<string[]> {
	const row = await tx.selectFrom("two_factor").select("user_id").where("user_id", "=", viewer.id).forUpdate().executeTakeFirst();
	if (!row) throw new NotPossibleError("Two-factor sign-in is not set up.");
	return replaceRecoveryCodes(tx, viewer.id);
}

/**
 * Ends the viewer's second factor. The caller has checked password and code.
 * @throws NotPossibleError while the role demands it
 */
export async function disableTwoFactor({ tx, viewer, services }: CommandContext): Promise<void> {
	if (isSecondFactorEnforced(services.config.signIn.secondFactorRoles, viewer.roleId)) {
		throw new NotPossibleError("Your role demands two-factor sign-in.");
	}
	await removeFactor(tx, viewer.id);
}

/**
 * An admin removes the second factor of somebody who lost it. A role that demands one makes the person set up a new one at the next
 * sign-in.
 * @throws ForbiddenError unless the viewer is an admin and the account another's
 */
export async function removeTwoFactorOf({ tx, viewer }: CommandContext, input: { readonly userId: number }): Promise<void> {
	if (!isAdmin(viewer.roleId) || input.userId === viewer.id) throw new ForbiddenError();
	await removeFactor(tx, input.userId);
}

async function removeFactor(tx: Tx, userId: number): Promise<void> {
	const removed = await tx.deleteFrom("two_factor").where("user_id", "=", userId).returning("user_id").executeTakeFirst();
	if (!removed) throw new NotPossibleError("Two-factor sign-in is not set up.");
	await tx.deleteFrom("recovery_code").where("user_id", "=", userId).execute();
}
