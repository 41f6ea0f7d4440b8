/**
 * Index pairs as bits, for comparing thousands of them with each other (lab-workflows.md §13.1).
 *
 * A block is three 32-bit words (planes): two bits per base, and a mask that says where there is a base other than N. The lower half of
 * each word holds 16 bases of the first segment (i7), the upper half 16 bases of the second (i5). One exclusive-or per plane compares
 * both segments; the bits set in each half are the distances.
 */

const basesPerBlock = 16;

const baseBits: Readonly<Record<string, number>> = { A: 0, C: 1, G: 2, T: 3 };

/** Two segments per record, packed. */
export interface PackedPairs {
	readonly blocksPerRecord: number;
	readonly high: Int32Array;
	readonly low: Int32Array;
	readonly mask: Int32Array;
}

/** Blocks that sequences of this length need. */
export function blocksForLength(lengthBases: number): number {
	return Math.max(1, Math.ceil(lengthBases / basesPerBlock));
}

/** Packs the records; positions beyond the end of a sequence count as N, and so does everything that is no base. */
export function packPairs(pairs: readonly (readonly [first: string, second: string])[], blocksPerRecord: number): PackedPairs {
	const words = pairs.length * blocksPerRecord;
	const packed = {
		blocksPerRecord,
		high: new Int32Array(words),
		low: new Int32Array(words),
		mask: new Int32Array(words),
	};
	pairs.forEach(([first, second], record) => {
		packSegment(packed, record * blocksPerRecord, first, 0);
		packSegment(packed, record * blocksPerRecord, second, basesPerBlock);
	});
	return packed;
}

function packSegment(packed: PackedPairs, firstWord: number, sequence: string, shift: number): void {
	for (let position = 0; position < sequence.length; position++) {
		const bits = baseBits[sequence[position] ?? ""];
		if (bits === undefined) continue;
		const word = firstWord + Math.floor(position / basesPerBlock);
		const bit = 1 << (shift + (position % basesPerBlock));
		packed.mask[word] = (packed.mask[word] ?? 0) | bit;
		if (bits & 1) packed.low[word] = (packed.low[word] ?? 0) | bit;
		if (bits & 2) packed.high[word] = (packed.high[word] ?? 0) | bit;
	}
}

/** Number of bits set in each half-word: two look-ups in a table that stays in the cache are faster than counting. */
export const bitCounts: Uint8Array = countBits();

function countBits(): Uint8Array {
	const counts = new Uint8Array(65536);
	for (let value = 1; value < counts.length; value++) counts[value] = (counts[value >>> 1] as number) + (value & 1);
	return counts;
}
