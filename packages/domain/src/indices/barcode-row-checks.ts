/** Checks 3–11 of one row of `barcode_input`, first hit only (requests-and-annotation.md §6.2). */
import { IndexType } from "../catalog.ts";
import type { Problem, ProblemKind, Repair } from "../sheets/types.ts";
import { reverseComplement } from "../text-rules.ts";
import { isCombinatorial, type RowFinding, type SideFinding } from "./barcode-resolution.ts";
import { type IndexSide, kitLabel, lookupOf } from "./kit.ts";

/** Finds what is wrong with a row in one respect, or nothing. */
type RowCheck = (finding: RowFinding) => Problem | null;

/** An error at cells of a row. */
export function rowError(
	row: number,
	kind: ProblemKind,
	code: string,
	columns: readonly string[],
	message: string,
	repair?: Repair | null,
): Problem {
	const problem = { row, columns, code: `index.${code}`, severity: "error", kind, message } as const;
	return repair ? { ...problem, repair } : problem;
}

/** A repair that overwrites one cell. */
export function repairCell(row: number, column: string, value: string, label: string): Repair {
	return { label, cells: [{ row, column, value }] };
}

function hasNoAddress(side: SideFinding): boolean {
	return side.input.well === null && side.input.name === null;
}

function checkAddressI7({ input, i7 }: RowFinding): Problem | null {
	if (!i7.kit || !hasNoAddress(i7)) return null;
	const message = `Give the index well or the i7 name in kit ${kitLabel(i7.kit)}.`;
	return rowError(input.row, "missing", "address_missing", ["index_well", "name_i7"], message);
}

function checkAddressI5({ input, i7, i5 }: RowFinding): Problem | null {
	if (!i5.kit || i5.kit === i7.kit || !hasNoAddress(i5)) return null;
	const message = `Give the index well or the i5 name in kit ${kitLabel(i5.kit)}.`;
	return rowError(input.row, "missing", "i5_address_missing", ["index_well", "name_i5"], message);
}

function checkName(side: IndexSide, code: string): RowCheck {
	return (finding) => {
		const { kit, input } = finding[side];
		if (!kit || input.name === null || lookupOf(kit)[side].byName.has(input.name)) return null;
		const { row } = finding.input;
		const similar = findSimilarName([...lookupOf(kit)[side].byName.keys()], input.name);
		const repair = similar === null ? null : repairCell(row, `name_${side}`, similar, `Use ${similar}`);
		const message = `${side} name "${input.name}" is not in kit ${kitLabel(kit)}.`;
		return rowError(row, "invalid", code, [`name_${side}`], message, repair);
	};
}

/** A name that differs only in case, blanks or the kind of dash. */
export function findSimilarName(names: readonly string[], text: string): string | null {
	const fold = (name: string): string => name.toLowerCase().replace(/[\s_\-–]/g, "");
	return names.find((name) => fold(name) === fold(text)) ?? null;
}

function checkWellI7({ input, i7 }: RowFinding): Problem | null {
	if (!i7.kit || i7.input.well === null || i7.wellAdapter) return null;
	const label = kitLabel(i7.kit);
	const hasWells = lookupOf(i7.kit).byWell.size > 0;
	const message = hasWells ? `Well ${i7.input.well} is not in kit ${label}.` : `Kit ${label} has no wells: give names.`;
	const repair = hasWells || i7.input.name === null ? null : repairCell(input.row, "index_well", "", "Clear the well");
	return rowError(input.row, "invalid", "well_unknown", ["index_well"], message, repair);
}

function checkWellI5({ input, i5 }: RowFinding): Problem | null {
	if (i5.kit?.typeId !== IndexType.DUAL_INDEX.id || i5.input.well === null || i5.wellAdapter) return null;
	const message = `Well ${i5.input.well} is not in i5 kit ${kitLabel(i5.kit)}.`;
	return rowError(input.row, "invalid", "i5_well_unknown", ["index_well"], message);
}

function checkContradiction(side: IndexSide): RowCheck {
	return (finding) => {
		const { isContradictory, wellAdapter, input } = finding[side];
		if (!isContradictory) return null;
		const { row } = finding.input;
		const nameAtWell = wellAdapter?.[side][0]?.name ?? "";
		const message = `Well ${input.well} is ${nameAtWell}, not ${input.name}: well and name denote different adapters.`;
		const repair = repairCell(row, `name_${side}`, nameAtWell, `Use ${nameAtWell}, as in well ${input.well}`);
		return rowError(row, "invalid", "well_name_differ", ["index_well", `name_${side}`], message, repair);
	};
}

function checkTypedSequence(side: IndexSide): RowCheck {
	return (finding) => {
		const { barcode, kit, input } = finding[side];
		if (!barcode || !kit || input.sequence === null || input.isSequencePrefilled || input.sequence === barcode.sequence)
			return null;
		const { row } = finding.input;
		const isReversed = reverseComplement(input.sequence) === barcode.sequence;
		const hint = isReversed ? " (yours is its reverse complement)" : "";
		const message = `${side} sequence ${input.sequence} differs from ${barcode.sequence} of ${barcode.name} in kit ${kitLabel(kit)}${hint}.`;
		const label = isReversed ? `Reverse complement: ${barcode.sequence}` : `Use the kit's sequence ${barcode.sequence}`;
		const repair = repairCell(row, `sequence_${side}`, barcode.sequence, label);
		return rowError(row, "invalid", "sequence_differs", [`sequence_${side}`], message, repair);
	};
}

function checkI5Name({ input, i7, i5, isI5Ambiguous }: RowFinding): Problem | null {
	if (!i5.kit || i5.input.name !== null || !(isCombinatorial(i5.kit) || isI5Ambiguous)) return null;
	const known = i5.input.sequence === null ? undefined : lookupOf(i5.kit).i5.bySequence.get(i5.input.sequence);
	const repair = known ? repairCell(input.row, "name_i5", known.name, `Use ${known.name}, which has this sequence`) : null;
	const message = isI5Ambiguous
		? `Give the well or the i5 name: ${i7.input.name} occurs with several i5 in kit ${kitLabel(i5.kit)}.`
		: `Give the i5 name: kit ${kitLabel(i5.kit)} is combinatorial.`;
	return rowError(input.row, "missing", "i5_name_missing", ["name_i5"], message, repair);
}

function checkKitOrSequence({ input, i7, i5 }: RowFinding): Problem | null {
	if (i7.kit || i7.input.sequence !== null) return null;
	const isI5Given = i5.kit !== null || i5.input.name !== null || i5.input.sequence !== null;
	if (hasNoAddress(i7) && isI5Given) return null;
	const message = "Give kit and name, or kit and well, or the i7 sequence.";
	return rowError(input.row, "missing", "kit_or_sequence_missing", ["kit_i7", "name_i7"], message);
}

function checkSequenceI7({ input, i7 }: RowFinding): Problem | null {
	if (i7.resolved) return null;
	return rowError(input.row, "missing", "i7_sequence_missing", ["sequence_i7"], "The i7 sequence is missing.");
}

/** In the order of the table. */
const rowChecks: readonly RowCheck[] = [
	checkAddressI7,
	checkAddressI5,
	checkName("i7", "name_unknown"),
	checkWellI7,
	checkName("i5", "i5_name_unknown"),
	checkWellI5,
	checkContradiction("i7"),
	checkContradiction("i5"),
	checkTypedSequence("i7"),
	checkTypedSequence("i5"),
	checkI5Name,
	checkKitOrSequence,
	checkSequenceI7,
];

/** The first thing that is wrong with a row taken by itself (checks 3–11), or null. */
export function checkBarcodeRow(finding: RowFinding): Problem | null {
	for (const check of rowChecks) {
		const problem = check(finding);
		if (problem) return problem;
	}
	return null;
}

/** Warns of an i5 name that means nothing: without kit and sequence it is not stored. */
export function warnOfUnusedI5Name({ input, i5 }: RowFinding): Problem | null {
	if (i5.kit || i5.input.name === null || i5.resolved) return null;
	const message = `i5 name "${i5.input.name}" is ignored: there is neither an i5 kit nor an i5 sequence.`;
	const problem = rowError(input.row, "invalid", "i5_name_ignored", ["name_i5"], message);
	return { ...problem, severity: "warning" };
}
