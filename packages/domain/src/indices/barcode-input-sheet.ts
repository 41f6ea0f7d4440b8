/** The sheet `barcode_input`: indices of libraries other than 10x ATAC (requests-and-annotation.md §6.2, §8). */
import type { CleanRow, Column, Problem, Report, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { checkBases, cleanSequence, cleanWell } from "../text-rules.ts";
import { type BarcodeRowInput, isDeletion, libraryKey, readBarcodeRows } from "./barcode-input-row.ts";
import { type RowFinding, resolveRow } from "./barcode-resolution.ts";
import { checkBarcodeRow, rowError, warnOfUnusedI5Name } from "./barcode-row-checks.ts";
import type { IndexSheetContext, PrefilledBarcodeRow, ResolvedBarcodeRow, SheetLibrary } from "./index-set.ts";
import { type IndexKit, kitLabelOfText, kitOptions, kitsOfTypes, kitTypeIdsForI5, kitTypeIdsForI7 } from "./kit.ts";
import { checkLibraryOfRow, requireRowPerLibrary } from "./sheet-libraries.ts";

/** From what the sheet is built: the non-ATAC libraries, all index kits, and in re-index what was prefilled. */
export type BarcodeInputContext = IndexSheetContext<PrefilledBarcodeRow>;

/** The definition of the sheet. One row per index set; a library may have several. */
export function buildBarcodeInputSheet(context: BarcodeInputContext): SheetDefinition {
	const withLibraryId = context.withLibraryId ?? false;
	return {
		name: "barcode_input",
		title: "Indices",
		columns: [...(withLibraryId ? [libraryIdColumn()] : []), ...barcodeColumns(context)],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [requireRows(context), checkRows(context)],
	};
}

/** Column with the id of the library (re-index). */
export function libraryIdColumn(): Column {
	return { key: "library_id", label: "Library ID", width: 100, type: "integer", required: true };
}

/** Column of a kit; a bare identifier, also as Excel spoils it, is understood. */
export function kitColumn(key: string, label: string, kits: readonly IndexKit[]): Column {
	const understand = (text: string): string => kitLabelOfText(text, kits);
	return { key, label, width: 200, type: "labelledChoice", options: kitOptions(kits), clean: understand };
}

/** Column of an index sequence. */
export function sequenceColumn(key: string, label: string): Column {
	return { key, label, width: 180, type: "text", maxLength: 32, clean: cleanSequence, check: checkBases, help: sequenceHelp };
}

/** Column of the well in the index kit. */
export function indexWellColumn(withLibraryId: boolean): Column {
	const deletion = withLibraryId ? ' Write "del" to delete all indices of the library.' : "";
	const help = `Well of the adapter in the kit, e.g. A1.${deletion}`;
	return {
		key: "index_well",
		label: "Index Well",
		width: 100,
		type: "text",
		maxLength: 8,
		clean: cleanWell,
		help,
		examples: ["A1"],
	};
}

const sequenceHelp = "In forward orientation. Prefer kit and well, then kit and names, then sequences.";

function barcodeColumns(context: BarcodeInputContext): Column[] {
	const names = [...new Set(context.libraries.map((library) => library.name))];
	const trim = (text: string): string => text.trim();
	return [
		{
			key: "library_name",
			label: "Library Name",
			width: 250,
			type: "choice",
			required: true,
			options: names.map((name) => ({ value: name, label: name })),
			help: "One row per index set: a library may have several rows.",
		},
		indexWellColumn(context.withLibraryId ?? false),
		kitColumn("kit_i7", "i7 Kit", kitsOfTypes(context.kits, kitTypeIdsForI7)),
		{ key: "name_i7", label: "i7 Name", width: 150, type: "text", maxLength: 16, clean: trim },
		sequenceColumn("sequence_i7", "i7 Sequence"),
		kitColumn("kit_i5", "i5 Kit", kitsOfTypes(context.kits, kitTypeIdsForI5)),
		{ key: "name_i5", label: "i5 Name", width: 150, type: "text", maxLength: 16, clean: trim },
		sequenceColumn("sequence_i5", "i5 Sequence"),
	];
}

function requireRows(context: BarcodeInputContext): SheetRule {
	return (rows, report) => {
		const inputs = readBarcodeRows(rows, context.kits, context.prefilled ?? []);
		return requireRowPerLibrary(inputs, context.libraries, context.withLibraryId ?? false, report);
	};
}

/** Checks 1–13: per row the first hit only, then what concerns several rows of one library. */
function checkRows(context: BarcodeInputContext): SheetRule {
	const kitsById = new Map(context.kits.map((kit) => [kit.id, kit]));
	return (rows, report) => {
		const inputs = readBarcodeRows(rows, context.kits, context.prefilled ?? []);
		const deletedKeys = new Set(inputs.filter((input) => isDeletion(input.indexWell)).map(libraryKey));
		const sound: RowFinding[] = [];
		for (const input of inputs) {
			const problem = checkIdentity(input, context, deletedKeys) ?? checkKitIds(input, kitsById);
			if (problem) report(problem);
			if (problem || isDeletedRow(input, context)) continue;
			const finding = resolveRow(input, kitsById);
			const hit = checkBarcodeRow(finding);
			if (!hit) sound.push(finding);
			for (const found of [hit, warnOfUnusedI5Name(finding)]) if (found) report(found);
		}
		compareRowsOfLibraries(sound, report);
		return undefined;
	};
}

function isDeletedRow(input: BarcodeRowInput, context: Pick<BarcodeInputContext, "withLibraryId">): boolean {
	return (context.withLibraryId ?? false) && isDeletion(input.indexWell);
}

/** Checks 1 and 2 and those of re-index, which hold for rows that delete, too. */
function checkIdentity(input: BarcodeRowInput, context: BarcodeInputContext, deletedKeys: ReadonlySet<string>): Problem | null {
	const libraries: readonly SheetLibrary[] = context.libraries;
	const withLibraryId = context.withLibraryId ?? false;
	const problem = checkLibraryOfRow(input, libraries, withLibraryId);
	if (problem || !withLibraryId || isDeletion(input.indexWell) || !deletedKeys.has(libraryKey(input))) return problem;
	const message = `Another row deletes the indices of "${input.libraryName}"; then all its rows must say "del".`;
	const repair = { label: 'Write "del"', cells: [{ row: input.row, column: "index_well", value: "del" }] };
	return rowError(input.row, "invalid", "delete_partly", ["index_well"], message, repair);
}

function checkKitIds(input: BarcodeRowInput, kitsById: ReadonlyMap<number, IndexKit>): Problem | null {
	for (const side of ["i7", "i5"] as const) {
		const { kitId } = input[side];
		if (kitId !== null && !kitsById.has(kitId)) {
			return rowError(input.row, "invalid", "kit_unknown", [`kit_${side}`], `There is no ${side} kit with id ${kitId}.`);
		}
	}
	return null;
}

/** Other rows that a message names at most. */
const maxRowsNamed = 5;

/** Checks 12 and 13: equal index sets of one library, and rows partly with, partly without i5. */
function compareRowsOfLibraries(findings: readonly RowFinding[], report: Report): void {
	const byLibrary = Map.groupBy(findings, (finding) => libraryKey(finding.input));
	for (const rows of byLibrary.values()) {
		const bySet = Map.groupBy(rows, ({ i7, i5 }) => `${i7.resolved?.sequence}+${i5.resolved?.sequence ?? ""}`);
		const isMixed = new Set(rows.map(({ i5 }) => i5.resolved === null)).size > 1;
		for (const equals of bySet.values()) {
			for (const { input } of equals) {
				const others = equals.slice(0, maxRowsNamed + 1).filter((other) => other.input !== input);
				if (others.length > 0) {
					const named = others.slice(0, maxRowsNamed).map((other) => other.input.row);
					const listed = `${named.join(", ")}${equals.length - 1 > named.length ? " …" : ""}`;
					const message = `The same index set twice for ${input.libraryName}, see row ${listed}.`;
					report(rowError(input.row, "duplicate", "set_duplicate", ["sequence_i7", "sequence_i5"], message));
				} else if (isMixed) {
					const message = `Rows of ${input.libraryName} partly have an i5 sequence, partly not.`;
					report(rowError(input.row, "invalid", "i5_partly", ["sequence_i5"], message));
				}
			}
		}
	}
}

/**
 * The index sets of valid rows, in sheet order. A side from a kit is FORWARD; a typed one has no orientation yet (§6.4 asks); a row that
 * was left as prefilled keeps the orientation that it had. Rows that do not name an index (invalid ones) give null for i7.
 * @param options those with which the sheet was built
 */
export function resolveBarcodeRows(
	rows: readonly CleanRow[],
	kits: readonly IndexKit[],
	options: Pick<BarcodeInputContext, "withLibraryId" | "prefilled"> = {},
): ResolvedBarcodeRow[] {
	const kitsById = new Map(kits.map((kit) => [kit.id, kit]));
	return readBarcodeRows(rows, kits, options.prefilled ?? []).map((input) => {
		const isDeleted = isDeletedRow(input, options);
		const { i7, i5 } = resolveRow(input, kitsById);
		return {
			row: input.row,
			libraryId: input.libraryId,
			libraryName: input.libraryName,
			isDeleted,
			isKept: !isDeleted && input.keptAs !== null && input.keptAs.orientationId !== null,
			namesKit: !isDeleted && (i7.kit !== null || i5.kit !== null),
			i7: isDeleted ? null : i7.resolved,
			i5: isDeleted ? null : i5.resolved,
		};
	});
}
