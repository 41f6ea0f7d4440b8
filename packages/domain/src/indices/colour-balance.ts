/** Colour balance of indices: at every position some index needs T or C (lab-workflows.md §13.2). */
import { barcodeBaseConstraint, IndexType } from "../catalog.ts";
import { type IndexKit, type KitAdapter, kitLabel } from "./kit.ts";

/** Typed sequences and kit to check; the grid's rows pair i7 and i5. */
export interface ColourBalanceInput {
	readonly kit: IndexKit | null;
	/** Cleaned, without empty cells. */
	readonly i7: readonly string[];
	readonly i5: readonly string[];
	/** Least number of samples, at least 1. */
	readonly minimumSamples?: number | undefined;
}

/** Adapters of the kit that together with the typed sequences fulfil the rule. */
export type ColourBalanceSuggestion = readonly KitAdapter[];

/** Result of the check. */
export interface ColourBalance {
	/** Why the input cannot be checked, or that no remedy was found; empty = fine. */
	readonly errors: readonly string[];
	/** The typed sequences as compared (i7 and i5 joined where both count). */
	readonly sequences: readonly string[];
	/** Whether the typed sequences alone fulfil the rule. */
	readonly isMet: boolean;
	/** Positions (from 0) where no typed sequence has T or C. */
	readonly lackingPositions: readonly number[];
	readonly suggestions: readonly ColourBalanceSuggestion[];
	/** The search ended at the limit of combinations, not because all were examined or enough were found. */
	readonly isSearchCapped: boolean;
}

const requiredBases: readonly string[] = barcodeBaseConstraint.requiredBases;

/** Positions (from 0) at which none of the sequences has one of the required bases. */
export function findLackingPositions(sequences: readonly string[]): number[] {
	const length = sequences.reduce((longest, sequence) => Math.max(longest, sequence.length), 0);
	const positions = Array.from({ length }, (_, position) => position);
	return positions.filter((position) => !sequences.some((sequence) => requiredBases.includes(sequence[position] ?? "")));
}

/** Checks the typed sequences, and suggests additions from the kit if they do not fulfil the rule, are too few, or none were typed. */
export function checkColourBalance(input: ColourBalanceInput): ColourBalance {
	const errors = checkInput(input);
	const sequences = joinTyped(input);
	const lackingPositions = findLackingPositions(sequences);
	const isMet = sequences.length > 0 && lackingPositions.length === 0;
	const result = { sequences, isMet, lackingPositions, suggestions: [], isSearchCapped: false };
	if (errors.length > 0) return { ...result, errors };
	const missingSamples = Math.max(0, (input.minimumSamples ?? 0) - sequences.length);
	if (isMet && (missingSamples === 0 || !input.kit)) return { ...result, errors };
	if (!input.kit) return { ...result, errors: ["Index constraints not met. Select another kit."] };
	const found = searchCombinations(candidatesOf(input, input.kit, sequences), sequences, Math.max(1, missingSamples));
	return { ...result, errors, ...found };
}

function joinTyped({ i7, i5 }: ColourBalanceInput): string[] {
	if (i7.length > 0 && i5.length > 0) return i7.map((sequence, row) => sequence + (i5[row] ?? ""));
	return [...(i7.length > 0 ? i7 : i5)];
}

/** Which sides of the kit's adapters are compared: those typed; nothing typed: i7 and i5 of a dual kit, else i7. */
function comparedSides({ i7, i5 }: ColourBalanceInput, kit: IndexKit): readonly ("i7" | "i5")[] {
	if (i7.length === 0 && i5.length === 0) return kit.typeId === IndexType.DUAL_INDEX.id ? ["i7", "i5"] : ["i7"];
	return (["i7", "i5"] as const).filter((side) => (side === "i7" ? i7 : i5).length > 0);
}

function checkInput(input: ColourBalanceInput): string[] {
	const { kit, i7, i5 } = input;
	if (!kit && i7.length === 0 && i5.length === 0) return ["Select an index kit or provide some barcodes"];
	if (kit?.typeId === IndexType.TENX_ATAC_INDEX.id) {
		return ["10x ATAC index kits are not supported. They are balanced by design."];
	}
	const errors: string[] = [];
	for (const side of ["i7", "i5"] as const) {
		const typedLengths = new Set(input[side].map((sequence) => sequence.length));
		const compares = kit !== null && comparedSides(input, kit).includes(side);
		const kitLengths = new Set(compares ? kit.adapters.flatMap((adapter) => adapter[side].map(lengthOf)) : []);
		if (kit && kitLengths.size > 1) {
			errors.push(`The selected kit '${kitLabel(kit)}' has ${side} index sequences of different lengths and cannot be used.`);
		} else if (new Set([...typedLengths, ...kitLengths]).size > 1) {
			errors.push(`All ${side} index sequences must be the same length`);
		}
		if (kit && compares && kitLengths.size === 0) errors.push(`The selected kit '${kitLabel(kit)}' has no ${side} indices.`);
	}
	if (i7.length > 0 && i5.length > 0) {
		if (i7.length !== i5.length) errors.push("The number of i7 and i5 sequences must be the same");
		if (kit && kit.typeId !== IndexType.DUAL_INDEX.id)
			errors.push(`The selected kit '${kitLabel(kit)}' is not a dual index kit.`);
	}
	return errors;
}

function lengthOf(barcode: { readonly sequence: string }): number {
	return barcode.sequence.length;
}

interface Candidate {
	readonly adapter: KitAdapter;
	readonly lengthBases: number;
	/** One bit per position, in words of 32: set where the adapter has a required base. */
	readonly signal: readonly number[];
}

function candidatesOf(input: ColourBalanceInput, kit: IndexKit, typed: readonly string[]): Candidate[] {
	const sides = comparedSides(input, kit);
	return kit.adapters.flatMap((adapter) => {
		const sequence = sides.map((side) => adapter[side][0]?.sequence ?? "").join("");
		return sequence === "" || typed.includes(sequence)
			? []
			: [{ adapter, lengthBases: sequence.length, signal: signalOf(sequence) }];
	});
}

function signalOf(sequence: string): number[] {
	const words: number[] = Array.from({ length: Math.ceil(sequence.length / 32) }, () => 0);
	for (let position = 0; position < sequence.length; position++) {
		if (!requiredBases.includes(sequence[position] ?? "")) continue;
		const word = Math.floor(position / 32);
		words[word] = ((words[word] ?? 0) | (1 << (position % 32))) >>> 0;
	}
	return words;
}

/** Combinations of ascending size, in the order of the kit, until enough are found or the limit of examined ones is reached. */
function searchCombinations(
	candidates: readonly Candidate[],
	typed: readonly string[],
	smallestSize: number,
): Pick<ColourBalance, "suggestions" | "isSearchCapped"> {
	const suggestions: ColourBalanceSuggestion[] = [];
	const full = signalOf("T".repeat(candidates[0]?.lengthBases ?? 0));
	const typedSignals = typed.map(signalOf);
	const start = full.map((_, word) => typedSignals.reduce((sum, signal) => (sum | (signal[word] ?? 0)) >>> 0, 0));
	let examined = 0;
	const isDone = (): boolean =>
		suggestions.length >= barcodeBaseConstraint.maxSuggestions || examined >= barcodeBaseConstraint.maxIterations;
	const extend = (from: number, chosen: readonly Candidate[], signal: readonly number[], missing: number): void => {
		if (missing === 0) {
			examined++;
			if (signal.every((word, position) => word === full[position])) suggestions.push(chosen.map(({ adapter }) => adapter));
			return;
		}
		for (let next = from; next <= candidates.length - missing && !isDone(); next++) {
			const candidate = candidates[next];
			if (!candidate) return;
			const joined = signal.map((word, position) => (word | (candidate.signal[position] ?? 0)) >>> 0);
			extend(next + 1, [...chosen, candidate], joined, missing - 1);
		}
	};
	for (let size = smallestSize; size <= candidates.length && !isDone(); size++) extend(0, [], start, size);
	const isSearchCapped =
		suggestions.length < barcodeBaseConstraint.maxSuggestions && examined >= barcodeBaseConstraint.maxIterations;
	return { suggestions, isSearchCapped };
}
