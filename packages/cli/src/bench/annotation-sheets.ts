import { buildBarcodeInputSheet, resolveBarcodeRows } from "@opengsync/domain/indices/barcode-input-sheet";
import { analyseClashes } from "@opengsync/domain/indices/clash";
import { validateSheet } from "@opengsync/domain/sheets/validate-sheet";

/** Rows of the largest request. */
export const largestRequestRows = 1_536;

/** Index sequences of 10 bases that look like chance, always the same ones. */
function sequenceOf(number: number): string {
	let state = Math.imul(number + 1, 2_654_435_761);
	return Array.from({ length: 10 }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return "ACGT"[state >>> 30];
	}).join("");
}

/** Names and indices of the libraries of the largest request, as cells of `barcode_input`. */
export function largestIndexSheet() {
	const names = Array.from({ length: largestRequestRows }, (_, index) => `sample_${index}_WGS`);
	const rows = names.map((name, index) => [name, sequenceOf(index), sequenceOf(3 * index + 1)]);
	return { names, sheet: { columns: ["Library Name", "i7 Sequence", "i5 Sequence"], rows } };
}

/**
 * Validates the index sheet of the largest request and compares all its indices, as the browser does while somebody types; how long each
 * of several times took, in milliseconds, and how many libraries were judged.
 */
export function timeIndexSheet(repetitions: number): { readonly timesMs: readonly number[]; readonly judged: number } {
	const { names, sheet } = largestIndexSheet();
	const libraries = names.map((name) => ({ name }));
	let judged = 0;
	const timesMs = Array.from({ length: repetitions }, () => {
		const startMs = performance.now();
		const { rows } = validateSheet(buildBarcodeInputSheet({ libraries, kits: [] }), sheet);
		const records = resolveBarcodeRows(rows, []).map((row) => ({
			libraryId: row.libraryName,
			libraryName: row.libraryName,
			i7: row.i7?.sequence ?? null,
			i5: row.i5?.sequence ?? null,
		}));
		judged = analyseClashes({ records }).rows.length;
		return performance.now() - startMs;
	});
	return { timesMs, judged };
}
