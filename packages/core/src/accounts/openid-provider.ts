import {
	AuthorizationResponseError,
	allowInsecureRequests,
	authorizationCodeGrant,
	buildAuthorizationUrl,
	type ClientAuth,
	ClientSecretBasic,
	ClientSecretPost,
	type Configuration,
	calculatePKCECodeChallenge,
	discovery,
	fetchUserInfo,
	None,
	randomNonce,
	randomPKCECodeVerifier,
	randomState,
} from "openid-client";
import { z } from "zod";
import type { FacilityConfig, OpenIdProviderConfig } from "../config.ts";

const timeoutSeconds = 5;
const discoveryLifeMs = 3_600_000;

/** What the browser has to bring back from the institution, and what the answer is compared with. */
export interface OpenIdChecks {
	readonly state: string;
	readonly nonce: string;
	readonly codeVerifier: string;
}

/** What an institution says of a person. */
export interface OpenIdPerson {
	/** Claim `sub`: identifies the person at this provider for ever. */
	readonly subject: string;
	/** Lower case; null when the institution names none. */
	readonly email: string | null;
	/** The institution has made sure that the address is the person's. */
	readonly emailVerified: boolean;
	readonly firstName: string | null;
	readonly lastName: string | null;
	/** The institution asked for more than one factor (`amr` contains `mfa`). */
	readonly multiFactor: boolean;
}

/**
 * The institution did not answer (`unavailable`), or its answer was not accepted (`refused`). `reason` is a short code for the audit
 * trail, never text made by the institution.
 */
export class OpenIdError extends Error {
	readonly kind: "unavailable" | "refused";
	readonly reason: string;
	constructor(kind: "unavailable" | "refused", cause: unknown) {
		super(`OpenID Connect: ${kind}`, { cause });
		this.name = "OpenIdError";
		this.kind = kind;
		this.reason = reasonOf(cause);
	}
}

interface Discovered {
	readonly configuration: Promise<Configuration>;
	readonly atMs: number;
}

/** What providers say of themselves, kept for an hour. */
const discovered = new WeakMap<OpenIdProviderConfig, Discovered>();

/**
 * Begins a sign-in: the address at the institution to which the browser goes, with state, nonce and code challenge (S256).
 * @throws OpenIdError
 */
export async function beginOpenId(
	config: FacilityConfig,
	provider: OpenIdProviderConfig,
): Promise<{ address: URL; checks: OpenIdChecks }> {
	const configuration = await discover(config, provider);
	const checks = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
	const address = buildAuthorizationUrl(configuration, {
		redirect_uri: returnAddress(config, provider),
		scope: provider.scopes,
		state: checks.state,
		nonce: checks.nonce,
		code_challenge: await calculatePKCECodeChallenge(checks.codeVerifier),
		code_challenge_method: "S256",
	});
	return { address, checks };
}

/**
 * Exchanges the code that the browser brought for an ID token; the library checks signature, issuer, audience, times and nonce.
 * @param query of the address to which the institution sent the browser
 * @throws OpenIdError
 */
export async function finishOpenId(
	config: FacilityConfig,
	provider: OpenIdProviderConfig,
	query: string,
	checks: OpenIdChecks,
): Promise<OpenIdPerson> {
	const configuration = await discover(config, provider);
	try {
		const address = new URL(returnAddress(config, provider));
		address.search = query;
		const tokens = await authorizationCodeGrant(configuration, address, {
			expectedState: checks.state,
			expectedNonce: checks.nonce,
			pkceCodeVerifier: checks.codeVerifier,
			idTokenExpected: true,
		});
		const claims = tokens.claims();
		if (!claims) throw new Error("no ID token");
		const asksFurther = claims.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
		const info = asksFurther ? await fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
		return personOf({ ...info, ...claims });
	} catch (error) {
		throw new OpenIdError(isOutage(error) ? "unavailable" : "refused", error);
	}
}

/** Address to which the institution sends the browser back; has to be registered there. */
function returnAddress(config: FacilityConfig, provider: OpenIdProviderConfig): string {
	return new URL(`${config.externalBaseUrl}/auth/openid/${provider.name}/callback/`).href;
}

async function discover(config: FacilityConfig, provider: OpenIdProviderConfig): Promise<Configuration> {
	const known = discovered.get(provider);
	if (known && Date.now() - known.atMs < discoveryLifeMs) return known.configuration;
	const configuration = askForConfiguration(config, provider);
	discovered.set(provider, { configuration, atMs: Date.now() });
	return configuration.catch((error: unknown) => {
		discovered.delete(provider);
		throw new OpenIdError("unavailable", error);
	});
}

async function askForConfiguration(config: FacilityConfig, provider: OpenIdProviderConfig): Promise<Configuration> {
	const issuer = new URL(provider.issuer);
	const local = ["localhost", "127.0.0.1", "[::1]"].includes(issuer.hostname);
	return discovery(issuer, provider.clientId, undefined, clientAuthentication(provider), {
		timeout: timeoutSeconds,
		execute: local || config.development ? [allowInsecureRequests] : [],
	});
}

/** The secret in the header unless the provider takes it in the body only; public clients have none. */
function clientAuthentication({ clientSecret }: OpenIdProviderConfig): ClientAuth {
	if (clientSecret === null) return None();
	const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
	return (server, client, body, headers) => {
		const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
		const authenticate = methods.includes("client_secret_basic") ? basic : post;
		authenticate(server, client, body, headers);
	};
}

const optionalText = z.string().trim().min(1).nullish().catch(null);

const claimsSchema = z.object({
	sub: z.string().min(1).max(255),
	email: z.email().max(128).nullish().catch(null),
	email_verified: z
		.union([z.boolean(), z.literal("true")])
		.nullish()
		.catch(null),
	given_name: optionalText,
	family_name: optionalText,
	name: optionalText,
	amr: z.array(z.string()).nullish().catch(null),
});

function personOf(sent: unknown): OpenIdPerson {
	const claims = claimsSchema.parse(sent);
	const words = claims.name?.split(/\s+/) ?? [];
	return {
		subject: claims.sub,
		email: claims.email?.toLowerCase() ?? null,
		emailVerified: claims.email_verified === true || claims.email_verified === "true",
		firstName: claims.given_name ?? words[0] ?? null,
		lastName: claims.family_name ?? (words.length > 1 ? words.slice(1).join(" ") : null),
		multiFactor: claims.amr?.includes("mfa") ?? false,
	};
}

/** Whether the institution did not answer in time, not at all, or with an error of its own. */
function isOutage(error: unknown): boolean {
	for (let current = error; current instanceof Error; current = current.cause) {
		if (current.name === "TimeoutError" || current.name === "AbortError") return true;
		if (current instanceof TypeError && current.message === "fetch failed") return true;
		if (current.cause instanceof Response) return current.cause.status >= 500;
	}
	return false;
}

/** A short code: that of the answer if it is one that the standard knows, else the library's. */
function reasonOf(error: unknown): string {
	if (error instanceof AuthorizationResponseError) {
		return /^[a-z_]{1,40}$/.test(error.error) ? error.error : "error answer";
	}
	const code = error instanceof Error && "code" in error ? error.code : null;
	return typeof code === "string" ? code.slice(0, 64) : "unknown";
}
