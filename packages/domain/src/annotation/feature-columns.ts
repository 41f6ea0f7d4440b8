import { muxBarcodes } from "../catalog.ts";
import { kitLabel } from "../indices/kit.ts";
import { joinKey } from "../sheets/fixed-rows.ts";
import { numberOf, reportCells, textOf } from "../sheets/report.ts";
import type { CleanRow, Column, Report } from "../sheets/types.ts";
import { asciiIdentifier, checkBases, checkName, cleanSequence } from "../text-rules.ts";
import type { FeatureFact, FeatureKitFact } from "./facts.ts";
import type { ReferenceTable } from "./step.ts";

/** Column *Kit* of feature kits, shown `[identifier] name`; a bare identifier or name is offered as repair. */
export function featureKitColumn(kits: readonly FeatureKitFact[]): Column {
	return {
		key: "kit",
		label: "Kit",
		width: 250,
		type: "labelledChoice",
		options: kits.map((kit) => ({ value: kit.id, label: kitLabel(kit) })),
		suggest: (text) => {
			const wanted = text.toLowerCase();
			const kit = kits.find((candidate) => [candidate.identifier, candidate.name].some((name) => name.toLowerCase() === wanted));
			return kit ? kitLabel(kit) : null;
		},
	};
}

/** Columns of an own feature: Sequence, Pattern, Read. */
export function ownFeatureColumns(
	keys: { readonly sequence: string },
	widths: { readonly sequence: number; readonly pattern: number; readonly read: number },
): Column[] {
	return [
		{
			key: keys.sequence,
			label: "Sequence",
			width: widths.sequence,
			type: "text",
			maxLength: 32,
			clean: cleanSequence,
			check: checkBases,
			examples: ["CATGCCAATAGAGCG"],
		},
		{ key: "pattern", label: "Pattern", width: widths.pattern, type: "text", maxLength: 32, examples: ["5P(BC)"] },
		{
			key: "read",
			label: "Read",
			width: widths.read,
			type: "choice",
			options: muxBarcodes.oligoReads.map((read) => ({ value: read, label: read })),
		},
	];
}

/** Columns of a feature of antibodies: of a kit, all or one, or an own one (requests-and-annotation.md §5.14). */
export function antibodyFeatureColumns(kits: readonly FeatureKitFact[]): Column[] {
	return [
		featureKitColumn(kits),
		{
			key: "identifier",
			label: "Identifier",
			width: 150,
			type: "text",
			maxLength: 64,
			clean: asciiIdentifier,
			check: checkName(),
			examples: ["B0014"],
		},
		{ key: "feature", label: "Feature", width: 150, type: "text", minLength: 3, maxLength: 64, examples: ["CD3"] },
		...ownFeatureColumns({ sequence: "sequence" }, { sequence: 150, pattern: 200, read: 100 }),
	];
}

/** Sequence, pattern and read as given in a row; null = not given. */
export interface OwnFeature {
	readonly sequence: string | null;
	readonly pattern: string | null;
	readonly read: string | null;
}

/** What a row gives itself. */
export function readOwnFeature(row: CleanRow, sequenceKey: string): OwnFeature {
	return { sequence: textOf(row, sequenceKey), pattern: textOf(row, "pattern"), read: textOf(row, "read") };
}

/** Whether sequence, pattern and read are all given. */
export function isComplete(
	own: OwnFeature,
): own is { readonly sequence: string; readonly pattern: string; readonly read: string } {
	return own.sequence !== null && own.pattern !== null && own.read !== null;
}

/** Keys of the columns in which a row contradicts the feature of the kit. */
export function findContradictions(own: OwnFeature, feature: FeatureFact, sequenceKey: string): string[] {
	const columns: string[] = [];
	if (own.sequence !== null && own.sequence !== feature.sequence) columns.push(sequenceKey);
	if (own.pattern !== null && own.pattern !== feature.pattern) columns.push("pattern");
	if (own.read !== null && own.read !== feature.read) columns.push("read");
	return columns;
}

/** Refuses a name that no feature of the kit has; one that differs in case only is offered as repair. */
export function reportUnknownFeature(
	row: CleanRow,
	kit: FeatureKitFact,
	name: string,
	report: Report,
	clean: (name: string) => string = (own) => own,
): void {
	const similar = kit.features.find((feature) => clean(feature.name).toLowerCase() === name.toLowerCase());
	const repair = similar && {
		label: `Use "${similar.name}"`,
		cells: [{ row: row.number, column: "feature", value: similar.name }],
	};
	reportCells(report, row.number, ["feature"], "invalid", `Kit ${kitLabel(kit)} has no feature "${name}".`, repair);
}

/** Refuses own values that the kit decides; emptying their cells is offered as repair. */
export function reportOwnValues(row: CleanRow, columns: readonly string[], message: string, report: Report): void {
	const repair = { label: "Use the kit's", cells: columns.map((column) => ({ row: row.number, column, value: "" })) };
	reportCells(report, row.number, columns, "invalid", message, repair);
}

/** The kit that a row names, or null. */
export function kitOfRow(row: CleanRow, kits: readonly FeatureKitFact[]): FeatureKitFact | null {
	const id = numberOf(row, "kit");
	return id === null ? null : (kits.find((kit) => kit.id === id) ?? null);
}

/** Sequence, pattern and read as one key. */
export function keyOfFeature(feature: { readonly sequence: string; readonly pattern: string; readonly read: string }): string {
	return joinKey(feature.sequence, feature.pattern, feature.read);
}

/** Tables of feature kits, to look features up. */
export function listKitTables(kits: readonly FeatureKitFact[]): ReferenceTable[] {
	return kits.map((kit) => ({
		title: kitLabel(kit),
		columns: ["Identifier", "Feature", "Sequence", "Pattern", "Read"],
		rows: kit.features.map((feature) => [feature.identifier, feature.name, feature.sequence, feature.pattern, feature.read]),
	}));
}
