import { readOnlyColumn } from "../sheets/fixed-rows.ts";
import type { Column } from "../sheets/types.ts";
import type { WorkflowState } from "./state.ts";
import { annotationTable, type LinkRow, type SamplePoolRow } from "./tables.ts";

/** A row of the sheets that give the samples of a multiplexing pool their barcodes. */
export type MuxRow = { readonly sampleName: string; readonly pool: string };

/** From what the sheets with one barcode id per (sample, pool) are built. */
export type MuxSheetContext = { readonly rows: readonly MuxRow[]; readonly serviceTypeId: number | null };

/** The read-only columns of these sheets. */
export const muxIdentityKeys = ["sample_name", "pool"] as const;

/** Sample Name and Multiplexing Pool, both read-only. */
export function muxIdentityColumns(width: number): Column[] {
	return [readOnlyColumn("sample_name", "Sample Name", width), readOnlyColumn("pool", "Multiplexing Pool", width)];
}

/** One row per (sample, multiplexing pool) of the run. */
export function listMuxRows(state: WorkflowState): MuxRow[] {
	return annotationTable(state, "sample_pools").map((row: SamplePoolRow) => ({
		sampleName: row.sample_name,
		pool: row.sample_pool,
	}));
}

/** Combinations of the read-only columns that the sheet has to have. */
export function expectedMuxRows(rows: readonly MuxRow[]): string[][] {
	return rows.map((row) => [row.sampleName, row.pool]);
}

/** The links of the run with the multiplexing values of their (sample, pool). */
export function updateLinks(
	state: WorkflowState,
	change: (link: LinkRow) => Partial<Pick<LinkRow, "mux_barcode" | "mux_pattern" | "mux_read" | "mux_kit" | "mux_feature">>,
): LinkRow[] {
	return annotationTable(state, "links").map((link) => ({ ...link, ...change(link) }));
}
