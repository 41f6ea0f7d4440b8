/** Identifiers and generated names that people see; formats: catalog `identifiers`. */
import type { LabChecklistType, LibraryType, MemberOf } from "./catalog.ts";

/** Longest name of a pool (data-model.md §7). */

/** `BSR_0042` (data-model.md §4). */
export function requestIdentifier(id: number): string {
	return `BSR_${String(id).padStart(4, "0")}`;
}

/**
 * The id that a typed identifier stands for: its digits (`BSR_0042`, `bsr 42` and `42` → 42; data-model.md §4).
 * Null without digits or beyond the range of database ids.
 */
export function parseIdentifierDigits(text: string): number | null {
	const digits = text.replace(/\D/g, "");
	if (digits === "") return null;
	const id = Number(digits);
	return id <= 2_147_483_647 ? id : null;
}

/** Identifier of a project as shown: its own, or `P` and the id while it has none (data-model.md §5). */
export function projectDisplayIdentifier(project: { readonly id: number; readonly identifier: string | null }): string {
	return project.identifier ?? `P${project.id}`;
}

/** `<sampleName>_<identifier of the library type>`, e.g. `lung_1_BULKRNA`; at most 86 characters when the sample's name has at most 64. */
export function libraryName(sampleName: string, libraryType: MemberOf<typeof LibraryType>): string {
	return `${sampleName}_${libraryType.identifier}`;
}

/** `R0007`: letter of the checklist type and number padded to four digits (data-model.md §8). */
export function labPrepIdentifier(checklistType: MemberOf<typeof LabChecklistType>, prepNumber: number): string {
	return `${checklistType.identifier}${String(prepNumber).padStart(4, "0")}`;
}

/** Name of a prep, followed by `[identifier]` if different. */
export function labPrepDisplayName(name: string, identifier: string): string {
	return name === identifier ? name : `${name} [${identifier}]`;
}

/** Identifier of the n-th dilution of a pool, counted from 1: A … Z, AA, AB … (27 → `AA`). */
export function dilutionLetter(ordinal: number): string {
	let rest = ordinal;
	let letters = "";
	while (rest > 0) {
		const digit = (rest - 1) % 26;
		letters = String.fromCharCode(65 + digit) + letters;
		rest = (rest - 1 - digit) / 26;
	}
	return letters;
}

/** Position of a dilution identifier, counted from 1 (`AA` → 27); null for anything else. */
export function dilutionOrdinal(letters: string): number | null {
	if (!/^[A-Z]{1,4}$/.test(letters)) return null;
	return [...letters].reduce((ordinal, letter) => ordinal * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Name of a pool of a prep: that of the prep, or `<prep name>_<suffix>` (lab-workflows.md §14.1). */
export function prepPoolName(prepName: string, suffix: string | null): string {
	return suffix === null ? prepName : `${prepName}_${suffix}`;
}

/** Name of a plate of a prep: `P-<prep name>` or `P-<prep name>-<plate>`. */
export function prepPlateName(prepName: string, plate: string | null): string {
	return plate === null ? `P-${prepName}` : `P-${prepName}-${plate}`;
}

/** Read configuration of an experiment, `101-10-10-101`; unset parts `X` (lab-workflows.md §17.1) or, for runs, `0`. */
export function readConfiguration(cycles: Cycles, blank: "X" | "0" = "X"): string {
	return [cycles.r1Cycles, cycles.i1Cycles, cycles.i2Cycles, cycles.r2Cycles].map((count) => count ?? blank).join("-");
}

/** Cycles per read; null = not set. */
export interface Cycles {
	readonly r1Cycles: number | null;
	readonly i1Cycles: number | null;
	readonly i2Cycles: number | null;
	readonly r2Cycles: number | null;
}
