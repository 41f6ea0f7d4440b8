/** Smallest distances of index sets to those of other libraries, in all orientations (lab-workflows.md §13.1). */
import { reverseComplement } from "../text-rules.ts";
import { bitCounts, blocksForLength, type PackedPairs, packPairs } from "./packed-bases.ts";

/** i7 and i5 of an index set; empty = none. */
export interface IndexPair {
	readonly i7: string;
	readonly i5: string;
}

/** Smallest distances of a record to those of other libraries. */
export interface Minima {
	/** Record at the smallest own distance. */
	readonly partner: number;
	readonly own: number;
	/** RC(i7)+i5. */
	readonly i7Reversed: number;
	/** i7+RC(i5). */
	readonly i5Reversed: number;
	/** RC(i7)+RC(i5). */
	readonly bothReversed: number;
	/** RC(i5)+RC(i7); RC(i7) for a record without i5. */
	readonly wholeReversed: number;
}

/**
 * The minima of each record; null where no other library has a record. Compares every pair of records in the order of squares: 3,000
 * dual indices take about 0.1 s.
 * @param libraries number of the library of each record; records of one library are not compared
 */
export function findMinima(pairs: readonly IndexPair[], libraries: Int32Array): (Minima | null)[] {
	const lengthBases = pairs.reduce((length, { i7, i5 }) => Math.max(length, i7.length, i5.length), 0);
	const blocks = blocksForLength(lengthBases);
	const packed: Orientations = {
		forward: packPairs(
			pairs.map(({ i7, i5 }) => [i7, i5]),
			blocks,
		),
		reversed: packPairs(
			pairs.map(({ i7, i5 }) => [reverseComplement(i7), reverseComplement(i5)]),
			blocks,
		),
		exchanged: packPairs(pairs.map(reverseWhole), blocks),
	};
	const sums: Sums = {
		own: new Int32Array(pairs.length),
		reversed: new Int32Array(pairs.length),
		exchanged: new Int32Array(pairs.length),
	};
	return pairs.map((_, record) => {
		sumLeadingBlocks(packed, record, sums);
		return minimaOf(packed, libraries, record, sums);
	});
}

/** RC(i5)+RC(i7), compared as i7+i5; the whole of an index without i5 is its i7, and padding stays on the right. */
function reverseWhole({ i7, i5 }: IndexPair): readonly [first: string, second: string] {
	return i5 === "" ? [reverseComplement(i7), ""] : [reverseComplement(i5), reverseComplement(i7)];
}

interface Orientations {
	readonly forward: PackedPairs;
	readonly reversed: PackedPairs;
	readonly exchanged: PackedPairs;
}

/**
 * Distances of one record to all others over all blocks but the last, i7 in the lower and i5 in the upper half; all zero where one block
 * holds the indices, which is the rule.
 */
interface Sums {
	readonly own: Int32Array;
	readonly reversed: Int32Array;
	readonly exchanged: Int32Array;
}

/** An entry that is known to exist; without the check for undefined, which the inner loop would pay for. */
function at(words: Int32Array, position: number): number {
	return words[position] as number;
}

/** Bits set in a half-word. Apart from {@link at}, because one function for two kinds of arrays would be slow. */
function bitsIn(halfWord: number): number {
	return bitCounts[halfWord] as number;
}

function sumLeadingBlocks(packed: Orientations, record: number, sums: Sums): void {
	for (let block = 0; block < packed.forward.blocksPerRecord - 1; block++) {
		addBlock(packed.forward, packed.forward, record, block, sums.own);
		addBlock(packed.reversed, packed.forward, record, block, sums.reversed);
		addBlock(packed.exchanged, packed.forward, record, block, sums.exchanged);
	}
}

function addBlock(left: PackedPairs, right: PackedPairs, record: number, block: number, sums: Int32Array): void {
	const blocks = left.blocksPerRecord;
	const own = record * blocks + block;
	for (let other = 0; other < sums.length; other++) {
		const word = other * blocks + block;
		const differs =
			((at(left.high, own) ^ at(right.high, word)) | (at(left.low, own) ^ at(right.low, word))) &
			at(left.mask, own) &
			at(right.mask, word);
		const before = block === 0 ? 0 : at(sums, other);
		sums[other] = before + bitsIn(differs & 0xffff) + (bitsIn(differs >>> 16) << 16);
	}
}

/** Compares the last block of a record with that of all others and keeps the smallest distances: the inner loop, so all in one. */
function minimaOf(packed: Orientations, libraries: Int32Array, record: number, sums: Sums): Minima | null {
	const { forward, reversed, exchanged } = packed;
	const { high, low, mask } = forward;
	const blocks = forward.blocksPerRecord;
	const last = blocks - 1;
	const own = record * blocks + last;
	const [high0, low0, mask0] = [at(high, own), at(low, own), at(mask, own)];
	const [high1, low1, mask1] = [at(reversed.high, own), at(reversed.low, own), at(reversed.mask, own)];
	const [high2, low2, mask2] = [at(exchanged.high, own), at(exchanged.low, own), at(exchanged.mask, own)];
	const library = at(libraries, record);
	let partner = -1;
	let minOwn = 0xffff;
	let i7Reversed = 0xffff;
	let i5Reversed = 0xffff;
	let bothReversed = 0xffff;
	let wholeReversed = 0xffff;
	for (let other = 0, word = last; other < libraries.length; other++, word += blocks) {
		if (at(libraries, other) === library) continue;
		const highOther = at(high, word);
		const lowOther = at(low, word);
		const maskOther = at(mask, word);
		const differs0 = ((high0 ^ highOther) | (low0 ^ lowOther)) & mask0 & maskOther;
		const differs1 = ((high1 ^ highOther) | (low1 ^ lowOther)) & mask1 & maskOther;
		const differs2 = ((high2 ^ highOther) | (low2 ^ lowOther)) & mask2 & maskOther;
		let i7 = bitsIn(differs0 & 0xffff);
		let i5 = bitsIn(differs0 >>> 16);
		let turnedI7 = bitsIn(differs1 & 0xffff);
		let turnedI5 = bitsIn(differs1 >>> 16);
		let whole = bitsIn(differs2 & 0xffff) + bitsIn(differs2 >>> 16);
		if (blocks > 1) {
			i7 += at(sums.own, other) & 0xffff;
			i5 += at(sums.own, other) >>> 16;
			turnedI7 += at(sums.reversed, other) & 0xffff;
			turnedI5 += at(sums.reversed, other) >>> 16;
			whole += (at(sums.exchanged, other) & 0xffff) + (at(sums.exchanged, other) >>> 16);
		}
		if (i7 + i5 < minOwn) {
			minOwn = i7 + i5;
			partner = other;
		}
		if (turnedI7 + i5 < i7Reversed) i7Reversed = turnedI7 + i5;
		if (i7 + turnedI5 < i5Reversed) i5Reversed = i7 + turnedI5;
		if (turnedI7 + turnedI5 < bothReversed) bothReversed = turnedI7 + turnedI5;
		if (whole < wholeReversed) wholeReversed = whole;
	}
	return partner < 0 ? null : { partner, own: minOwn, i7Reversed, i5Reversed, bothReversed, wholeReversed };
}
