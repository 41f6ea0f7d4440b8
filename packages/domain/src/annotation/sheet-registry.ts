import { buildOrientationSheet, orientationSheetName } from "../index-check/orientation-sheet.ts";
import { type BarcodeInputContext, buildBarcodeInputSheet } from "../indices/barcode-input-sheet.ts";
import { buildTenxAtacBarcodeSheet, type TenxAtacContext } from "../indices/tenx-atac-barcode-sheet.ts";
import type { SheetDefinition } from "../sheets/types.ts";
import { buildCustomAssaySheet, type CustomAssayContext } from "./custom-assay-annotation.ts";
import { buildDefineMuxSamplesSheet, type DefineMuxSamplesContext } from "./define-mux-samples.ts";
import { buildFeatureSheet, type FeatureContext } from "./feature-annotation.ts";
import { buildFlexMuxSheet } from "./flex-mux-annotation.ts";
import type { MuxSheetContext } from "./mux-rows.ts";
import { buildOcmSheet } from "./ocm-annotation.ts";
import { buildOligoMuxSheet, type OligoMuxContext } from "./oligo-mux-annotation.ts";
import { buildParseCrisprGuideSheet } from "./parse-crispr-guide-annotation.ts";
import { buildParseMuxSheet } from "./parse-mux-annotation.ts";
import { buildPooledLibrarySheet, type PooledLibraryContext } from "./pooled-library-annotation.ts";
import { buildSampleAnnotationSheet } from "./sample-annotation.ts";
import { buildSampleAttributeSheet, type SampleAttributeContext } from "./sample-attribute-annotation.ts";
import { buildOpenstSheet, buildVisiumSheet, type SpatialContext } from "./spatial-annotation.ts";

/** Contexts by name of the sheet; all JSON-serialisable. */
export interface SheetContexts {
	readonly sample_annotation: Readonly<Record<string, never>>;
	readonly sample_attribute_annotation: SampleAttributeContext;
	readonly define_mux_samples: DefineMuxSamplesContext;
	readonly custom_assay_annotation: CustomAssayContext;
	readonly oligo_mux_annotation: OligoMuxContext;
	readonly ocm_annotation: MuxSheetContext;
	readonly flex_mux_annotation: MuxSheetContext;
	readonly parse_mux_annotation: MuxSheetContext;
	readonly pooled_library_annotation: PooledLibraryContext;
	readonly barcode_input: BarcodeInputContext;
	readonly tenx_atac_barcode_input: TenxAtacContext;
	readonly feature_annotation: FeatureContext;
	readonly openst_annotation: SpatialContext;
	readonly visium_annotation: SpatialContext;
	readonly parse_crispr_guide_annotation: Readonly<Record<string, never>>;
}

/** Name of a sheet of the annotation workflow. */
export type SheetName = keyof SheetContexts;

const builders: { readonly [Name in SheetName]: (context: SheetContexts[Name]) => SheetDefinition } = {
	sample_annotation: buildSampleAnnotationSheet,
	sample_attribute_annotation: buildSampleAttributeSheet,
	define_mux_samples: buildDefineMuxSamplesSheet,
	custom_assay_annotation: buildCustomAssaySheet,
	oligo_mux_annotation: buildOligoMuxSheet,
	ocm_annotation: buildOcmSheet,
	flex_mux_annotation: buildFlexMuxSheet,
	parse_mux_annotation: buildParseMuxSheet,
	pooled_library_annotation: buildPooledLibrarySheet,
	barcode_input: buildBarcodeInputSheet,
	tenx_atac_barcode_input: buildTenxAtacBarcodeSheet,
	feature_annotation: buildFeatureSheet,
	openst_annotation: buildOpenstSheet,
	visium_annotation: buildVisiumSheet,
	parse_crispr_guide_annotation: buildParseCrisprGuideSheet,
};

/** Sheets of other workflows: never uploaded or checked by themselves. */
const furtherBuilders = new Map<string, (context: never) => SheetDefinition>([[orientationSheetName, buildOrientationSheet]]);

/** Whether a text is the name of a sheet. */
export function isSheetName(name: string): name is SheetName {
	return Object.hasOwn(builders, name);
}

/** The definition of a sheet, the same in the browser and on the server. The context comes from the view of the step that shows it. */
export function buildSheet<Name extends SheetName>(name: Name, context: SheetContexts[Name]): SheetDefinition {
	return builders[name](context);
}

/** Thrown for a sheet that does not exist. */
export class UnknownSheetError extends Error {
	constructor(name: string) {
		super(`There is no sheet "${name}".`);
		this.name = "UnknownSheetError";
	}
}

/** As {@link buildSheet} for a name and context that came as JSON from our own server (`StepView.sheet`). Throws {@link UnknownSheetError}. */
export function buildSheetFromJson(name: string, context: unknown): SheetDefinition {
	const build = isSheetName(name) ? builders[name] : furtherBuilders.get(name);
	if (!build) throw new UnknownSheetError(name);
	return (build as (context: unknown) => SheetDefinition)(context);
}
