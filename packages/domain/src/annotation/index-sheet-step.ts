import { buildBarcodeInputSheet, resolveBarcodeRows } from "../indices/barcode-input-sheet.ts";
import type {
	IndexSheetContext,
	PrefilledAtacRow,
	PrefilledBarcodeRow,
	ResolvedAtacRow,
	ResolvedBarcodeRow,
} from "../indices/index-set.ts";
import { type IndexKit, kitLabel, kitsOfTypes, kitTypeIdsForAtac, kitTypeIdsForI5, kitTypeIdsForI7 } from "../indices/kit.ts";
import { buildTenxAtacBarcodeSheet, resolveTenxAtacRows } from "../indices/tenx-atac-barcode-sheet.ts";
import type { CleanRow, RawCell, RawSheet, SheetDefinition } from "../sheets/types.ts";
import { isInGroup } from "./library-set.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type Table, type WorkflowState } from "./state.ts";
import { accept, type ReferenceTable, refuse, type Step } from "./step.ts";

/** Whether the libraries of this type have the four i7 of 10x ATAC. */
export function isAtacType(libraryTypeId: number): boolean {
	return isInGroup(libraryTypeId, "tenxAtacIndexed");
}

/** Tables of the kits that a sheet names, to look wells and names up after an error (requests-and-annotation.md §6.2). */
function listUsedKits(kits: readonly IndexKit[], sheet: RawSheet | undefined): ReferenceTable[] {
	const texts = new Set(sheet?.rows.flat().map((cell) => String(cell ?? "").trim()));
	return kits
		.filter((kit) => texts.has(kitLabel(kit)) || texts.has(kit.identifier))
		.map((kit) => ({
			title: kitLabel(kit),
			columns: ["Well", "i7 name", "i7 sequence", "i5 name", "i5 sequence"],
			rows: kit.adapters.map(({ well, i7, i5 }) => [
				well,
				i7[0]?.name ?? null,
				i7.map((barcode) => barcode.sequence).join(", ") || null,
				i5[0]?.name ?? null,
				i5.map((barcode) => barcode.sequence).join(", ") || null,
			]),
		}));
}

/** One of the two sheets in which indices are given; annotation and re-index both show it. */
interface IndexSheet<Prefilled, Resolved> {
	readonly name: string;
	readonly title: string;
	/** Types of the kits that may be named. */
	readonly kitTypeIds: readonly number[];
	readonly hints: readonly string[];
	build(context: IndexSheetContext<Prefilled>): SheetDefinition;
	resolve(rows: readonly CleanRow[], kits: readonly IndexKit[], context: IndexSheetContext<Prefilled>): Resolved[];
}

/** Libraries other than 10x ATAC (requests-and-annotation.md §6.2). */
export const barcodeSheet: IndexSheet<PrefilledBarcodeRow, ResolvedBarcodeRow> = {
	name: "barcode_input",
	title: "Indices",
	kitTypeIds: [...kitTypeIdsForI7, ...kitTypeIdsForI5],
	hints: ["Sequences in forward orientation. Prefer kit and well, then kit and names, then sequences. One row per index set."],
	build: buildBarcodeInputSheet,
	resolve: resolveBarcodeRows,
};

/** Libraries of 10x ATAC, four sequences each (requests-and-annotation.md §6.3). */
export const atacSheet: IndexSheet<PrefilledAtacRow, ResolvedAtacRow> = {
	name: "tenx_atac_barcode_input",
	title: "10x ATAC Indices",
	kitTypeIds: kitTypeIdsForAtac,
	hints: [],
	build: buildTenxAtacBarcodeSheet,
	resolve: resolveTenxAtacRows,
};

/** What a workflow does with an index sheet. */
interface IndexSheetUse<Facts, Prefilled, Resolved> {
	/** Hints beside those of the sheet. */
	readonly hints?: readonly string[];
	applies(state: WorkflowState, facts: Facts): boolean;
	buildContext(state: WorkflowState, facts: Facts, kits: readonly IndexKit[]): IndexSheetContext<Prefilled>;
	/** Rows of the sheet when it is first shown. */
	listRows(context: IndexSheetContext<Prefilled>): readonly Readonly<Record<string, RawCell>>[];
	/** The working table `indices` after the sheet. */
	toIndices(rows: readonly Resolved[], state: WorkflowState): Table;
}

/** The step of a workflow that asks for indices in one of the two sheets. */
export function makeIndexSheetStep<Facts extends { readonly indexKits: readonly IndexKit[] }, Prefilled, Resolved>(
	sheet: IndexSheet<Prefilled, Resolved>,
	use: IndexSheetUse<Facts, Prefilled, Resolved>,
): Step<Facts> {
	const { name, title } = sheet;
	const hints = [...sheet.hints, ...(use.hints ?? [])];
	const buildContext = (state: WorkflowState, facts: Facts) =>
		use.buildContext(state, facts, kitsOfTypes(facts.indexKits, sheet.kitTypeIds));
	return {
		name,
		title,
		applies: (state, facts) => use.applies(state, facts),
		present(state, facts) {
			const context = buildContext(state, facts);
			const input = previousInput(state, name);
			return {
				kind: "sheet",
				title,
				sheet: { name, context },
				initial: initialSheet(sheet.build(context), input, use.listRows(context)),
				...(hints.length > 0 ? { hints } : {}),
				tabs: listUsedKits(context.kits, input?.sheet),
			};
		},
		accept(input, state, facts) {
			const context = buildContext(state, facts);
			const validated = validateSheetInput(sheet.build(context), input);
			if (validated.hasErrors) return refuse(validated.problems);
			return accept({ tables: { indices: use.toIndices(sheet.resolve(validated.rows, context.kits, context), state) } });
		},
	};
}
