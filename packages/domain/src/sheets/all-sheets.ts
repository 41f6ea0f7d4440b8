import { buildSheetFromJson } from "../annotation/sheet-registry.ts";
import { buildLibraryFeaturesSheet, type LibraryFeaturesContext } from "../library-edits/library-features.ts";
import { buildLibraryMuxSheet, type LibraryMuxContext } from "../library-edits/library-mux.ts";
import {
	buildLibraryPropertiesSheet,
	buildPropertyTableSheet,
	type LibraryPropertiesContext,
	type PropertyTableContext,
} from "../library-edits/library-properties.ts";
import { buildLibraryTableSheet, type LibraryTableContext } from "../library-edits/library-table.ts";
import {
	buildPrepFlexSheet,
	buildPrepOnChipSheet,
	type PrepFlexContext,
	type PrepOnChipContext,
} from "../library-edits/prep-mux.ts";
import { buildProjectAttributesSheet, type ProjectAttributesContext } from "../library-edits/project-attributes.ts";
import { buildSamplePoolsSheet, type SamplePoolsContext } from "../library-edits/regroup.ts";
import { buildQualityControlSheet, type QualityControlContext } from "../quality-control/quality-control-sheet.ts";
import type { SheetDefinition } from "./types.ts";

/** Contexts of the sheets that change or measure samples and libraries after the annotation, by name; all JSON-serialisable. */
export interface LibrarySheetContexts {
	readonly library_table: LibraryTableContext;
	readonly library_features: LibraryFeaturesContext;
	readonly library_properties: LibraryPropertiesContext;
	readonly library_property_table: PropertyTableContext;
	readonly project_attributes: ProjectAttributesContext;
	readonly library_mux: LibraryMuxContext;
	readonly sample_pools: SamplePoolsContext;
	readonly prep_flex: PrepFlexContext;
	readonly prep_on_chip: PrepOnChipContext;
	readonly quality_control: QualityControlContext;
}

const builders: { readonly [Name in keyof LibrarySheetContexts]: (context: LibrarySheetContexts[Name]) => SheetDefinition } = {
	library_table: buildLibraryTableSheet,
	library_features: buildLibraryFeaturesSheet,
	library_properties: buildLibraryPropertiesSheet,
	library_property_table: buildPropertyTableSheet,
	project_attributes: buildProjectAttributesSheet,
	library_mux: buildLibraryMuxSheet,
	sample_pools: buildSamplePoolsSheet,
	prep_flex: buildPrepFlexSheet,
	prep_on_chip: buildPrepOnChipSheet,
	quality_control: buildQualityControlSheet,
};

function isLibrarySheet(name: string): name is keyof LibrarySheetContexts {
	return Object.hasOwn(builders, name);
}

/**
 * The definition of any sheet, the same in the browser and on the server, from the name and context that came as JSON from our own
 * server. Throws UnknownSheetError.
 */
export function buildAnySheet(name: string, context: unknown): SheetDefinition {
	if (!isLibrarySheet(name)) return buildSheetFromJson(name, context);
	const build = builders[name] as (context: unknown) => SheetDefinition;
	return build(context);
}
