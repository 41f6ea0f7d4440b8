import { changeAttributes, compareAttributes, readAttributes, type SampleAttributes } from "../attributes.ts";
import { buildAttributeSheet, canHaveColumn, readAttributesOfRow } from "../sheets/attribute-sheet.ts";
import { readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { textOf } from "../sheets/report.ts";
import type { RawCell, SheetDefinition, ValidatedSheet } from "../sheets/types.ts";

/** A sample of a project with its attributes as stored. */
export interface SampleOfProject {
	readonly id: number;
	readonly name: string;
	readonly attributes: SampleAttributes | null;
}

/** From what the sheet is built. */
export type ProjectAttributesContext = {
	readonly samples: readonly { readonly id: number; readonly name: string }[];
	/** Names of all attributes that any sample has. */
	readonly stored: readonly string[];
	/** Those that some samples lack, because they came with another request: nobody has to fill these to change a cell. */
	readonly withGaps: readonly string[];
};

/** Sheet of the attributes of all samples of a project (access-and-web.md §3.3). */
export function buildProjectAttributesSheet(context: ProjectAttributesContext): SheetDefinition {
	return buildAttributeSheet({
		name: "project_attributes",
		sampleId: readOnlyColumn("sample_id", "Sample ID", 170),
		exactRows: requireExactRows(
			["sample_id", "sample_name"],
			context.samples.map(({ id, name }) => [String(id), name]),
		),
		stored: context.stored,
		withGaps: context.withGaps,
	});
}

/** Values of the attributes that the sheet shows, by field name. */
function shownAttributes(sample: SampleOfProject): Map<string, string> {
	return new Map([...readAttributes(sample.attributes)].filter(([name]) => canHaveColumn(name)));
}

/** The sheet of these samples: from what it is built, and its rows. */
export function describeProjectAttributes(samples: readonly SampleOfProject[]): {
	readonly context: ProjectAttributesContext;
	readonly rows: readonly Readonly<Record<string, RawCell>>[];
} {
	const texts = samples.map(shownAttributes);
	const stored = [...new Set(texts.flatMap((attributes) => [...attributes.keys()]))].sort();
	return {
		context: {
			samples: samples.map(({ id, name }) => ({ id, name })),
			stored,
			withGaps: stored.filter((name) => texts.some((attributes) => !attributes.has(name))),
		},
		rows: samples.map(({ id, name }, index) => ({
			...Object.fromEntries(stored.map((attribute) => [attribute, texts[index]?.get(attribute) ?? null])),
			sample_name: name,
			sample_id: String(id),
		})),
	};
}

/** The samples that a valid sheet changes, with the attributes that they have then; a column that is missing is deleted from all. */
export function applyProjectAttributes(
	samples: readonly SampleOfProject[],
	sheet: ValidatedSheet,
): { readonly id: number; readonly attributes: SampleAttributes | null }[] {
	const rowsById = new Map(sheet.rows.map((row) => [Number(textOf(row, "sample_id")), row]));
	return samples.flatMap((sample) => {
		const row = rowsById.get(sample.id);
		if (!row) return [];
		const changes = compareAttributes(shownAttributes(sample), readAttributesOfRow(sheet, row));
		return changes.size === 0 ? [] : [{ id: sample.id, attributes: changeAttributes(sample.attributes, changes) }];
	});
}
