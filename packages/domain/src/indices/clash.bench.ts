/** Time of the clash check of 3,000 dual indices; run with `npx tsx packages/domain/src/indices/clash.bench.ts`. */
import { analyseClashes, type ClashRecord } from "./clash.ts";

const recordCount = 3000;
const repetitions = 7;

function randomSequence(lengthBases: number, next: () => number): string {
	return Array.from({ length: lengthBases }, () => "ACGT"[Math.floor(next() * 4)]).join("");
}

/** Small generator with a seed, so that every run compares the same indices. */
function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

function measureMilliseconds(lengthI7: number, lengthI5: number): number {
	const next = seededRandom(7);
	const records: ClashRecord[] = Array.from({ length: recordCount }, (_, number) => ({
		libraryId: number,
		libraryName: `library_${number}`,
		i7: randomSequence(lengthI7, next),
		i5: randomSequence(lengthI5, next),
	}));
	const times = Array.from({ length: repetitions }, () => {
		const start = performance.now();
		analyseClashes({ records });
		return performance.now() - start;
	});
	return times.sort((a, b) => a - b)[Math.floor(repetitions / 2)] ?? Number.NaN;
}

for (const [lengthI7, lengthI5] of [
	[10, 10],
	[24, 24],
] as const) {
	const milliseconds = measureMilliseconds(lengthI7, lengthI5).toFixed(0);
	console.log(
		`${recordCount} indices ${lengthI7}+${lengthI5}, all pairs in all orientations: ${milliseconds} ms (median of ${repetitions})`,
	);
}
