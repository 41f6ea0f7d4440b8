import { textOf } from "../sheets/report.ts";
import type { Column, SheetDefinition } from "../sheets/types.ts";
import type { AnnotationFacts } from "./facts.ts";
import { isInGroup } from "./library-set.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, type GuideRow } from "./tables.ts";

const step = "parse_crispr_guide_annotation";

function guideColumn(key: string, label: string, width: number, maxLength: number): Column {
	return { key, label, width, type: "text", required: true, maxLength };
}

/** Sheet of CRISPR guides (requests-and-annotation.md §5.16). */
export function buildParseCrisprGuideSheet(): SheetDefinition {
	return {
		name: step,
		title: "CRISPR Guides",
		columns: [
			{ ...guideColumn("guide_name", "Guide Name", 150, 64), unique: true },
			guideColumn("target_gene", "Target Gene", 150, 64),
			guideColumn("prefix", "Prefix", 250, 256),
			guideColumn("guide_sequence", "Guide Sequence", 200, 256),
			guideColumn("suffix", "Suffix", 250, 256),
		],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [],
	};
}

/** CRISPR guides of Parse Biosciences libraries. */
export const parseCrisprGuideAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "CRISPR Guides",
	applies: (state) => annotationTable(state, "libraries").some((library) => isInGroup(library.library_type_id, "crisprGuides")),
	present(state) {
		return {
			kind: "sheet",
			title: "CRISPR Guides",
			sheet: { name: step, context: {} },
			initial: initialSheet(buildParseCrisprGuideSheet(), previousInput(state, step), []),
			hints: ["Structure: prefix – guide – suffix, at least 10 bases on each side, taken from the vector map or Read 1."],
		};
	},
	accept(input) {
		const sheet = validateSheetInput(buildParseCrisprGuideSheet(), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const guides: GuideRow[] = sheet.rows.map((row) => ({
			guide_name: textOf(row, "guide_name") ?? "",
			target_gene: textOf(row, "target_gene") ?? "",
			prefix: textOf(row, "prefix") ?? "",
			guide_sequence: textOf(row, "guide_sequence") ?? "",
			suffix: textOf(row, "suffix") ?? "",
		}));
		return accept({ tables: { crispr_guides: guides } });
	},
};
