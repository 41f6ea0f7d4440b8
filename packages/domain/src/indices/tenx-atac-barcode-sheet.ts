/** The sheet `tenx_atac_barcode_input`: four i7 per 10x ATAC library (requests-and-annotation.md §6.3, §8). */
import { BarcodeOrientation } from "../catalog.ts";
import type { CleanRow, Column, Problem, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { cleanSequence, cleanWell } from "../text-rules.ts";
import { cleanedOrNull, idOf, isDeletion, libraryKey, textOf } from "./barcode-input-row.ts";
import { indexWellColumn, kitColumn, libraryIdColumn, sequenceColumn } from "./barcode-input-sheet.ts";
import { findSimilarName, repairCell, rowError } from "./barcode-row-checks.ts";
import type { IndexSheetContext, OrientationId, PrefilledAtacRow, ResolvedAtacRow } from "./index-set.ts";
import { type IndexKit, type KitAdapter, kitLabel, kitsOfTypes, kitTypeIdsForAtac, lookupOf } from "./kit.ts";
import { checkLibraryOfRow, requireRowPerLibrary } from "./sheet-libraries.ts";

/** From what the sheet is built: the ATAC libraries, all index kits, and in re-index what was prefilled. */
export type TenxAtacContext = IndexSheetContext<PrefilledAtacRow>;

const sequenceKeys = ["sequence_1", "sequence_2", "sequence_3", "sequence_4"] as const;

/** The definition of the sheet: one row per ATAC library, no new rows. */
export function buildTenxAtacBarcodeSheet(context: TenxAtacContext): SheetDefinition {
	const withLibraryId = context.withLibraryId ?? false;
	const columns: Column[] = [
		{ key: "library_name", label: "Library Name", width: 250, type: "text", required: true, readOnly: true },
		indexWellColumn(withLibraryId),
		kitColumn("kit", "Kit", kitsOfTypes(context.kits, kitTypeIdsForAtac)),
		{ key: "name", label: "Barcode Name", width: 150, type: "text", maxLength: 16, clean: (text) => text.trim() },
		...sequenceKeys.map((key, position) => sequenceColumn(key, `Sequence ${position + 1}`)),
	];
	return {
		name: "tenx_atac_barcode_input",
		title: "10x ATAC indices",
		columns: [...(withLibraryId ? [libraryIdColumn()] : []), ...columns],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [requireRows(context), checkRows(context)],
	};
}

interface AtacInput {
	readonly row: number;
	readonly libraryId: number | null;
	readonly libraryName: string;
	readonly well: string | null;
	readonly kitId: number | null;
	readonly name: string | null;
	/** Four, null where the cell is empty. */
	readonly sequences: readonly (string | null)[];
	/** Whether each sequence was prefilled and left as it was. */
	readonly isPrefilled: readonly boolean[];
	/** Known orientation of a row that was left as prefilled. */
	readonly keptOrientationId: OrientationId;
}

function readAtacRows(rows: readonly CleanRow[], prefilled: readonly PrefilledAtacRow[]): AtacInput[] {
	const origins = new Map(prefilled.map((origin) => [libraryKey(origin), origin]));
	return rows.map(({ number, values }) => {
		const typed: AtacInput = {
			row: number,
			libraryId: idOf(values.library_id),
			libraryName: textOf(values.library_name) ?? "",
			well: cleanedOrNull(textOf(values.index_well), cleanWell),
			kitId: idOf(values.kit),
			name: textOf(values.name),
			sequences: sequenceKeys.map((key) => cleanedOrNull(textOf(values[key]), cleanSequence)),
			isPrefilled: [],
			keptOrientationId: null,
		};
		const origin = origins.get(libraryKey(typed));
		return origin ? yieldToChanges(typed, origin) : typed;
	});
}

/** A new kit, well or name replaces the prefilled name and sequences, as in `barcode_input`. */
function yieldToChanges(typed: AtacInput, origin: PrefilledAtacRow): AtacInput {
	const before = {
		well: cleanedOrNull(origin.indexWell, cleanWell),
		name: textOf(origin.name),
		sequences: sequenceKeys.map((_, position) => cleanedOrNull(textOf(origin.sequences[position]), cleanSequence)),
	};
	const isChanged = (now: string | number | null, old: string | number | null): boolean => now !== null && now !== old;
	const newKitOrWell = isChanged(typed.kitId, origin.kit) || isChanged(typed.well, before.well);
	const newName = isChanged(typed.name, before.name);
	const isLeft = typed.sequences.map((sequence, position) => sequence !== null && sequence === before.sequences[position]);
	const yields = newKitOrWell || newName;
	const isSame =
		typed.kitId === origin.kit &&
		typed.well === before.well &&
		typed.name === before.name &&
		typed.sequences.every((sequence, position) => sequence === before.sequences[position]);
	return {
		...typed,
		well: newName && typed.well === before.well ? null : typed.well,
		name: newKitOrWell && typed.name === before.name ? null : typed.name,
		sequences: typed.sequences.map((sequence, position) => (yields && isLeft[position] ? null : sequence)),
		isPrefilled: isLeft.map((left) => left && !yields),
		keptOrientationId: isSame ? origin.orientationId : null,
	};
}

function requireRows(context: TenxAtacContext): SheetRule {
	return (rows, report) =>
		requireRowPerLibrary(readAtacRows(rows, []), context.libraries, context.withLibraryId ?? false, report);
}

function checkRows(context: TenxAtacContext): SheetRule {
	const kitsById = new Map(context.kits.map((kit) => [kit.id, kit]));
	const withLibraryId = context.withLibraryId ?? false;
	return (rows, report) => {
		const inputs = readAtacRows(rows, context.prefilled ?? []);
		const byLibrary = Map.groupBy(inputs, libraryKey);
		for (const input of inputs) {
			const unknown = checkLibraryOfRow(input, context.libraries, withLibraryId);
			const isSkipped = withLibraryId && isDeletion(input.well);
			const repeated = checkRepeated(input, byLibrary.get(libraryKey(input)) ?? []);
			const problem = unknown ?? repeated ?? (isSkipped ? null : checkAtacRow(input, kitsById));
			if (problem) report(problem);
		}
		return undefined;
	};
}

/** A library has one row: its four indices are all that it has. */
function checkRepeated(input: AtacInput, rowsOfLibrary: readonly AtacInput[]): Problem | null {
	const other = rowsOfLibrary.find((candidate) => candidate !== input);
	if (!other) return null;
	const message = `${input.libraryName} has more than one row, see row ${other.row}.`;
	return rowError(input.row, "duplicate", "library_repeated", ["library_name"], message);
}

/** First hit of the table of §6.3. */
function checkAtacRow(input: AtacInput, kitsById: ReadonlyMap<number, IndexKit>): Problem | null {
	const { row, well, name, kitId } = input;
	if (kitId === null) return checkTypedRow(input);
	const kit = kitsById.get(kitId);
	if (!kit) return rowError(row, "invalid", "kit_unknown", ["kit"], `There is no kit with id ${kitId}.`);
	const label = kitLabel(kit);
	if (well === null && name === null) {
		return rowError(
			row,
			"missing",
			"address_missing",
			["index_well", "name"],
			`Give the index well or the name in kit ${label}.`,
		);
	}
	const lookup = lookupOf(kit);
	const atWell = well === null ? undefined : lookup.byWell.get(well);
	if (well !== null && !atWell) {
		return rowError(row, "invalid", "well_unknown", ["index_well"], `Well ${well} is not in kit ${label}.`);
	}
	if (name !== null && !lookup.i7.byName.has(name)) {
		const similar = findSimilarName([...lookup.i7.byName.keys()], name);
		const repair = similar === null ? null : repairCell(row, "name", similar, `Use ${similar}`);
		return rowError(row, "invalid", "name_unknown", ["name"], `"${name}" is not in kit ${label}.`, repair);
	}
	const nameAtWell = atWell?.i7[0]?.name;
	if (name !== null && nameAtWell !== undefined && nameAtWell !== name) {
		const message = `Well ${well} is ${nameAtWell}, not ${name}: well and name denote different adapters.`;
		const repair = repairCell(row, "name", nameAtWell, `Use ${nameAtWell}, as in well ${well}`);
		return rowError(row, "invalid", "well_name_differ", ["index_well", "name"], message, repair);
	}
	return checkAgainstKit(input, kit);
}

function checkTypedRow({ row, well, name, sequences }: AtacInput): Problem | null {
	if (sequences.every((sequence) => sequence !== null)) return null;
	if (well !== null || name !== null) {
		return rowError(row, "missing", "kit_missing", ["kit"], "Give the kit of this well or name, or all four sequences.");
	}
	const columns = ["kit", "name", ...sequenceKeys];
	return rowError(row, "missing", "kit_or_sequence_missing", columns, "Give kit and name, kit and well, or all four sequences.");
}

function checkAgainstKit(input: AtacInput, kit: IndexKit): Problem | null {
	const adapter = adapterOf(input, kit);
	for (const [position, key] of sequenceKeys.entries()) {
		const typed = input.sequences[position] ?? null;
		const expected = adapter?.i7[position];
		if (typed === null || !expected || input.isPrefilled[position] || typed === expected.sequence) continue;
		const message = `Sequence ${position + 1} ${typed} differs from ${expected.sequence} of ${expected.name} in kit ${kitLabel(kit)}.`;
		const repair = repairCell(input.row, key, expected.sequence, `Use the kit's sequence ${expected.sequence}`);
		return rowError(input.row, "invalid", "sequence_differs", [key], message, repair);
	}
	return null;
}

function adapterOf(input: AtacInput, kit: IndexKit): KitAdapter | null {
	const lookup = lookupOf(kit);
	if (input.name !== null) return lookup.i7.adaptersByName.get(input.name)?.[0] ?? null;
	return input.well === null ? null : (lookup.byWell.get(input.well) ?? null);
}

/**
 * Four indices per library of valid rows, with the common name: FORWARD from a kit, FORWARD_NOT_VALIDATED when typed; a row that was left
 * as prefilled keeps its known orientation. The index type of the library is `TENX_ATAC_INDEX`.
 * @param options those with which the sheet was built
 */
export function resolveTenxAtacRows(
	rows: readonly CleanRow[],
	kits: readonly IndexKit[],
	options: Pick<TenxAtacContext, "withLibraryId" | "prefilled"> = {},
): ResolvedAtacRow[] {
	return readAtacRows(rows, options.prefilled ?? []).map((input) => {
		const { row, libraryId, libraryName } = input;
		const isDeleted = (options.withLibraryId ?? false) && isDeletion(input.well);
		return { row, libraryId, libraryName, isDeleted, i7: isDeleted ? [] : resolveAtacRow(input, kits) };
	});
}

function resolveAtacRow(input: AtacInput, kits: readonly IndexKit[]): ResolvedAtacRow["i7"] {
	const kit = kits.find((candidate) => candidate.id === input.kitId) ?? null;
	const adapter = kit ? adapterOf(input, kit) : null;
	const source = kit ? BarcodeOrientation.FORWARD.id : BarcodeOrientation.FORWARD_NOT_VALIDATED.id;
	return sequenceKeys.flatMap((_, position) => {
		const typed = input.sequences[position] ?? null;
		const barcode = adapter?.i7[position];
		const sequence = input.isPrefilled[position] ? typed : (barcode?.sequence ?? typed);
		if (sequence === null) return [];
		const name = barcode?.name ?? input.name;
		return [{ kitId: kit?.id ?? null, name, sequence, orientationId: input.keptOrientationId ?? source }];
	});
}
