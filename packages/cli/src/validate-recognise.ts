import { buildSheet, type SheetContexts, type SheetName } from "@opengsync/domain/annotation/sheet-registry";
import { ServiceType } from "@opengsync/domain/catalog";
import { matchHeaders } from "@opengsync/domain/sheets/match-headers";
import type { RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";

/** Contexts of sheets without any content: enough to know the columns. */
const empty: SheetContexts = {
	sample_annotation: {},
	sample_attribute_annotation: { samples: [], customAttributes: [] },
	define_mux_samples: { serviceTypeId: ServiceType.CUSTOM.id, sampleNames: [], libraryTypeIds: [], existingLibraries: [] },
	custom_assay_annotation: { samplePools: [], muxTypeId: null, existingLibraries: [] },
	oligo_mux_annotation: { rows: [], kits: [] },
	ocm_annotation: { rows: [], serviceTypeId: null },
	flex_mux_annotation: { rows: [], serviceTypeId: null },
	parse_mux_annotation: { rows: [], serviceTypeId: null },
	pooled_library_annotation: { libraryNames: [] },
	barcode_input: { libraries: [], kits: [] },
	tenx_atac_barcode_input: { libraries: [], kits: [] },
	feature_annotation: { samplePools: [], kits: [] },
	openst_annotation: { samplePools: [] },
	visium_annotation: { samplePools: [] },
	parse_crispr_guide_annotation: {},
};

/** Names of all steps that are sheets, in the order of the workflow. */
export const sheetSteps: readonly SheetName[] = [
	"sample_annotation",
	"sample_attribute_annotation",
	"define_mux_samples",
	"custom_assay_annotation",
	"oligo_mux_annotation",
	"ocm_annotation",
	"flex_mux_annotation",
	"parse_mux_annotation",
	"pooled_library_annotation",
	"barcode_input",
	"tenx_atac_barcode_input",
	"feature_annotation",
	"openst_annotation",
	"visium_annotation",
	"parse_crispr_guide_annotation",
];

const columnsOf = <Name extends SheetName>(name: Name): SheetDefinition => buildSheet(name, empty[name]);

/** A sheet with nothing but these could be any. */
const identityKeys: ReadonlySet<string> = new Set(["sample_name", "sample_id"]);

/** Share of the titles that a step knows, from 0 to 1; 0 when a required column is absent. */
export function fitOf(step: SheetName, sheet: RawSheet): number {
	const definition = columnsOf(step);
	const matches = matchHeaders(definition, sheet.columns);
	const known = new Set(matches.flatMap((match) => (match.kind === "known" ? [match.column.key] : [])));
	const isComplete = definition.columns.every((column) => !column.required || known.has(column.key));
	const titles = matches.filter((match) => match.kind !== "blank").length;
	const isNamesOnly = matches.every(
		(match) => match.kind === "blank" || ("column" in match && identityKeys.has(match.column.key)),
	);
	return isComplete && !isNamesOnly && titles > 0 ? known.size / titles : 0;
}

/** The step whose columns a sheet has; null when it has those of none. Of equal ones the first. */
export function recogniseStep(sheet: RawSheet): SheetName | null {
	const fits = sheetSteps.map((step) => ({ step, fit: fitOf(step, sheet) }));
	const best = fits.reduce((a, b) => (b.fit > a.fit ? b : a));
	return best.fit > 0 ? best.step : null;
}

/** Cells of a column by its key, as the step reads the titles; empty when the sheet lacks it. */
export function cellsOfColumn(step: SheetName, sheet: RawSheet, key: string): string[] {
	const matches = matchHeaders(columnsOf(step), sheet.columns);
	const position = matches.findIndex((match) => match.kind === "known" && match.column.key === key);
	return position === -1 ? [] : sheet.rows.map((row) => String(row[position] ?? "").trim());
}
