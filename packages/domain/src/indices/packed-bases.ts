/**
 * Index pairs as bits, for comparing thousands of them with each other (lab-workflows.md §13.1).
 *
 * A block is three 32-bit words (planes): two bits per base, and a mask that says where there is a base other than N. The lower half of
 * each word holds 16 bases of the first segment (i7), the upper half 16 bases of the second (i5). One exclusive-or per plane compares
 * both segments, and one population count gives both distances.
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

/**
 * Distances of record `a` of `left` and record `b` of `right`: positions where both have a base and the bases differ; those of the first
 * segment in the lower 16 bits of the result, those of the second in the upper 16. Both sides must have equal `blocksPerRecord`.
 */
export function distancesOf(left: PackedPairs, a: number, right: PackedPairs, b: number): number {
	const blocks = left.blocksPerRecord;
	let sum = 0;
	for (let block = 0; block < blocks; block++) {
		const i = a * blocks + block;
		const j = b * blocks + block;
		const differs =
			(((left.high[i] as number) ^ (right.high[j] as number)) | ((left.low[i] as number) ^ (right.low[j] as number))) &
			(left.mask[i] as number) &
			(right.mask[j] as number);
		sum += countHalves(differs);
	}
	return sum;
}

/** Bits set in the lower half of a word, plus 65536 times those in its upper half. */
function countHalves(word: number): number {
	let count = word - ((word >>> 1) & 0x55555555);
	count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
	count = (count + (count >>> 4)) & 0x0f0f0f0f;
	return (count + (count >>> 8)) & 0x00ff00ff;
}

/** Distance of the first segment. */
export function firstOf(distances: number): number {
	return distances & 0xffff;
}

/** Distance of the second segment. */
export function secondOf(distances: number): number {
	return distances >>> 16;
}
