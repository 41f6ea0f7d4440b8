import { joinKey, requireExactRows } from "../sheets/fixed-rows.ts";
import { reportCells, textOf } from "../sheets/report.ts";
import type { CleanRow, Column, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { deliversLibraries } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import {
	expectedMuxRows,
	listMuxRows,
	type MuxSheetContext,
	muxIdentityColumns,
	muxIdentityKeys,
	updateLinks,
} from "./mux-rows.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, readNumber } from "./tables.ts";

/** What tells the sheets with one barcode id per sample and pool apart (OCM, Flex, Parse). */
export interface BarcodeIdSheet {
	readonly name: string;
	readonly title: string;
	readonly muxTypeId: number;
	/** Column of the barcode id or well. */
	readonly column: Column;
	readonly rules: (context: MuxSheetContext) => readonly SheetRule[];
	/** Barcode of a link from the cell; the same for all links when not stated. */
	readonly barcodeOfLink?: (barcode: string, libraryTypeId: number | undefined) => string;
}

/** Barcode ids of a cell: separated by `;`, blanks dropped, each cleaned, sorted. */
export function splitBarcodeIds(text: string, clean: (part: string) => string = (part) => part): string[] {
	return text
		.toUpperCase()
		.split(";")
		.map((part) => clean(part.trim()))
		.filter((part) => part !== "")
		.sort();
}

/**
 * Rule: no barcode occurs twice in a pool, or in a sheet without pools; cells may hold several. The later row is marked. Where rows are
 * links, a sample has the same barcode in all libraries of its pool.
 */
export function requireUniqueInPool(column: string, split: (text: string) => readonly string[]): SheetRule {
	return (rows, report) => {
		const firstRows = new Map<string, CleanRow>();
		for (const row of rows) {
			const pool = textOf(row, "pool");
			for (const barcode of split(textOf(row, column) ?? "")) {
				const first = firstRows.get(joinKey(pool, barcode));
				if (first === undefined) {
					firstRows.set(joinKey(pool, barcode), row);
					continue;
				}
				if (first !== row && isSameSample(first, row)) continue;
				const where = first === row ? "twice in this row" : `in row ${first.number} already`;
				const inPool = pool === null ? "" : ` (pool ${pool})`;
				reportCells(report, row.number, [column], "duplicate", `${barcode} is used ${where}${inPool}.`);
			}
		}
		return undefined;
	};
}

function isSameSample(one: CleanRow, other: CleanRow): boolean {
	const id = textOf(one, "sample_id");
	return id !== null && id === textOf(other, "sample_id");
}

/** Builds the sheet: one row per (sample, pool), no new rows. */
export function buildBarcodeIdSheet(sheet: BarcodeIdSheet, context: MuxSheetContext): SheetDefinition {
	return {
		name: sheet.name,
		title: sheet.title,
		columns: [...muxIdentityColumns(300), sheet.column],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [requireExactRows(muxIdentityKeys, expectedMuxRows(context.rows)), ...sheet.rules(context)],
	};
}

/** The step of such a sheet: for P and U only, for R the lab assigns the barcodes. */
export function makeBarcodeIdStep(sheet: BarcodeIdSheet): Step<AnnotationFacts> {
	const buildContext = (state: WorkflowState): MuxSheetContext => ({
		rows: listMuxRows(state),
		serviceTypeId: readNumber(state, "service_type_id"),
	});
	return {
		name: sheet.name,
		title: sheet.title,
		applies: (state, facts) => readNumber(state, "mux_type_id") === sheet.muxTypeId && deliversLibraries(facts),
		present(state) {
			const context = buildContext(state);
			const rows = context.rows.map((row) => ({ sample_name: row.sampleName, pool: row.pool }));
			return {
				kind: "sheet",
				title: sheet.title,
				sheet: { name: sheet.name, context },
				initial: initialSheet(buildBarcodeIdSheet(sheet, context), previousInput(state, sheet.name), rows),
			};
		},
		accept(input, state) {
			const validated = validateSheetInput(buildBarcodeIdSheet(sheet, buildContext(state)), input);
			if (validated.hasErrors) return refuse(validated.problems);
			const barcodes = new Map(
				validated.rows.map((row) => [joinKey(textOf(row, "sample_name"), textOf(row, "pool")), textOf(row, sheet.column.key)]),
			);
			const types = new Map(
				annotationTable(state, "libraries").map((library) => [library.library_name, library.library_type_id]),
			);
			const links = updateLinks(state, (link) => {
				const barcode = barcodes.get(joinKey(link.sample_name, link.sample_pool)) ?? null;
				if (barcode === null || !sheet.barcodeOfLink) return { mux_barcode: barcode };
				return { mux_barcode: sheet.barcodeOfLink(barcode, types.get(link.library_name)) };
			});
			return accept({ tables: { links } });
		},
	};
}
