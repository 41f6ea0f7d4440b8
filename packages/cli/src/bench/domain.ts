import { buildPooledLibrarySheet } from "@opengsync/domain/annotation/pooled-library-annotation";
import { buildSampleAnnotationSheet } from "@opengsync/domain/annotation/sample-annotation";
import { analyseClashes, type ClashRecord } from "@opengsync/domain/indices/clash";
import type { RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";
import { validateSheet } from "@opengsync/domain/sheets/validate-sheet";
import type { Measurement } from "./measurement.ts";

const repetitions = 7;

/** Median time of a calculation, after one run to warm up. */
function medianMs(calculate: () => void): number {
	calculate();
	const times = Array.from({ length: repetitions }, () => {
		const startMs = performance.now();
		calculate();
		return performance.now() - startMs;
	});
	return times.sort((a, b) => a - b)[Math.floor(repetitions / 2)] ?? Number.NaN;
}

/** Small generator with a seed, so that every run compares the same indices. */
function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

function randomSequence(lengthBases: number, next: () => number): string {
	return Array.from({ length: lengthBases }, () => "ACGT"[Math.floor(next() * 4)]).join("");
}

/** Libraries with random dual indices. */
function randomIndices(count: number, lengthBases: number): ClashRecord[] {
	const next = seededRandom(7);
	return Array.from({ length: count }, (_, number) => ({
		libraryId: number,
		libraryName: `library_${number}`,
		i7: randomSequence(lengthBases, next),
		i5: randomSequence(lengthBases, next),
	}));
}

/** The largest sheet of a request: 1,536 rows of 12 columns, names and genomes in turn. */
function largestSheet(): { definition: SheetDefinition; sheet: RawSheet } {
	const samples = buildSampleAnnotationSheet();
	const columns = Array.from({ length: 12 }, (_, index) => `Column ${index}`);
	const definition: SheetDefinition = {
		...samples,
		columns: columns.flatMap((label, index) => {
			const column = samples.columns[index % 2];
			return column ? [{ ...column, key: `c${index}`, label }] : [];
		}),
	};
	const rows = Array.from({ length: 1536 }, (_, row) =>
		columns.map((_name, index) => (index % 2 === 0 ? `sample ${row}` : "Human (Homo sapiens)")),
	);
	return { definition, sheet: { columns, rows } };
}

/** A pasted sheet in which every one of 1,536 library names is wrong, so that each needs a suggestion. */
function wrongColumn(): { definition: SheetDefinition; sheet: RawSheet } {
	const libraryNames = Array.from({ length: 1536 }, (_, index) => `sample_${index}_WGS`);
	const rows = libraryNames.map((_name, index) => [`sample_${index}`, "tube_1"]);
	return { definition: buildPooledLibrarySheet({ libraryNames }), sheet: { columns: ["Library Name", "Pool"], rows } };
}

/** Times of the calculations that a person waits for in the browser or on a page. */
export function measureDomain(): Measurement[] {
	const { definition, sheet } = largestSheet();
	const wrong = wrongColumn();
	const short = randomIndices(3_000, 10);
	const long = randomIndices(3_000, 24);
	return [
		{ what: "validate a sheet of 1,536 × 12 cells", value: medianMs(() => validateSheet(definition, sheet)), unit: "ms" },
		{
			what: "suggest a name in each of 1,536 rows",
			value: medianMs(() => validateSheet(wrong.definition, wrong.sheet)),
			unit: "ms",
		},
		{
			what: "clashes among 3,000 libraries, 10 + 10 bases",
			value: medianMs(() => analyseClashes({ records: short })),
			unit: "ms",
		},
		{
			what: "clashes among 3,000 libraries, 24 + 24 bases",
			value: medianMs(() => analyseClashes({ records: long })),
			unit: "ms",
		},
	];
}
