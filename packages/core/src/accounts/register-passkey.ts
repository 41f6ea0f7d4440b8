import { createHmac } from "node:crypto";
import {
	generateRegistrationOptions,
	type PublicKeyCredentialCreationOptionsJSON,
	type VerifiedRegistrationResponse,
	verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { CommandContext } from "../context.ts";
import { ConflictError, InvalidInputError, NotPossibleError } from "../errors.ts";
import { givePasskeyChallenge, passkeyAnswer, takePasskeyChallenge } from "./passkey-challenge.ts";
import { passkeyName } from "./passkey-names.ts";
import { challengeLifeSeconds } from "./sign-in-challenge.ts";

/** More passkeys than anybody has devices. */
const mostPasskeys = 20;

/** EdDSA, ES256 and RS256, which all authenticators of today know one of. */
const algorithms = [-8, -7, -257];

const transport = z.enum(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]);

/** What the browser answers when it has made a passkey. */
export const registrationAnswer = passkeyAnswer.extend({
	response: z.looseObject({
		clientDataJSON: z.string().max(10_000),
		attestationObject: z.string().max(100_000),
		transports: z
			.array(z.string())
			.optional()
			.transform((names) => names?.flatMap((name) => transport.safeParse(name).data ?? [])),
	}),
});

/**
 * What the browser needs to make a passkey for the viewer: discoverable, with user verification, without attestation; those that
 * exist are excluded (extensions.md §1). The challenge is good for 10 minutes, once.
 * @param browserToken what the cookie of the browser holds
 */
export async function beginPasskeyRegistration(
	{ tx, viewer, services }: CommandContext,
	input: { readonly browserToken: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	const { config } = services;
	const known = await tx.selectFrom("passkey").select(["credential_id", "transports"]).where("user_id", "=", viewer.id).execute();
	if (known.length >= mostPasskeys) throw new NotPossibleError(`There are ${mostPasskeys} passkeys already. Delete one first.`);
	const browser = { token: input.browserToken, userId: viewer.id };
	return generateRegistrationOptions({
		rpName: config.organization,
		rpID: config.signIn.passkeyRelyingParty,
		userName: viewer.email,
		userDisplayName: `${viewer.firstName} ${viewer.lastName}`,
		userID: userHandle(config.secretKey, viewer.id),
		challenge: await givePasskeyChallenge(tx, "passkey_registration", browser, services.now()),
		timeout: challengeLifeSeconds * 1000,
		attestationType: "none",
		excludeCredentials: known.map((passkey) => ({ id: passkey.credential_id, transports: passkey.transports })),
		supportedAlgorithmIDs: algorithms,
		authenticatorSelection: { residentKey: "required", userVerification: "required" },
	});
}

/** How authenticators tell accounts apart: says nothing about the person, and is not the same at two installations. */
function userHandle(secretKey: string, userId: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(createHmac("sha256", secretKey).update(`passkey-user\0${userId}`).digest());
}

/**
 * Keeps the passkey that the browser made.
 * @returns its name
 * @throws InvalidInputError when the answer does not fit the challenge, ConflictError when the passkey is known
 */
export async function registerPasskey(
	{ tx, viewer, services }: CommandContext,
	input: { readonly browserToken: string | null; readonly answer: z.output<typeof registrationAnswer> },
): Promise<string> {
	const { answer } = input;
	const browser = { token: input.browserToken, userId: viewer.id };
	const now = services.now();
	const challenge = await takePasskeyChallenge(tx, "passkey_registration", browser, answer.response.clientDataJSON, now);
	const verified = challenge === null ? null : await verifyAnswer(services.config.signIn, answer, challenge);
	if (!verified?.verified)
		throw new InvalidInputError([{ field: "", message: "The passkey could not be added. Please try again." }]);
	const { credential, aaguid, credentialBackedUp } = verified.registrationInfo;
	const name = passkeyName(aaguid);
	const made = await tx
		.insertInto("passkey")
		.values({
			user_id: viewer.id,
			credential_id: credential.id,
			public_key: Buffer.from(credential.publicKey),
			sign_count: credential.counter,
			transports: answer.response.transports ?? [],
			aaguid,
			name,
			backed_up: credentialBackedUp,
			created_at: now,
		})
		.onConflict((conflict) => conflict.column("credential_id").doNothing())
		.returning("id")
		.executeTakeFirst();
	if (!made) throw new ConflictError("This passkey is registered already.");
	return name;
}

async function verifyAnswer(
	settings: { readonly passkeyRelyingParty: string; readonly passkeyOrigins: readonly string[] },
	answer: z.output<typeof registrationAnswer>,
	challenge: string,
): Promise<VerifiedRegistrationResponse | null> {
	const { transports, ...response } = answer.response;
	return verifyRegistrationResponse({
		response: {
			id: answer.id,
			rawId: answer.rawId,
			type: answer.type,
			clientExtensionResults: {},
			response: { ...response, ...(transports ? { transports } : {}) },
		},
		expectedChallenge: challenge,
		expectedOrigin: [...settings.passkeyOrigins],
		expectedRPID: settings.passkeyRelyingParty,
		supportedAlgorithmIDs: algorithms,
		requireUserVerification: true,
	}).catch(() => null);
}
