/**
 * What is typed, kept in the browser until the server has it: survives a closed browser, an expired session and a failed connection.
 * localStorage, because it is written before the page is gone; a draft of 5,000 × 12 cells is about 1 MB.
 */
import type { RawSheet } from "@opengsync/domain/sheets/types";
import type { FieldValues } from "./form-fields.ts";

const prefix = "opengsync.sheet-draft.";
const maximumAgeMs = 30 * 24 * 3600 * 1000;

/** A sheet and the fields beside it. */
export interface Typed {
	readonly sheet: RawSheet;
	readonly values: FieldValues;
}

/** A sheet as it was typed. */
export interface Draft extends Typed {
	/** Version of the server's draft that this browser knew; 0 = none. */
	readonly serverVersion: number;
	/** Fingerprint of what the server had shown when typing began. */
	readonly base: string;
	/** Milliseconds since 1970. */
	readonly savedAt: number;
	/** True once the form has been sent; whether it was accepted shows in what the server presents next. */
	readonly submitted: boolean;
}

/** Short text that differs when the content differs (FNV-1a, 32 bit; not for security). */
function fingerprintOf(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index += 1) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return `${text.length.toString(36)}-${(hash >>> 0).toString(36)}`;
}

/** Fingerprint of what is typed. */
export function fingerprintOfTyped({ sheet, values }: Typed): string {
	return fingerprintOf(JSON.stringify([sheet, values]));
}

/** True for a value that `writeDraft` has written. */
function isDraft(value: unknown): value is Omit<Draft, "values" | "serverVersion"> & Partial<Draft> {
	return (
		typeof value === "object" &&
		value !== null &&
		"sheet" in value &&
		"base" in value &&
		"savedAt" in value &&
		typeof value.savedAt === "number" &&
		typeof value.sheet === "object" &&
		value.sheet !== null &&
		"columns" in value.sheet &&
		"rows" in value.sheet &&
		Array.isArray(value.sheet.columns) &&
		Array.isArray(value.sheet.rows)
	);
}

/** The draft of a key, or null when there is none that can be read. */
export function readDraft(storage: Storage, key: string): Draft | null {
	try {
		const value: unknown = JSON.parse(storage.getItem(prefix + key) ?? "null");
		return isDraft(value) ? { values: {}, serverVersion: 0, ...value } : null;
	} catch {
		return null;
	}
}

/** Keeps the draft. Returns false when the browser refuses (no space, or storage is switched off). */
export function writeDraft(storage: Storage, key: string, draft: Draft): boolean {
	try {
		storage.setItem(prefix + key, JSON.stringify(draft));
		return true;
	} catch {
		return false;
	}
}

/** Forgets the draft of a key. */
export function removeDraft(storage: Storage, key: string): void {
	storage.removeItem(prefix + key);
}

/** Forgets drafts that nobody has touched for thirty days. */
export function removeOldDrafts(storage: Storage, now: number): void {
	for (const name of Object.keys(storage)) {
		if (name.startsWith(prefix)) {
			const draft = readDraft(storage, name.slice(prefix.length));
			if (!draft || now - draft.savedAt > maximumAgeMs) {
				storage.removeItem(name);
			}
		}
	}
}

/**
 * Whether a draft holds work that the server does not have: it differs from what the server shows, and it was not sent – or it was sent
 * and the server still shows what it had shown before (an expired session).
 */
export function isUnsaved(draft: Draft, shown: Typed): boolean {
	const shownFingerprint = fingerprintOfTyped(shown);
	if (fingerprintOfTyped(draft) === shownFingerprint) {
		return false;
	}
	return !draft.submitted || draft.base === shownFingerprint;
}
