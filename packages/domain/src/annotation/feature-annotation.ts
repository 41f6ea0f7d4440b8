import { FeatureType } from "../catalog.ts";
import type { SheetDefinition, SheetRule } from "../sheets/types.ts";
import type { AnnotationFacts, FeatureKitFact } from "./facts.ts";
import { antibodyFeatureColumns, listKitTables } from "./feature-columns.ts";
import { requireFeaturesForAll, resolveFeatures } from "./feature-rules.ts";
import { isInGroup } from "./library-set.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, type FeatureRow, type LibraryRow } from "./tables.ts";

const step = "feature_annotation";

/** From what the sheet is built; `samplePools` are those with an antibody library. */
export type FeatureContext = { readonly samplePools: readonly string[]; readonly kits: readonly FeatureKitFact[] };

/** Sheet of the antibody features (requests-and-annotation.md §5.14). */
export function buildFeatureSheet(context: FeatureContext): SheetDefinition {
	const checkRows: SheetRule = (rows, report) => {
		resolveFeatures(rows, context.samplePools, context.kits, report);
		return undefined;
	};
	return {
		name: step,
		title: "Antibody Features",
		columns: [
			{
				key: "sample_name",
				label: "Sample Name",
				width: 170,
				type: "choice",
				options: context.samplePools.map((name) => ({ value: name, label: name })),
				help: "Empty = all samples with an antibody library.",
			},
			...antibodyFeatureColumns(context.kits),
		],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [requireFeaturesForAll(context.samplePools), checkRows],
	};
}

function listAntibodyLibraries(state: WorkflowState): LibraryRow[] {
	return annotationTable(state, "libraries").filter((library) => isInGroup(library.library_type_id, "antibodyCapture"));
}

function buildContext(state: WorkflowState, facts: AnnotationFacts): FeatureContext {
	return {
		samplePools: [...new Set(listAntibodyLibraries(state).map((library) => library.sample_pool))],
		kits: facts.featureKits.filter((kit) => kit.typeId === FeatureType.ANTIBODY.id),
	};
}

/** Antibody features of the run's ABC libraries. */
export const featureAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "Antibody Features",
	applies: (state) => listAntibodyLibraries(state).length > 0,
	present(state, facts) {
		const context = buildContext(state, facts);
		return {
			kind: "sheet",
			title: "Antibody Features",
			sheet: { name: step, context },
			initial: initialSheet(buildFeatureSheet(context), previousInput(state, step), []),
			hints: [
				`Samples with an antibody library: ${context.samplePools.join(", ")}.`,
				"Per row: a kit alone for all its features; a kit and an identifier or feature; or your own feature with sequence, pattern and read.",
			],
			tabs: listKitTables(context.kits),
		};
	},
	accept(input, state, facts) {
		const context = buildContext(state, facts);
		const sheet = validateSheetInput(buildFeatureSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const librariesByPool = Map.groupBy(listAntibodyLibraries(state), (library) => library.sample_pool);
		const features = resolveFeatures(sheet.rows, context.samplePools, context.kits, () => undefined).flatMap(
			(feature): FeatureRow[] => {
				const { samplePool, kitId, id, identifier, name, sequence, pattern, read } = feature;
				const row = { kit_id: kitId, feature_id: id, identifier, name, sequence, pattern, read };
				if (samplePool === null) return [{ library_name: null, ...row }];
				return (librariesByPool.get(samplePool) ?? []).map((library) => ({ library_name: library.library_name, ...row }));
			},
		);
		return accept({ tables: { features } });
	},
};
