import { z } from "zod";
import type { Cookies } from "./cookies.ts";
import type { Flash } from "./exchange.ts";
import { isSameSecret, sign } from "./secrets.ts";

/** Cookie of the notices of somebody who is not signed in. */
const flashCookie = "opengsync_flash";

const flashList = z.array(z.object({ category: z.enum(["success", "info", "warning", "error"]), message: z.string() }));

/** Keeps notices for the next page of a browser that has no session; signed, so that nobody can plant a text. */
export function keepAnonymousFlashes(cookies: Cookies, secretKey: string, flashes: readonly Flash[]): void {
	if (flashes.length === 0) return;
	const text = Buffer.from(JSON.stringify(flashes.slice(0, 5))).toString("base64url");
	cookies.set(flashCookie, `${text}.${sign(secretKey, "flash", text)}`, 3600);
}

/** Takes the notices out of the cookie. */
export function takeAnonymousFlashes(cookies: Cookies, secretKey: string): Flash[] {
	const [text, signature] = (cookies.get(flashCookie) ?? "").split(".");
	if (!text || !signature) return [];
	cookies.remove(flashCookie);
	if (!isSameSecret(signature, sign(secretKey, "flash", text))) return [];
	const parsed = flashList.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
	return parsed.success ? parsed.data : [];
}
