import type { ChoiceOption } from "./types.ts";

/** Letters and digits in lower case without accents: what two texts have to share to mean the same. */
function essenceOf(text: string): string {
	return text
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, "");
}

/** Number of single-character edits between two texts, or `limit` + 1 as soon as it is larger than `limit`. */
function countEdits(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const current = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
		}
		if (Math.min(...current) > limit) return limit + 1;
		previous = current;
	}
	return previous[b.length] ?? limit + 1;
}

/** The only element that fulfils the condition, or null. */
function findOnly<T>(items: readonly T[], condition: (item: T) => boolean): T | null {
	const found = items.filter(condition);
	return found.length === 1 ? (found[0] ?? null) : null;
}

/** An option in the forms in which texts are compared. */
interface Candidate {
	readonly label: string;
	readonly lowerCase: string;
	readonly essence: string;
	/** Essence of what stands before a parenthesis. */
	readonly head: string;
}

/** Among more options than this, typing errors are not looked for: it would take too long for a whole sheet. */
const maxOptionsForTypingErrors = 100;

const candidatesByOptions = new WeakMap<readonly ChoiceOption[], readonly Candidate[]>();

/** The candidates of a list of options, made once per list. */
function listCandidates(options: readonly ChoiceOption[]): readonly Candidate[] {
	const known = candidatesByOptions.get(options);
	if (known) return known;
	const candidates = options.map(({ label }) => ({
		label,
		lowerCase: label.toLowerCase(),
		essence: essenceOf(label),
		head: essenceOf(label.replace(/\(.*$/u, "")),
	}));
	candidatesByOptions.set(options, candidates);
	return candidates;
}

/** Whether the text is followed by something that ends a word: `lung_1` in `lung_1_WGS`, but not in `lung_10_WGS`. */
function beginsAsWord(lowerCase: string, text: string): boolean {
	return lowerCase.startsWith(text) && !/[\p{L}\p{N}]/u.test(lowerCase.charAt(text.length));
}

/**
 * Label of the option that a wrong text probably means, or null when none or several come into question: equal but for case, spaces
 * and punctuation; else the only option that begins with the text (as whole words first); else the only one that contains it; else the
 * only one within two typing errors. "human" → "Human (Homo sapiens)".
 */
export function suggestOption(options: readonly ChoiceOption[], text: string): string | null {
	const wanted = essenceOf(text);
	if (wanted.length < 2) return null;
	const candidates = listCandidates(options);
	const start = text.trim().toLowerCase();
	const isNear = ({ essence, head }: Candidate) => Math.min(countEdits(wanted, essence, 2), countEdits(wanted, head, 2)) <= 2;
	const found =
		findOnly(candidates, (candidate) => candidate.essence === wanted) ??
		findOnly(candidates, (candidate) => candidate.head === wanted) ??
		findOnly(candidates, (candidate) => beginsAsWord(candidate.lowerCase, start)) ??
		findOnly(candidates, (candidate) => candidate.essence.startsWith(wanted)) ??
		(wanted.length >= 3 ? findOnly(candidates, (candidate) => candidate.essence.includes(wanted)) : null) ??
		(wanted.length >= 4 && candidates.length <= maxOptionsForTypingErrors ? findOnly(candidates, isNear) : null);
	return found?.label ?? null;
}
