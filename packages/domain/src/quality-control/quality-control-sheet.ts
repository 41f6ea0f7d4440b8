import { SubmissionType } from "../catalog.ts";
import { requireExactRows } from "../sheets/fixed-rows.ts";
import { numberOf, reportCells, textOf } from "../sheets/report.ts";
import type { CleanRow, Column, RawCell, SheetDefinition, SheetRule } from "../sheets/types.ts";

/** Whether a request is only measured, not sequenced (extensions.md §2). */
export function isQualityControlOnly(submissionTypeId: number): boolean {
	return submissionTypeId === SubmissionType.QC_ONLY.id;
}

/** Name of a request in a list: those that are only measured are marked. */
export function markQualityControl(name: string, submissionTypeId: number): string {
	return isQualityControlOnly(submissionTypeId) ? `${name} (QC)` : name;
}

/** What was measured of a sample. */
export interface QualityMeasurement {
	/** ng/µL; 0 = nothing was found. */
	readonly concentrationNgPerUl: number;
	/** Mean, bp. */
	readonly fragmentSizeBp: number | null;
	/** RIN of RNA or DIN of DNA, 0 to 10. */
	readonly integrityNumber: number | null;
	/** µL */
	readonly volumeUl: number | null;
	readonly comment: string | null;
}

/** A sample as the sheet shows it. */
export interface QualityControlRow {
	readonly sampleId: number;
	readonly sampleName: string;
	/** Null while it waits. */
	readonly measurement: QualityMeasurement | null;
}

/** From what the sheet is built. */
export type QualityControlContext = {
	readonly samples: readonly { readonly id: number; readonly isMeasured: boolean }[];
};

interface MeasuredColumn extends Column {
	/** Least and greatest number. */
	readonly range?: readonly [number, number];
}

const measuredColumns: readonly MeasuredColumn[] = [
	{
		key: "concentration",
		label: "Concentration [ng/µL]",
		width: 170,
		type: "float",
		range: [0, 100_000],
		help: "With it the sample counts as measured. Write 0 if nothing was found.",
		examples: ["48.2", "0"],
	},
	{
		key: "fragment_size",
		label: "Fragment Size [bp]",
		width: 145,
		type: "integer",
		range: [1, 1_000_000],
		help: "Mean size.",
		examples: ["1850"],
	},
	{
		key: "integrity",
		label: "RIN/DIN",
		width: 80,
		type: "float",
		range: [0, 10],
		help: "Integrity number of RNA or DNA, 0 to 10.",
		examples: ["8.7"],
	},
	{ key: "volume", label: "Volume [µL]", width: 110, type: "float", range: [0, 100_000], examples: ["30"] },
	{ key: "comment", label: "Comment", width: 260, type: "text", maxLength: 1024, examples: ["slightly degraded"] },
];

/** Numbers lie within what can be measured. */
const requireRanges: SheetRule = (rows, report) => {
	for (const { key, label, range } of measuredColumns) {
		if (!range) continue;
		const [least, greatest] = range;
		for (const row of rows) {
			const value = numberOf(row, key);
			if (value === null || (value >= least && value <= greatest)) continue;
			reportCells(report, row.number, [key], "invalid", `${label} has to be from ${least} to ${greatest}.`);
		}
	}
	return undefined;
};

/** A sample counts as measured by its concentration: other values need it, and what is measured stays so. */
function requireConcentration(samples: QualityControlContext["samples"]): SheetRule {
	const measured = new Set(samples.filter((sample) => sample.isMeasured).map((sample) => sample.id));
	return (rows, report) => {
		for (const row of rows) {
			if (numberOf(row, "concentration") !== null) continue;
			const wasMeasured = measured.has(numberOf(row, "sample_id") ?? 0);
			const hasOther = measuredColumns.some(({ key }) => textOf(row, key) !== null);
			if (wasMeasured) {
				const message = "This sample is measured already: change the concentration, but do not remove it.";
				reportCells(report, row.number, ["concentration"], "missing", message);
			} else if (hasOther) {
				const message = "The concentration is missing: write 0 if nothing was found.";
				reportCells(report, row.number, ["concentration"], "missing", message);
			}
		}
		return undefined;
	};
}

/** QC sheet of a request (extensions.md §2): one row per stored sample; empty rows still wait. */
export function buildQualityControlSheet({ samples }: QualityControlContext): SheetDefinition {
	return {
		name: "quality_control",
		title: "QC Measurements",
		columns: [
			{ key: "sample_id", label: "Sample ID", width: 100, type: "integer", required: true, readOnly: true },
			{ key: "sample_name", label: "Sample Name", width: 190, type: "text", readOnly: true },
			...measuredColumns.map(({ range: _, ...column }) => column),
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["sample_id"],
				samples.map((sample) => [String(sample.id)]),
			),
			requireRanges,
			requireConcentration(samples),
		],
	};
}

/** Cells of a sample, by column; those of one that waits are empty. */
export function cellsOfMeasurement(row: QualityControlRow): Record<string, RawCell> {
	const { sampleId, sampleName, measurement } = row;
	return {
		sample_id: sampleId,
		sample_name: sampleName,
		concentration: measurement?.concentrationNgPerUl ?? null,
		fragment_size: measurement?.fragmentSizeBp ?? null,
		integrity: measurement?.integrityNumber ?? null,
		volume: measurement?.volumeUl ?? null,
		comment: measurement?.comment ?? null,
	};
}

/** The measurement that a valid row describes; null for a sample that still waits. */
export function measurementOfRow(row: CleanRow): { readonly sampleId: number; readonly measurement: QualityMeasurement } | null {
	const concentrationNgPerUl = numberOf(row, "concentration");
	if (concentrationNgPerUl === null) return null;
	return {
		sampleId: numberOf(row, "sample_id") ?? 0,
		measurement: {
			concentrationNgPerUl,
			fragmentSizeBp: numberOf(row, "fragment_size"),
			integrityNumber: numberOf(row, "integrity"),
			volumeUl: numberOf(row, "volume"),
			comment: textOf(row, "comment"),
		},
	};
}
