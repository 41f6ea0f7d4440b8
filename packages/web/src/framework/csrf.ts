import { BadRequestError } from "@opengsync/core/errors";
import { randomToken } from "@opengsync/core/shared/token-hash";
import type { Cookies } from "./cookies.ts";
import { isSameSecret, sign } from "./secrets.ts";

/** Cookie that ties the forms of somebody who is not signed in to the browser (signed double submission). */
export const csrfCookie = "opengsync_csrf";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS", "PROPFIND"]);

/** Whether a method changes something and so needs the token. */
export function needsForgeryCheck(method: string): boolean {
	return !safeMethods.has(method);
}

/** Token of a session, or of the browser's cookie where nobody is signed in; the cookie is set when missing. */
export function csrfTokenFor(secretKey: string, sessionSecret: string | null, cookies: Cookies, mayIssue: boolean): string {
	if (sessionSecret !== null) return sign(secretKey, "csrf", sessionSecret);
	let browser = cookies.get(csrfCookie);
	if (!browser || browser.length < 32) {
		if (!mayIssue) return "";
		browser = randomToken();
		cookies.set(csrfCookie, browser);
	}
	return sign(secretKey, "csrf-anonymous", browser);
}

/** @throws BadRequestError when the request came from another site, or its token is missing or stale */
export function checkForgery(request: Request, expected: string, sent: string | null, ownHosts: readonly string[]): void {
	const site = request.headers.get("sec-fetch-site");
	const origin = request.headers.get("origin");
	const foreign =
		(site !== null && site !== "same-origin" && site !== "none") || (origin !== null && !isOwn(origin, site, ownHosts));
	if (foreign || expected === "" || sent === null || !isSameSecret(sent, expected)) {
		throw new BadRequestError("This page is out of date. Please reload the page and try again.");
	}
}

/** Pages that hide their address (`no-referrer`) send the origin `null`; then the browser's own word about the site decides. */
function isOwn(origin: string, site: string | null, ownHosts: readonly string[]): boolean {
	if (origin === "null") return site === "same-origin";
	return URL.canParse(origin) && ownHosts.includes(new URL(origin).host);
}
