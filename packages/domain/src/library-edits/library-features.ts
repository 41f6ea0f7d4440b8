import type { FeatureKitFact } from "../annotation/facts.ts";
import { antibodyFeatureColumns } from "../annotation/feature-columns.ts";
import { type ResolvedFeature, resolveFeatures } from "../annotation/feature-rules.ts";
import { kitLabel } from "../indices/kit.ts";
import type { CleanRow, RawCell, Report, SheetDefinition } from "../sheets/types.ts";

/** A feature of a library as it is stored. */
export interface StoredFeature {
	readonly id: number;
	/** Null = custom. */
	readonly kitId: number | null;
	readonly identifier: string | null;
	readonly name: string;
	readonly sequence: string;
	readonly pattern: string;
	/** `R1` or `R2`. */
	readonly read: string;
}

/** From what the sheet is built: the antibody kits, and those of which the library has features. */
export type LibraryFeaturesContext = { readonly kits: readonly FeatureKitFact[] };

/** All rows are about one library. */
const oneLibrary = ["this library"];

/** Features that the rows stand for; reports what is wrong (requests-and-annotation.md §5.14). */
export function resolveLibraryFeatures(
	rows: readonly CleanRow[],
	kits: readonly FeatureKitFact[],
	report: Report,
): ResolvedFeature[] {
	return resolveFeatures(rows, oneLibrary, kits, report);
}

/** Sheet of the features of an antibody library: §5.14 without Sample Name (requests-and-annotation.md §11). */
export function buildLibraryFeaturesSheet({ kits }: LibraryFeaturesContext): SheetDefinition {
	return {
		name: "library_features",
		title: "Features",
		columns: [...antibodyFeatureColumns(kits)],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			(rows, report) => {
				resolveLibraryFeatures(rows, kits, report);
				return undefined;
			},
		],
	};
}

/** Rows that stand for the features of a library: one per complete kit, else one per feature. */
export function rowsOfFeatures(features: readonly StoredFeature[], kits: readonly FeatureKitFact[]): Record<string, RawCell>[] {
	const present = new Set(features.map((feature) => feature.id));
	const complete = new Set(
		kits.filter((kit) => kit.features.length > 0 && kit.features.every(({ id }) => present.has(id))).map((kit) => kit.id),
	);
	const kitRows = kits.filter((kit) => complete.has(kit.id)).map((kit) => ({ kit: kitLabel(kit) }));
	const isRepeated = (column: "identifier" | "name", value: string | null) =>
		value !== null && features.filter((feature) => feature[column] === value).length > 1;
	const featureRows = features
		.filter((feature) => feature.kitId === null || !complete.has(feature.kitId))
		.map((feature): Record<string, RawCell> => {
			const kit = kits.find((candidate) => candidate.id === feature.kitId);
			const { identifier, name, sequence, pattern, read } = feature;
			if (!kit) return { identifier, feature: name, sequence, pattern, read };
			// Identifier or name alone says which feature of the kit it is: what another row has too is left out.
			if (identifier !== null && isRepeated("name", name)) return { kit: kitLabel(kit), identifier };
			return isRepeated("identifier", identifier)
				? { kit: kitLabel(kit), feature: name }
				: { kit: kitLabel(kit), identifier, feature: name };
		});
	return [...kitRows, ...featureRows];
}
