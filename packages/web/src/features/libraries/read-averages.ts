import type { LibraryReadsRow } from "@opengsync/db/queries/library-page";

/** A value of the quality control as text: numbers with at most two decimals, anything composed as JSON. */
export function qcText(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (typeof value === "number") return String(Number(value.toFixed(2)));
	return typeof value === "string" ? value : JSON.stringify(value);
}

/** Names of all quality values, in the order of their first appearance. */
export function qcNames(rows: readonly LibraryReadsRow[]): string[] {
	return [...new Set(rows.flatMap((row) => Object.keys(row.qc ?? {})))];
}

/** Average of a quality value: numbers weighted by reads, others the first one (lab-workflows.md §18.3); null without a value. */
export function averageQc(rows: readonly LibraryReadsRow[], name: string): unknown {
	const present = rows.filter((row) => row.qc?.[name] !== null && row.qc?.[name] !== undefined);
	const numeric = present.flatMap((row) => {
		const value = row.qc?.[name];
		return typeof value === "number" ? [{ value, weight: row.num_reads }] : [];
	});
	if (numeric.length === 0 || numeric.length < present.length) return present[0]?.qc?.[name] ?? null;
	const weight = numeric.reduce((sum, part) => sum + part.weight, 0);
	if (weight === 0) return null;
	return numeric.reduce((sum, part) => sum + part.value * part.weight, 0) / weight;
}

/** Share of the reads of the flow cells on which the library was sequenced, percent; null without reads there. */
export function flowCellShare(rows: readonly LibraryReadsRow[]): number | null {
	const flowCells = new Map(rows.map((row) => [row.experiment_id, row.flow_cell_reads]));
	const all = [...flowCells.values()].reduce((sum, reads) => sum + reads, 0);
	return all === 0 ? null : (100 * rows.reduce((sum, row) => sum + row.num_reads, 0)) / all;
}
