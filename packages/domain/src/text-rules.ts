/**
 * The text rules of requests-and-annotation.md §3.4. Clean-ups return the new text; checks return a message for people, or null when
 * the text is fine. The parametrised rules return functions that fit `clean` and `check` of a sheet's column.
 */

/** What {@link cleanName} does with white space inside a name: `_` in its place ("replace") or nothing ("remove"). */
export type SpaceRule = "replace" | "remove";

/**
 * clean-name(keep): trims, turns spaces (and `-` unless kept) into `_`, drops what is neither letter nor digit of any script nor kept,
 * collapses runs of `_`. Letters written as base + combining mark are composed first, so that a later check shows them to the user.
 * @param keep characters to keep, e.g. `"_."`; blanks in it are separators and mean nothing
 * @param spaces "remove" = the rule's "no spaces" variant
 */
export function cleanName(keep: string, spaces: SpaceRule = "replace"): (text: string) => string {
	const kept = new Set(keep.replaceAll(" ", ""));
	return (text) => {
		const spaced = text
			.normalize("NFC")
			.trim()
			.replace(/\s/gu, spaces === "replace" ? "_" : "");
		const dashed = kept.has("-") ? spaced : spaced.replaceAll("-", "_");
		return [...dashed]
			.filter((character) => kept.has(character) || /[\p{L}\p{N}]/u.test(character))
			.join("")
			.replace(/_+/g, "_");
	};
}

/** clean-name(`. - _`), the rule *alphanumeric*. */
export const alphanumeric: (text: string) => string = cleanName(".-_");

/** clean-sequence: capitalises, and drops everything that is neither letter nor digit (capitals of some letters bring accents). `" gca cct-agc"` → `"GCACCTAGC"`. */
export function cleanSequence(text: string): string {
	return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * check-name(specials): only ASCII letters, digits and the specials; the message names the first bad character and what is permitted.
 * @param specials permitted special characters; blanks in it are separators and mean nothing
 */
export function checkName(specials = "-_."): (text: string) => string | null {
	const permitted = [...specials].filter((character) => character !== " ");
	const hint = permitted.length === 0 ? "" : ` and ${permitted.map((character) => `“${character}”`).join(" ")}`;
	return (text) => {
		const bad = [...text.normalize("NFC")].find(
			(character) => !/^[A-Za-z0-9]$/.test(character) && !permitted.includes(character),
		);
		if (bad === undefined) return null;
		const shown = /\s/u.test(bad) ? "A space" : `Character “${bad}”`;
		return `${shown} is not permitted; use only letters A–Z, digits${hint}`;
	};
}

/** check-bases: only A, C, G, T and N; the message names the first other character. */
export function checkBases(sequence: string): string | null {
	const bad = [...sequence].find((character) => !"ACGTN".includes(character));
	return bad === undefined ? null : `“${bad}” is not a base; a sequence consists of A, C, G, T and N`;
}

const latinOfGreek: Readonly<Record<string, string>> = {
	α: "a",
	β: "b",
	γ: "g",
	δ: "d",
	ε: "e",
	ζ: "z",
	η: "h",
	θ: "th",
	ι: "i",
	κ: "k",
	λ: "l",
	μ: "m",
	ν: "n",
	ξ: "x",
	ο: "o",
	π: "p",
	ρ: "r",
	σ: "s",
	ς: "s",
	τ: "t",
	υ: "y",
	φ: "f",
	χ: "ch",
	ψ: "ps",
	ω: "o",
};

function latinise(character: string): string {
	const latin = latinOfGreek[character];
	if (latin !== undefined) return latin;
	const latinOfCapital = latinOfGreek[character.toLowerCase()];
	if (latinOfCapital === undefined) return character;
	return latinOfCapital.charAt(0).toUpperCase() + latinOfCapital.slice(1);
}

/**
 * ascii-identifier: Greek letters become Latin ones (`Θ` → `Th`), accents fall away, spaces become `_`, and of the rest only ASCII letters,
 * digits and `_ . -` stay. Decomposition comes first, so that accented Greek letters are transcribed too.
 */
export function asciiIdentifier(text: string): string {
	return [...text.normalize("NFKD")]
		.map(latinise)
		.join("")
		.replaceAll(" ", "_")
		.replace(/[^A-Za-z0-9_.-]/g, "");
}

/** well: trimmed, capitals, no zeros between row letter and number: `" a01"` → `"A1"`. */
export function cleanWell(text: string): string {
	return text
		.trim()
		.toUpperCase()
		.replace(/^([A-Z]+)0+(?=\d)/, "$1");
}

/** A number as a spreadsheet shows it: 15 significant digits, which hides the tail of binary fractions. */
function showNumber(value: number): string {
	return String(Number(value.toPrecision(15)));
}

/**
 * kit-identifier, for cells that come from Excel: `"#E6609"` → `"E6609"`, `"191,96"` → `"191.96"`, 191.96000000000001 → `"191.96"`.
 * Texts of digits stay as they are (`"020"`, `"1.10"`), unless they carry more digits than a spreadsheet shows.
 */
export function kitIdentifier(cell: string | number): string {
	if (typeof cell === "number") return showNumber(cell);
	const text = cell.trim().replace(/^#/, "").trim();
	const dotted = /^\d+,\d+$/.test(text) ? text.replace(",", ".") : text;
	return /^\d+\.\d+$/.test(dotted) && dotted.length > 16 ? showNumber(Number(dotted)) : dotted;
}

const complements: Readonly<Record<string, string>> = { A: "T", T: "A", C: "G", G: "C" };

/** Reverse complement: reversed, A↔T and C↔G swapped; N and every other character stay. */
export function reverseComplement(sequence: string): string {
	return [...sequence]
		.reverse()
		.map((base) => complements[base] ?? base)
		.join("");
}
