import type { FeatureValues } from "../feature-values.ts";
import type { OrientationId } from "../indices/index-set.ts";
import type { JsonValue, Table, WorkflowState } from "./state.ts";
import { readMetadata, readTable } from "./state.ts";

/** A sample of the run. */
export type SampleRow = {
	readonly sample_name: string;
	readonly genome_id: number;
	/** Existing sample that is used again, or null for a new one. */
	readonly sample_id: number | null;
	/** Attribute values by field name; only given ones. */
	readonly attributes: { readonly [name: string]: string };
};

/** Which sample is in which sample pool (multiplexing pool, or the sample itself). */
export type SamplePoolRow = { readonly sample_name: string; readonly sample_pool: string };

/** A link between a sample and a library. */
export type LinkRow = {
	readonly sample_name: string;
	readonly sample_pool: string;
	readonly library_name: string;
	readonly mux_type_id: number | null;
	readonly mux_barcode: string | null;
	readonly mux_pattern: string | null;
	readonly mux_read: string | null;
	/** Feature kit and feature of the oligo, for display. */
	readonly mux_kit: string | null;
	readonly mux_feature: string | null;
};

/** A library of the run. */
export type LibraryRow = {
	readonly library_name: string;
	readonly sample_pool: string;
	readonly library_type_id: number;
	/** Label of the pool that it is in (P), else null. */
	readonly pool_label: string | null;
};

/** A pool of the run (P). */
export type PoolRow = { readonly pool_label: string; readonly pool_name: string; readonly m_reads_requested: number | null };

/** One side of an index set. */
export type IndexSideRow = {
	/** Kit from which it was taken, or null for a typed sequence. */
	readonly kit_id: number | null;
	readonly name: string | null;
	readonly sequence: string;
	/** Catalog barcodeOrientation; null = unknown. */
	readonly orientation_id: OrientationId;
};

/** One index set of a library (ATAC: four rows, without i5). */
export type IndexRow = {
	readonly library_name: string;
	readonly is_atac: boolean;
	/** Whether the user named a kit in the row; such rows take no part in matching. */
	readonly names_kit: boolean;
	/** Displayed number of the row from which it came. */
	readonly row: number;
	readonly i7: IndexSideRow;
	readonly i5: IndexSideRow | null;
};

/** A feature of ABC libraries. */
export type FeatureRow = FeatureValues & {
	/** null = all ABC libraries of the run. */
	readonly library_name: string | null;
	readonly kit_id: number | null;
	/** null = custom. */
	readonly feature_id: number | null;
};

/** Spatial properties of a library. */
export type PropertyRow = {
	readonly library_name: string;
	readonly image: string | null;
	readonly slide: string | null;
	readonly area: string | null;
	readonly he_image: string | null;
};

/** A CRISPR guide. */
export type GuideRow = {
	readonly guide_name: string;
	readonly target_gene: string;
	readonly prefix: string;
	readonly guide_sequence: string;
	readonly suffix: string;
};

/** The working tables of the annotation workflow (requests-and-annotation.md §5.1). */
export type AnnotationTables = {
	readonly samples: readonly SampleRow[];
	readonly sample_pools: readonly SamplePoolRow[];
	readonly links: readonly LinkRow[];
	readonly libraries: readonly LibraryRow[];
	readonly pools: readonly PoolRow[];
	readonly indices: readonly IndexRow[];
	readonly features: readonly FeatureRow[];
	readonly properties: readonly PropertyRow[];
	readonly crispr_guides: readonly GuideRow[];
};

/** The newest version of a working table; empty when no step has written it. Rows are what our own steps wrote, so they are trusted. */
export function annotationTable<Name extends keyof AnnotationTables>(state: WorkflowState, name: Name): AnnotationTables[Name] {
	return (readTable(state, name) ?? []) as Table as AnnotationTables[Name];
}

/** A metadata value if it is a number, else null. */
export function readNumber(state: WorkflowState, key: string): number | null {
	const value = readMetadata(state, key);
	return typeof value === "number" ? value : null;
}

/** A metadata value if it is a text, else null. */
export function readText(state: WorkflowState, key: string): string | null {
	const value = readMetadata(state, key);
	return typeof value === "string" ? value : null;
}

/** A metadata value if it is a list of numbers, else an empty list. */
export function readNumbers(state: WorkflowState, key: string): number[] {
	const value: JsonValue = readMetadata(state, key);
	return Array.isArray(value) ? value.filter((item: unknown) => typeof item === "number") : [];
}
