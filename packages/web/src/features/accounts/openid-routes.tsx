import { findOpenIdAccount, type OpenIdAccount } from "@opengsync/core/accounts/openid-account";
import { beginOpenId, finishOpenId, OpenIdError } from "@opengsync/core/accounts/openid-provider";
import { challengeLifeSeconds, openChallenge, takeChallenge } from "@opengsync/core/accounts/sign-in-challenge";
import { recordEventAlone } from "@opengsync/core/audit/record-event";
import type { OpenIdProviderConfig } from "@opengsync/core/config";
import { NotFoundError } from "@opengsync/core/errors";
import { randomToken } from "@opengsync/core/shared/token-hash";
import { z } from "zod";
import { Card } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { localPath } from "../../framework/local-path.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { finishSignIn } from "./finish-sign-in.ts";

/** Cookie of the browser whose sign-in waits for the institution. */
const openIdCookie = "opengsync_openid";

const withProvider = z.object({ provider: z.string().regex(/^[a-z0-9-]{1,64}$/) });
const withNext = z.object({ next: z.string().optional().catch(undefined) });
const limit = { name: "sign-in", requests: 20, perSeconds: 60, everybody: true } as const;

/** What is kept on the server while the person is at the institution. */
const waiting = z.object({
	provider: z.string(),
	state: z.string().min(1),
	nonce: z.string().min(1),
	codeVerifier: z.string().min(1),
	next: z.string().nullable(),
});

type ProviderExchange = Exchange<z.output<typeof withProvider>>;

function providerOf(exchange: ProviderExchange): OpenIdProviderConfig {
	const provider = exchange.services.config.signIn.openId.find(({ name }) => name === exchange.params.provider);
	if (!provider) throw new NotFoundError();
	return provider;
}

/** Remembers that it failed and why, and leads back to the sign-in page with a text of ours. */
async function refuse(
	exchange: ProviderExchange,
	provider: OpenIdProviderConfig,
	reason: string,
	message: string,
	next: string | null,
): Promise<Response> {
	const actor = { userId: null, impersonatorId: null, via: "web", requestId: exchange.requestId } as const;
	await recordEventAlone(exchange.db, actor, {
		kind: "sign_in_failed",
		object: null,
		details: { method: "openid", provider: provider.name, reason, address: exchange.clientAddress },
	});
	exchange.flash("error", message);
	return exchange.redirect(next ? `/auth/auth/?next=${encodeURIComponent(next)}` : "/auth/auth/");
}

function refuseError(exchange: ProviderExchange, provider: OpenIdProviderConfig, error: unknown, next: string | null) {
	if (!(error instanceof OpenIdError)) throw error;
	const message =
		error.kind === "unavailable"
			? `${provider.label} does not answer at present. Please try again later, or sign in with your password.`
			: `You were not signed in by ${provider.label}. Please try again.`;
	return refuse(exchange, provider, `${error.kind}: ${error.reason}`, message, next);
}

/** What is told to somebody who has no account to be signed in to. */
function refusalText(kind: Exclude<OpenIdAccount["kind"], "found">, provider: OpenIdProviderConfig, contact: string): string {
	switch (kind) {
		case "unverified":
			return `${provider.label} gave us no verified e-mail address of yours. Please contact us: ${contact}`;
		case "foreign":
			return `Addresses of your institution are not accepted here. Please contact us: ${contact}`;
		case "unknown":
			return `There is no account with your e-mail address yet. Please register first, or contact us: ${contact}`;
		case "taken":
			return `The account with your e-mail address belongs to another person of ${provider.label}. Please contact us: ${contact}`;
		case "deactivated":
			return `This account is deactivated. Please contact us: ${contact}`;
	}
}

const begin = defineRoute({
	method: "POST",
	path: "/auth/openid/:provider/",
	kind: "page",
	policy: publicly,
	summary: "Begin to sign in through an institution",
	params: withProvider,
	query: withNext,
	limit,
	handler: async (exchange) => {
		const provider = providerOf(exchange);
		const next = localPath(exchange.query.next);
		const { config } = exchange.services;
		try {
			const { address, checks } = await beginOpenId(config, provider);
			const token = randomToken();
			const data = { provider: provider.name, ...checks, next };
			await openChallenge(exchange.db, { purpose: "openid", token, userId: null, data }, exchange.services.now());
			exchange.cookies.set(openIdCookie, token, challengeLifeSeconds);
			return leadTo(exchange, provider, address);
		} catch (error) {
			return refuseError(exchange, provider, error, next);
		}
	},
});

/** A page that goes on by itself: browsers hold a redirect to another site against `form-action 'self'`. */
async function leadTo(exchange: ProviderExchange, provider: OpenIdProviderConfig, address: URL): Promise<Response> {
	const response = await exchange.page(
		{ title: "Sign in", bare: true },
		<Card>
			<h1 class="bare-title">Sign in</h1>
			<p>
				<a href={address.href}>Continue to {provider.label}</a>
			</p>
		</Card>,
	);
	response.headers.set("Refresh", `0; url=${address.href}`);
	return response;
}

const callback = defineRoute({
	method: "GET",
	path: "/auth/openid/:provider/callback/",
	kind: "page",
	policy: publicly,
	summary: "Return from the institution and be signed in",
	params: withProvider,
	secretUrl: true,
	limit: { ...limit, name: "sign-in-return" },
	handler: async (exchange) => {
		const provider = providerOf(exchange);
		const { services, db, requestId } = exchange;
		const token = exchange.cookies.get(openIdCookie);
		exchange.cookies.remove(openIdCookie);
		const taken = token ? await takeChallenge(db, "openid", token, services.now()) : null;
		const kept = waiting.safeParse(taken?.data);
		if (!kept.success || kept.data.provider !== provider.name) {
			const message = "This sign-in was begun in another browser, or too long ago. Please try again.";
			return refuse(exchange, provider, "no open sign-in", message, null);
		}
		const next = localPath(kept.data.next);
		try {
			const person = await finishOpenId(services.config, provider, exchange.url.search, kept.data);
			const account = await findOpenIdAccount({ db, requestId, now: services.now() }, provider, person);
			if (account.kind !== "found") {
				const message = refusalText(account.kind, provider, services.config.email);
				return await refuse(exchange, provider, account.kind, message, next);
			}
			const factor = { method: "openid", secondFactorDone: person.multiFactor, next } as const;
			return await finishSignIn(exchange, account.userId, factor);
		} catch (error) {
			return refuseError(exchange, provider, error, next);
		}
	},
});

/** Signing in through an institution (OpenID Connect, authorization code with PKCE): issue 3, item 2. */
export const openIdRoutes: readonly Route[] = [begin, callback];
