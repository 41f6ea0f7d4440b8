import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import {
	generateAuthenticationOptions,
	type PublicKeyCredentialRequestOptionsJSON,
	type VerifiedAuthenticationResponse,
	verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { SignInConfig } from "../config.ts";
import { givePasskeyChallenge, passkeyAnswer, takePasskeyChallenge } from "./passkey-challenge.ts";
import { challengeLifeSeconds } from "./sign-in-challenge.ts";

/** What the browser answers when somebody has chosen a passkey. */
export const signInAnswer = passkeyAnswer.extend({
	response: z.looseObject({
		clientDataJSON: z.string().max(10_000),
		authenticatorData: z.string().max(10_000),
		signature: z.string().max(10_000),
		userHandle: z.string().max(200).nullish(),
	}),
});

/** What a sign-in by passkey needs. */
export interface PasskeyContext {
	readonly db: Db;
	readonly requestId: string;
	readonly signIn: Pick<SignInConfig, "passkeyRelyingParty" | "passkeyOrigins">;
	readonly now: Date;
}

/** Outcome of a sign-in by passkey. */
export type PasskeyOutcome =
	| { readonly kind: "right"; readonly userId: number }
	/** Nobody has this credential (any more): the browser may forget it. */
	| { readonly kind: "unknown" }
	/** The answer does not fit; the user is named where the credential is known. */
	| { readonly kind: "wrong"; readonly userId: number | null };

/** What the browser needs to ask for a passkey; it knows by itself whose there are. The challenge is good for 10 minutes, once. */
export async function beginPasskeySignIn(
	context: PasskeyContext,
	browserToken: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const browser = { token: browserToken, userId: null };
	return generateAuthenticationOptions({
		rpID: context.signIn.passkeyRelyingParty,
		challenge: await givePasskeyChallenge(context.db, "passkey_sign_in", browser, context.now),
		timeout: challengeLifeSeconds * 1000,
		userVerification: "required",
	});
}

/**
 * Checks the answer of a passkey: challenge of this browser, origin, relying party, signature, user verification. The passkey
 * counts as both factors. Whether the account may sign in is decided by whoever begins the session.
 */
export async function signInWithPasskey(
	context: PasskeyContext,
	browserToken: string | null,
	answer: z.output<typeof signInAnswer>,
): Promise<PasskeyOutcome> {
	const browser = { token: browserToken, userId: null };
	const { clientDataJSON } = answer.response;
	const challenge = await takePasskeyChallenge(context.db, "passkey_sign_in", browser, clientDataJSON, context.now);
	if (challenge === null) return { kind: "wrong", userId: null };
	const passkey = await context.db
		.selectFrom("passkey")
		.select(["id", "user_id", "credential_id", "public_key", "sign_count"])
		.where("credential_id", "=", answer.id)
		.executeTakeFirst();
	if (!passkey) return { kind: "unknown" };
	const verified = await verifyAnswer(context.signIn, answer, challenge, {
		id: passkey.credential_id,
		publicKey: new Uint8Array(passkey.public_key),
		counter: passkey.sign_count,
	});
	if (!verified?.verified) return { kind: "wrong", userId: passkey.user_id };
	const { newCounter, credentialBackedUp } = verified.authenticationInfo;
	const actor = { userId: passkey.user_id, impersonatorId: null, via: "web", requestId: context.requestId } as const;
	await transact(context.db, actor, (tx) =>
		tx
			.updateTable("passkey")
			.set({ sign_count: newCounter, backed_up: credentialBackedUp, last_used_at: context.now })
			.where("id", "=", passkey.id)
			.execute(),
	);
	return { kind: "right", userId: passkey.user_id };
}

function verifyAnswer(
	settings: PasskeyContext["signIn"],
	answer: z.output<typeof signInAnswer>,
	challenge: string,
	credential: { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: number },
): Promise<VerifiedAuthenticationResponse | null> {
	const { clientDataJSON, authenticatorData, signature } = answer.response;
	return verifyAuthenticationResponse({
		response: {
			id: answer.id,
			rawId: answer.rawId,
			type: answer.type,
			clientExtensionResults: {},
			response: { clientDataJSON, authenticatorData, signature },
		},
		expectedChallenge: challenge,
		expectedOrigin: [...settings.passkeyOrigins],
		expectedRPID: settings.passkeyRelyingParty,
		credential,
		requireUserVerification: true,
	}).catch(() => null);
}
