import { createHash, randomBytes } from "node:crypto";

/** A random URL-safe text of 256 bits, 43 characters. */
export function randomToken(): string {
	return randomBytes(32).toString("base64url");
}

/** What is stored instead of a token: SHA-256, 64 hex digits (data-model.md §1, Tokens). */
export function hashToken(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}
