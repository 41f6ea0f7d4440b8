import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A random URL-safe text of 256 bits. */
export function randomToken(): string {
	return randomBytes(32).toString("base64url");
}

/** What is stored instead of a token: SHA-256, 64 hex digits (data-model.md §1, Tokens). */
export function hashToken(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}

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
