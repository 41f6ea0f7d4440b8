import type { FeatureValues } from "../feature-values.ts";
import { kitLabel } from "../indices/kit.ts";
import { joinKey } from "../sheets/fixed-rows.ts";
import { reportCells, reportSheet, textOf } from "../sheets/report.ts";
import type { CleanRow, Report, SheetRule } from "../sheets/types.ts";
import { asciiIdentifier } from "../text-rules.ts";
import type { FeatureFact, FeatureKitFact } from "./facts.ts";
import {
	findContradictions,
	isComplete,
	keyOfFeature,
	kitOfRow,
	readOwnFeature,
	reportOwnValues,
	reportUnknownFeature,
} from "./feature-columns.ts";

/** Cells of a feature row; sheets about one library have no sample. */
const featureCells = ["sample_name", "kit", "identifier", "feature", "sequence", "pattern", "read"] as const;

/** Features that a row stands for: all or one of a kit, or a custom one (`id` null). */
export interface ResolvedFeature extends FeatureValues {
	/** Sample pool; null = all with an antibody library. */
	readonly samplePool: string | null;
	readonly kitId: number | null;
	readonly id: number | null;
}

/** Rule (1): rows name samples, but some sample pool is neither named nor covered by a row for all. */
export function requireFeaturesForAll(samplePools: readonly string[]): SheetRule {
	return (rows, report) => {
		const named = new Set(rows.map((row) => textOf(row, "sample_name")));
		if (rows.length === 0 || named.has(null)) return undefined;
		const uncovered = samplePools.filter((name) => !named.has(name));
		if (uncovered.length === 0) return undefined;
		reportSheet(report, "sample_name.uncovered", `No features are given for: ${uncovered.join(", ")}.`, ["sample_name"]);
		return "stop";
	};
}

function findByIdentifier(kit: FeatureKitFact, identifier: string): FeatureFact | null {
	return (
		kit.features.find((feature) => feature.identifier !== null && asciiIdentifier(feature.identifier) === identifier) ?? null
	);
}

/** Feature of the kit that the row names (identifier before name); "all" when it names none; null after reporting that there is none. */
function findInKit(row: CleanRow, kit: FeatureKitFact, report: Report): FeatureFact | "all" | null {
	const identifier = textOf(row, "identifier");
	const name = textOf(row, "feature");
	const byIdentifier = identifier === null ? null : findByIdentifier(kit, identifier);
	if (identifier !== null && !byIdentifier) {
		reportCells(report, row.number, ["identifier"], "invalid", `Kit ${kitLabel(kit)} has no identifier "${identifier}".`);
		return null;
	}
	const byName = name === null ? null : (kit.features.find((feature) => feature.name === name) ?? null);
	if (name !== null && !byName) {
		reportUnknownFeature(row, kit, name, report);
		return null;
	}
	return byIdentifier ?? byName ?? "all";
}

/** Reports own values that contradict the kit; true when there are any. A whole kit leaves no room for own values. */
function reportContradictions(row: CleanRow, kit: FeatureKitFact, found: FeatureFact | "all", report: Report): boolean {
	const own = readOwnFeature(row, "sequence");
	const wrong =
		found === "all"
			? (["sequence", "pattern", "read"] as const).filter((column) => own[column] !== null)
			: findContradictions(own, found, "sequence");
	if (wrong.length === 0) return false;
	const what = found === "all" ? "its features" : found.name;
	const message = `Kit ${kitLabel(kit)} decides Sequence, Pattern and Read of ${what}; leave them empty.`;
	reportOwnValues(row, wrong, message, report);
	return true;
}

/** Features of one row; null after reporting why there are none. */
function resolveRow(row: CleanRow, kits: readonly FeatureKitFact[], report: Report): ResolvedFeature[] | null {
	const samplePool = textOf(row, "sample_name");
	const kit = kitOfRow(row, kits);
	if (kit) {
		const found = findInKit(row, kit, report);
		if (found === null || reportContradictions(row, kit, found, report)) return null;
		return (found === "all" ? kit.features : [found]).map((feature) => ({ samplePool, kitId: kit.id, ...feature }));
	}
	const own = readOwnFeature(row, "sequence");
	const name = textOf(row, "feature");
	if (!isComplete(own) || name === null) {
		const message = "Give a Kit, or Feature, Sequence, Pattern and Read.";
		reportCells(report, row.number, ["kit", "feature", "sequence", "pattern", "read"], "missing", message);
		return null;
	}
	return [{ samplePool, kitId: null, id: null, identifier: textOf(row, "identifier"), name, ...own }];
}

/** Reports what occurs twice for the same sample value: the identical row, else the identifier, the feature name. */
function reportRepeated(row: CleanRow, firstRow: Map<string, number>, report: Report): void {
	const sample = textOf(row, "sample_name");
	const kinds = [
		{
			columns: featureCells.filter((column) => Object.hasOwn(row.values, column)),
			key: joinKey("row", ...featureCells.map((column) => textOf(row, column))),
			what: "This row",
		},
		{ columns: ["identifier"], key: keyOfText("identifier", sample, row), what: "This identifier" },
		{ columns: ["feature"], key: keyOfText("feature", sample, row), what: "This feature" },
	];
	for (const { columns, key, what } of kinds) {
		if (key === null) continue;
		const first = firstRow.get(key);
		if (first === undefined) firstRow.set(key, row.number);
		else reportCells(report, row.number, columns, "duplicate", `${what} is given already, see row ${first}.`);
	}
}

function keyOfText(column: string, sample: string | null, row: CleanRow): string | null {
	const text = textOf(row, column);
	return text === null ? null : joinKey(column, sample, text);
}

/**
 * Resolves the rows to features and reports all that is wrong (rule 2). Custom features are compared by sequence, pattern and read within
 * each library; a row without sample counts for every library.
 */
export function resolveFeatures(
	rows: readonly CleanRow[],
	samplePools: readonly string[],
	kits: readonly FeatureKitFact[],
	report: Report,
): ResolvedFeature[] {
	const firstRow = new Map<string, number>();
	const firstOfLibrary = new Map<string, number>();
	return rows.flatMap((row) => {
		reportRepeated(row, firstRow, report);
		const features = resolveRow(row, kits, report) ?? [];
		const custom = features.find((feature) => feature.id === null);
		if (!custom) return features;
		const keys = (custom.samplePool === null ? samplePools : [custom.samplePool]).map((pool) =>
			joinKey(pool, keyOfFeature(custom)),
		);
		const first = keys.map((key) => firstOfLibrary.get(key)).find((number) => number !== undefined);
		if (first !== undefined) {
			const message = `A feature with this Sequence, Pattern and Read is given already, see row ${first}.`;
			reportCells(report, row.number, ["sequence", "pattern", "read"], "duplicate", message);
		}
		for (const key of keys) if (!firstOfLibrary.has(key)) firstOfLibrary.set(key, row.number);
		return features;
	});
}
