/** Matching of typed sequences with kits, step `barcode_match` (requests-and-annotation.md §6.4). */
import { BarcodeOrientation } from "../catalog.ts";
import { reverseComplement } from "../text-rules.ts";
import type { ResolvedBarcodeRow, ResolvedIndex } from "./index-set.ts";
import { type IndexKit, type IndexSide, kitLabel, kitsOfTypes, kitTypeIdsForI5, kitTypeIdsForI7, lookupOf } from "./kit.ts";
import { applyOrientationAnswer, type OrientationAnswer, orientationAnswers } from "./orientation.ts";

/** A kit that contains every given sequence of a side, as given or as reverse complement. */
export interface KitCandidate {
	readonly kitId: number;
	readonly isReverseComplement: boolean;
	/** Value of the option; carries kit and orientation. */
	readonly choice: string;
	/** `[identifier] name` or `[identifier] name (Reverse Complement)`. */
	readonly label: string;
}

/** What `barcode_match` asks. */
export interface KitMatches {
	/** Displayed numbers of the rows concerned; none = the step does not apply. */
	readonly rows: readonly number[];
	/** Null when no row is concerned. */
	readonly i7: readonly KitCandidate[] | null;
	/** Null when none of the rows has an i5 sequence. */
	readonly i5: readonly KitCandidate[] | null;
}

/** Value of the option *custom*; the default option *select kit* is empty. */
export const customChoice = "custom";

/** Answer for one side. */
export interface SideAnswer {
	/** Empty = not answered, {@link customChoice}, or the choice of a candidate. */
	readonly choice: string;
	/** Needed for custom. */
	readonly orientation?: OrientationAnswer | undefined;
	/** Needed for custom, at most 1024 characters. */
	readonly primer?: string | undefined;
}

/** Answers for all rows concerned together. */
export interface MatchAnswers {
	readonly i7?: SideAnswer | undefined;
	readonly i5?: SideAnswer | undefined;
}

/** Something missing or wrong in the answers. */
export interface AnswerProblem {
	readonly side: IndexSide;
	readonly field: "kit" | "orientation" | "primer";
	readonly message: string;
}

/** Thrown when answers that {@link checkMatchAnswers} refuses are applied. */
export class MatchAnswerError extends Error {
	readonly problems: readonly AnswerProblem[];
	constructor(problems: readonly AnswerProblem[]) {
		super(problems.map((problem) => problem.message).join(" "));
		this.name = "MatchAnswerError";
		this.problems = problems;
	}
}

/** Rows that are asked for: not deleted, without kit, not kept with a known orientation. */
function isConcerned(row: ResolvedBarcodeRow): boolean {
	return !row.isDeleted && !row.namesKit && !row.isKept && row.i7 !== null;
}

/** Which rows are concerned, and the candidate kits per side: those with **every** distinct sequence, in either orientation. */
export function findKitMatches(rows: readonly ResolvedBarcodeRow[], kits: readonly IndexKit[]): KitMatches {
	const concerned = rows.filter(isConcerned);
	const sequencesI7 = sequencesOf(concerned, "i7");
	const sequencesI5 = sequencesOf(concerned, "i5");
	return {
		rows: concerned.map((row) => row.row),
		i7: concerned.length === 0 ? null : findCandidates("i7", sequencesI7, kitsOfTypes(kits, kitTypeIdsForI7)),
		i5: sequencesI5.length === 0 ? null : findCandidates("i5", sequencesI5, kitsOfTypes(kits, kitTypeIdsForI5)),
	};
}

function sequencesOf(rows: readonly ResolvedBarcodeRow[], side: IndexSide): string[] {
	return [...new Set(rows.flatMap((row) => row[side]?.sequence ?? []))];
}

function findCandidates(side: IndexSide, sequences: readonly string[], kits: readonly IndexKit[]): KitCandidate[] {
	const reversed = sequences.map(reverseComplement);
	return kits.flatMap((kit) => {
		const { bySequence } = lookupOf(kit)[side];
		const candidates: KitCandidate[] = [];
		for (const isReverseComplement of [false, true]) {
			const searched = isReverseComplement ? reversed : sequences;
			if (!searched.every((sequence) => bySequence.has(sequence))) continue;
			const choice = `${kit.id}:${isReverseComplement ? "reverseComplement" : "forward"}`;
			const label = isReverseComplement ? `${kitLabel(kit)} (Reverse Complement)` : kitLabel(kit);
			candidates.push({ kitId: kit.id, isReverseComplement, choice, label });
		}
		return candidates;
	});
}

/** What is missing or wrong in the answers to these matches. */
export function checkMatchAnswers(matches: KitMatches, answers: MatchAnswers): AnswerProblem[] {
	return (["i7", "i5"] as const).flatMap((side) => {
		const candidates = matches[side];
		return candidates ? checkSideAnswer(side, candidates, answers[side]) : [];
	});
}

function checkSideAnswer(side: IndexSide, candidates: readonly KitCandidate[], answer: SideAnswer | undefined): AnswerProblem[] {
	const choice = answer?.choice ?? "";
	if (choice === "") return [{ side, field: "kit", message: `Select the ${side} kit, or "Custom".` }];
	if (choice !== customChoice) {
		if (candidates.some((candidate) => candidate.choice === choice)) return [];
		return [{ side, field: "kit", message: `This ${side} kit does not contain all sequences.` }];
	}
	const problems: AnswerProblem[] = [];
	const primer = answer?.primer?.trim() ?? "";
	if (!orientationAnswers.some((known) => known.value === answer?.orientation)) {
		problems.push({ side, field: "orientation", message: `Say how the ${side} sequences are written.` });
	}
	if (primer === "") problems.push({ side, field: "primer", message: `Give the ${side} primer sequence.` });
	if (primer.length > 1024) {
		problems.push({ side, field: "primer", message: `The ${side} primer sequence may have at most 1024 characters.` });
	}
	return problems;
}

/** The rows after the answers; rows that are not concerned stay. Throws {@link MatchAnswerError}. */
export function applyMatchAnswers(
	rows: readonly ResolvedBarcodeRow[],
	answers: MatchAnswers,
	kits: readonly IndexKit[],
): ResolvedBarcodeRow[] {
	const matches = findKitMatches(rows, kits);
	const problems = checkMatchAnswers(matches, answers);
	if (problems.length > 0) throw new MatchAnswerError(problems);
	return rows.map((row) => {
		if (!isConcerned(row)) return row;
		return {
			...row,
			i7: applyAnswer(row.i7, "i7", matches, answers, kits),
			i5: applyAnswer(row.i5, "i5", matches, answers, kits),
		};
	});
}

function applyAnswer(
	index: ResolvedIndex | null,
	side: IndexSide,
	matches: KitMatches,
	answers: MatchAnswers,
	kits: readonly IndexKit[],
): ResolvedIndex | null {
	if (!index) return null;
	const answer = answers[side];
	const candidate = matches[side]?.find((known) => known.choice === answer?.choice);
	const kit = kits.find((known) => known.id === candidate?.kitId);
	if (!candidate || !kit) return applyOrientationAnswer(index, answer?.orientation ?? "unknown");
	const sequence = candidate.isReverseComplement ? reverseComplement(index.sequence) : index.sequence;
	const name = lookupOf(kit)[side].bySequence.get(sequence)?.name ?? null;
	return { kitId: kit.id, name, sequence, orientationId: BarcodeOrientation.FORWARD.id };
}

/**
 * Comments to record with the request (§5.18, §8): per side "*answer*: *library names*", and the primer where one was asked for.
 * Not cut to a length.
 */
export function describeMatchAnswers(
	rows: readonly ResolvedBarcodeRow[],
	answers: MatchAnswers,
	kits: readonly IndexKit[],
): string[] {
	const matches = findKitMatches(rows, kits);
	return (["i7", "i5"] as const).flatMap((side) => {
		const answer = answers[side];
		const candidates = matches[side];
		if (!answer || !candidates) return [];
		const concerned = rows.filter((row) => isConcerned(row) && row[side] !== null);
		const names = [...new Set(concerned.map((row) => row.libraryName))].join(", ");
		const comment = `${side} ${describeAnswer(answer, candidates)}: ${names}`;
		const primer = answer.choice === customChoice ? (answer.primer?.trim() ?? "") : "";
		return primer === "" ? [comment] : [comment, `${side} Primer Sequence: ${primer}`];
	});
}

function describeAnswer(answer: SideAnswer, candidates: readonly KitCandidate[]): string {
	const candidate = candidates.find((known) => known.choice === answer.choice);
	if (candidate) return candidate.label;
	const orientation = orientationAnswers.find((known) => known.value === answer.orientation);
	return `Custom, ${orientation?.label ?? "orientation not given"}`;
}
