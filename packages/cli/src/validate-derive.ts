import { genomeOptions } from "@opengsync/domain/annotation/sample-annotation";
import type { SheetName } from "@opengsync/domain/annotation/sheet-registry";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { StepView } from "@opengsync/domain/annotation/step";
import type { SampleRow } from "@opengsync/domain/annotation/tables";
import { LibraryType, membersOf } from "@opengsync/domain/catalog";
import type { SheetFile } from "./validate-files.ts";
import { cellsOfColumn, recogniseStep } from "./validate-recognise.ts";

/** A file with the step to which it belongs. */
export interface AssignedFile extends SheetFile {
	readonly step: SheetName | null;
}

/** Column of each sheet that names samples or sample pools, in the order in which they are asked. */
const sampleColumns: readonly (readonly [SheetName, string])[] = [
	["sample_attribute_annotation", "sample_name"],
	["define_mux_samples", "sample_name"],
	["oligo_mux_annotation", "sample_name"],
	["ocm_annotation", "sample_name"],
	["flex_mux_annotation", "sample_name"],
	["parse_mux_annotation", "sample_name"],
	["custom_assay_annotation", "sample_pool"],
	["openst_annotation", "sample_name"],
	["visium_annotation", "sample_name"],
	["pooled_library_annotation", "library_name"],
	["barcode_input", "library_name"],
	["tenx_atac_barcode_input", "library_name"],
	["feature_annotation", "sample_name"],
];

const muxSheets: readonly string[] = ["oligo_mux_annotation", "ocm_annotation", "flex_mux_annotation", "parse_mux_annotation"];

/** `lung_1_BULKRNA` → `lung_1`. */
function samplePoolOf(libraryName: string): string {
	const type = membersOf(LibraryType).find((member) => libraryName.endsWith(`_${member.identifier}`));
	return type ? libraryName.slice(0, -type.identifier.length - 1) : libraryName;
}

/** Samples as the other files name them, for a check without the sheet of samples; one where none names any. */
export function deriveSamples(files: readonly AssignedFile[]): SampleRow[] {
	for (const [step, column] of sampleColumns) {
		const names = files
			.filter((file) => (file.step ?? recogniseStep(file.sheet)) === step)
			.flatMap((file) => cellsOfColumn(step, file.sheet, column))
			.filter((name) => name !== "")
			.map((name) => (column === "library_name" ? samplePoolOf(name) : name));
		if (names.length > 0) return [...new Set(names)].map(makeSample);
	}
	return [makeSample("sample_1")];
}

function makeSample(name: string): SampleRow {
	return { sample_name: name, genome_id: Number(genomeOptions[0]?.value ?? 0), sample_id: null, attributes: {} };
}

/** Samples and their pools as a later file names them, else as libraries do: every pool by its own name. */
export function derivePools(files: readonly AssignedFile[], samples: readonly SampleRow[]): StepInput {
	const columns = ["Sample Name", "Multiplexing Pool"];
	for (const file of files) {
		const step = file.step ?? recogniseStep(file.sheet);
		if (step === null || !muxSheets.includes(step)) continue;
		const pools = cellsOfColumn(step, file.sheet, "pool");
		const rows = cellsOfColumn(step, file.sheet, "sample_name").map((name, index) => [name, pools[index] ?? ""]);
		return { sheet: { columns, rows } };
	}
	return { sheet: { columns, rows: samples.map((sample) => [sample.sample_name, sample.sample_name]) } };
}

/** The presented sheet with one column filled. */
export function fillColumn(view: StepView, title: string, value: string): StepInput {
	if (view.kind !== "sheet") return {};
	const { columns, rows } = view.initial;
	const at = columns.indexOf(title);
	return {
		sheet: { columns, rows: rows.map((row) => columns.map((_, index) => (index === at ? value : (row[index] ?? null)))) },
	};
}
