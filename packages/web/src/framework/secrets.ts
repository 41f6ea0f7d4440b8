import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Signature of a text with the site's key, for one purpose only. */
export function sign(secretKey: string, purpose: string, text: string): string {
	return createHmac("sha256", secretKey).update(`${purpose}\0${text}`).digest("base64url");
}

/** Compares two texts in a time that does not tell where they differ. */
export function isSameSecret(a: string, b: string): boolean {
	const left = createHash("sha256").update(a).digest();
	const right = createHash("sha256").update(b).digest();
	return timingSafeEqual(left, right);
}
