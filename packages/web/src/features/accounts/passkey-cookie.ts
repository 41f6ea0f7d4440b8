import { challengeLifeSeconds } from "@opengsync/core/accounts/sign-in-challenge";
import { randomToken } from "@opengsync/core/shared/token-hash";
import type { Exchange } from "../../framework/exchange.ts";

const passkeyCookie = "opengsync_passkey";

/** What ties the challenges for passkeys to this browser; null when it holds none. */
export function passkeyBrowser(exchange: Exchange): string | null {
	const token = exchange.cookies.get(passkeyCookie);
	return token && /^[\w-]{43}$/.test(token) ? token : null;
}

/** The same, given to the browser or prolonged. */
export function keepPasskeyBrowser(exchange: Exchange): string {
	const token = passkeyBrowser(exchange) ?? randomToken();
	exchange.cookies.set(passkeyCookie, token, challengeLifeSeconds);
	return token;
}
