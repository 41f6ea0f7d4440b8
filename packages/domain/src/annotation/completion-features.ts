import { FeatureType } from "../catalog.ts";
import { joinKey } from "../sheets/fixed-rows.ts";
import type { CompletionPlan, PlannedCustomFeature, PlannedFeatureLink } from "./completion-types.ts";
import { isInGroup } from "./library-set.ts";
import type { WorkflowState } from "./state.ts";
import { annotationTable, type FeatureRow } from "./tables.ts";

function keyOf(feature: FeatureRow): string {
	return joinKey(feature.identifier, feature.name, feature.pattern, feature.read, feature.sequence);
}

/** Features of the ABC libraries: custom ones once per distinct content, each feature at most once per library. */
export function planFeatures(state: WorkflowState): Pick<CompletionPlan, "customFeatures" | "featureLinks"> {
	const abcLibraries = annotationTable(state, "libraries")
		.filter((library) => isInGroup(library.library_type_id, "antibodyCapture"))
		.map((library) => library.library_name);
	const customFeatures = new Map<string, PlannedCustomFeature>();
	const links = new Map<string, PlannedFeatureLink>();
	for (const feature of annotationTable(state, "features")) {
		const { identifier, name, sequence, pattern, read } = feature;
		const key = keyOf(feature);
		if (feature.feature_id === null) {
			customFeatures.set(key, { key, identifier, name, sequence, pattern, read, typeId: FeatureType.ANTIBODY.id });
		}
		for (const libraryName of feature.library_name === null ? abcLibraries : [feature.library_name]) {
			const link: PlannedFeatureLink =
				feature.feature_id === null
					? { libraryName, kind: "custom", featureKey: key }
					: { libraryName, kind: "kit", featureId: feature.feature_id };
			links.set(joinKey(libraryName, feature.feature_id ?? key), link);
		}
	}
	return { customFeatures: [...customFeatures.values()], featureLinks: [...links.values()] };
}
