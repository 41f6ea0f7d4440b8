import { randomBytes } from "node:crypto";
import type { Db } from "@opengsync/db/connection";
import { z } from "zod";
import { openChallenge, takeChallenge } from "./sign-in-challenge.ts";

/** For what a challenge was given. */
export type PasskeyPurpose = "passkey_registration" | "passkey_sign_in";

/** The part of a browser's answer that every passkey answer has; the library checks the rest. */
export const passkeyAnswer = z.looseObject({
	id: z.string().min(1).max(1400),
	rawId: z.string().min(1).max(1400),
	type: z.literal("public-key"),
	clientExtensionResults: z.looseObject({}).default({}),
	authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional().catch(undefined),
	response: z.looseObject({ clientDataJSON: z.string().max(10_000) }),
});

const clientData = z.looseObject({ challenge: z.string().min(1).max(200) });

/** Gives a challenge out to one browser. Several may be open at once, one per window. */
export async function givePasskeyChallenge(
	db: Db,
	purpose: PasskeyPurpose,
	browser: { readonly token: string; readonly userId: number | null },
	now: Date,
): Promise<Uint8Array<ArrayBuffer>> {
	const challenge = new Uint8Array(randomBytes(32));
	const token = tokenOf(browser.token, Buffer.from(challenge).toString("base64url"));
	await openChallenge(db, { purpose, token, userId: browser.userId, data: {} }, now);
	return challenge;
}

/**
 * Takes back the challenge that a browser's answer names, so that the answer counts once.
 * @returns the challenge as base64url, or null when it was not given to this browser and user, is over or used
 */
export async function takePasskeyChallenge(
	db: Db,
	purpose: PasskeyPurpose,
	browser: { readonly token: string | null; readonly userId: number | null },
	clientDataJson: string,
	now: Date,
): Promise<string | null> {
	const challenge = challengeIn(clientDataJson);
	if (challenge === null || browser.token === null) return null;
	const taken = await takeChallenge(db, purpose, tokenOf(browser.token, challenge), now);
	return taken && taken.userId === browser.userId ? challenge : null;
}

/** A challenge belongs to the browser that holds the cookie: without it the challenge is not found. */
function tokenOf(browserToken: string, challenge: string): string {
	return `${browserToken}.${challenge}`;
}

function challengeIn(clientDataJson: string): string | null {
	try {
		const parsed = clientData.safeParse(JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8")));
		return parsed.success ? parsed.data.challenge : null;
	} catch {
		return null;
	}
}
