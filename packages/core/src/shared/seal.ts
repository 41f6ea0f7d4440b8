import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const ivBytes = 12;
const tagBytes = 16;

/** What a sealed text is; each has a key of its own. */
export type SealPurpose = "share-link" | "two-factor" | "two-factor-set-up" | "unsubscribe";

/**
 * Encrypts a text: AES-256-GCM under a key derived from the site's key by HKDF-SHA-256 for one purpose (data-model.md §12).
 * @returns base64url of nonce, tag and cipher text
 */
export function seal(secretKey: string, purpose: SealPurpose, text: string): string {
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv("aes-256-gcm", sealingKey(secretKey, purpose), iv);
	const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Opens a sealed text; null when it was sealed under another key or for another purpose, or altered. */
export function openSealed(secretKey: string, purpose: SealPurpose, sealed: string): string | null {
	const bytes = Buffer.from(sealed, "base64url");
	if (bytes.length <= ivBytes + tagBytes) return null;
	try {
		const decipher = createDecipheriv("aes-256-gcm", sealingKey(secretKey, purpose), bytes.subarray(0, ivBytes), {
			authTagLength: tagBytes,
		});
		decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
		return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
	} catch {
		return null;
	}
}

function sealingKey(secretKey: string, purpose: SealPurpose): Uint8Array {
	return new Uint8Array(hkdfSync("sha256", secretKey, "", purpose, 32));
}
