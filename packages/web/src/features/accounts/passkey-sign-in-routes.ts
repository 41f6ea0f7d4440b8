import {
	beginPasskeySignIn,
	type PasskeyContext,
	signInAnswer,
	signInWithPasskey,
} from "@opengsync/core/accounts/passkey-sign-in";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { localPath } from "../../framework/local-path.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { keepPasskeyBrowser, passkeyBrowser } from "./passkey-cookie.ts";
import { recordFailedSignIn } from "./record-failed-sign-in.ts";

const withNext = z.object({ next: z.string().optional().catch(undefined) });

function passkeyContext(exchange: Exchange): PasskeyContext {
	const { config, now } = exchange.services;
	return { db: exchange.db, requestId: exchange.requestId, signIn: config.signIn, now: now() };
}

/** Sign-in by passkey: extensions.md §1. A passkey with user verification counts as both factors. */
export const passkeySignInRoutes: readonly Route[] = [
	defineRoute({
		method: "POST",
		path: "/auth/passkey/options/",
		kind: "action",
		policy: publicly,
		summary: "Ask for the challenge of a sign-in by passkey",
		limit: { name: "passkey-options", requests: 60, perSeconds: 60, everybody: true },
		handler: async (exchange) => exchange.json(await beginPasskeySignIn(passkeyContext(exchange), keepPasskeyBrowser(exchange))),
	}),
	defineRoute({
		method: "POST",
		path: "/auth/passkey/",
		kind: "action",
		policy: publicly,
		summary: "Sign in by passkey",
		query: withNext,
		limit: { name: "sign-in", requests: 20, perSeconds: 60, everybody: true },
		handler: async (exchange) => {
			const answer = await exchange.readJson(signInAnswer);
			const outcome = await signInWithPasskey(passkeyContext(exchange), passkeyBrowser(exchange), answer);
			if (outcome.kind === "right") {
				const next = localPath(exchange.query.next);
				return finishSignIn(exchange, outcome.userId, { method: "passkey", secondFactorDone: true, next });
			}
			await recordFailedSignIn(exchange, outcome.kind === "wrong" ? outcome.userId : null, "passkey");
			if (outcome.kind === "wrong") {
				return exchange.json({ problem: "wrong", message: "Signing in with this passkey failed. Please try again." }, 422);
			}
			// The browser passes this on to the password manager, which then offers the passkey no more.
			return exchange.json(
				{
					problem: "unknown",
					message: "This passkey is not known here (any more).",
					credentialId: answer.id,
					relyingParty: exchange.services.config.signIn.passkeyRelyingParty,
				},
				422,
			);
		},
	}),
];
