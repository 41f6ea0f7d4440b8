import { FeatureType, MuxType } from "../catalog.ts";
import { kitLabel } from "../indices/kit.ts";
import { joinKey, requireExactRows } from "../sheets/fixed-rows.ts";
import { reportCells, textOf } from "../sheets/report.ts";
import type { CleanRow, Report, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { cleanName } from "../text-rules.ts";
import type { AnnotationFacts, FeatureFact, FeatureKitFact } from "./facts.ts";
import {
	featureKitColumn,
	findContradictions,
	isComplete,
	keyOfFeature,
	kitOfRow,
	listKitTables,
	ownFeatureColumns,
	readOwnFeature,
	reportOwnValues,
	reportUnknownFeature,
} from "./feature-columns.ts";
import { expectedMuxRows, listMuxRows, type MuxRow, muxIdentityColumns, muxIdentityKeys, updateLinks } from "./mux-rows.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { readNumber } from "./tables.ts";

const step = "oligo_mux_annotation";
const oligoCells = ["kit", "feature", "barcode", "pattern", "read"] as const;
const cleanFeature = cleanName(". - _");

/** From what the sheet is built. */
export type OligoMuxContext = { readonly rows: readonly MuxRow[]; readonly kits: readonly FeatureKitFact[] };

/** The oligo of a sample in a pool. */
interface ResolvedOligo {
	readonly sampleName: string;
	readonly pool: string;
	readonly sequence: string;
	readonly pattern: string;
	readonly read: string;
	readonly kit: FeatureKitFact | null;
	readonly feature: string | null;
}

function findFeature(kit: FeatureKitFact, name: string): FeatureFact | null {
	return kit.features.find((feature) => cleanFeature(feature.name) === name) ?? null;
}

/** The feature of the kit that a row means: by its name, else by complete own values. */
function featureOfRow(row: CleanRow, kit: FeatureKitFact): FeatureFact | null {
	const name = textOf(row, "feature");
	if (name !== null) return findFeature(kit, name);
	const own = readOwnFeature(row, "barcode");
	if (!isComplete(own)) return null;
	return kit.features.find((feature) => keyOfFeature(feature) === keyOfFeature(own)) ?? null;
}

/** The oligo of one row, filled from its kit; reports what is wrong and returns null then. */
function resolveRow(row: CleanRow, kits: readonly FeatureKitFact[], report: Report): ResolvedOligo | null {
	const kit = kitOfRow(row, kits);
	const name = textOf(row, "feature");
	const own = readOwnFeature(row, "barcode");
	const identity = { sampleName: textOf(row, "sample_name") ?? "", pool: textOf(row, "pool") ?? "" };
	const feature = kit ? featureOfRow(row, kit) : null;
	if (kit && name !== null && !feature) {
		reportUnknownFeature(row, kit, name, report, cleanFeature);
		return null;
	}
	if (feature && kit) {
		const wrong = findContradictions(own, feature, "barcode");
		if (wrong.length > 0) {
			const message = `Differs from ${feature.name} of kit ${kitLabel(kit)}; leave Sequence, Pattern and Read empty to use the kit's.`;
			reportOwnValues(row, wrong, message, report);
			return null;
		}
		const { sequence, pattern, read } = feature;
		return { ...identity, sequence, pattern, read, kit, feature: feature.name };
	}
	if (!isComplete(own)) {
		const message = "Give either Kit and Feature, or Sequence, Pattern and Read.";
		reportCells(report, row.number, oligoCells, "missing", message);
		return null;
	}
	if (kit) {
		reportCells(report, row.number, ["barcode", "pattern", "read"], "invalid", `Kit ${kitLabel(kit)} has no such oligo.`);
		return null;
	}
	return { ...identity, ...own, kit: null, feature: name };
}

/** Resolves all rows and reports what is wrong, duplicates in a pool included (compared after resolving the kits). */
export function resolveOligos(rows: readonly CleanRow[], kits: readonly FeatureKitFact[], report: Report): ResolvedOligo[] {
	const firstRow = new Map<string, number>();
	const resolved: ResolvedOligo[] = [];
	for (const row of rows) {
		const oligo = resolveRow(row, kits, report);
		if (!oligo) continue;
		resolved.push(oligo);
		const keys = [joinKey(oligo.pool, keyOfFeature(oligo))];
		if (oligo.kit) keys.push(joinKey(oligo.pool, oligo.kit.id, oligo.feature));
		const first = keys.map((key) => firstRow.get(key)).find((number) => number !== undefined);
		if (first !== undefined) {
			reportCells(report, row.number, oligoCells, "duplicate", `Pool ${oligo.pool} has this oligo already, see row ${first}.`);
		}
		for (const key of keys) if (!firstRow.has(key)) firstRow.set(key, row.number);
	}
	return resolved;
}

/** Sheet of the oligos or hashtags that tag the samples of each pool (requests-and-annotation.md §5.9). */
export function buildOligoMuxSheet(context: OligoMuxContext): SheetDefinition {
	const checkRows: SheetRule = (rows, report) => {
		resolveOligos(rows, context.kits, report);
		return undefined;
	};
	return {
		name: step,
		title: "Oligo Multiplexing",
		columns: [
			...muxIdentityColumns(170),
			featureKitColumn(context.kits),
			{ key: "feature", label: "Feature", width: 150, type: "text", maxLength: 64, clean: cleanFeature, examples: ["CMO301"] },
			...ownFeatureColumns({ sequence: "barcode" }, { sequence: 200, pattern: 180, read: 80 }),
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [requireExactRows(muxIdentityKeys, expectedMuxRows(context.rows)), checkRows],
	};
}

function buildContext(state: WorkflowState, facts: AnnotationFacts): OligoMuxContext {
	return { rows: listMuxRows(state), kits: facts.featureKits.filter((kit) => kit.typeId === FeatureType.CMO.id) };
}

/** Oligos of the samples in each pool (R, P and U: the user tags the cells). */
export const oligoMuxAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "Oligo Multiplexing",
	applies(state) {
		const muxTypeId = readNumber(state, "mux_type_id");
		return muxTypeId === MuxType.TENX_OLIGO.id || muxTypeId === MuxType.TENX_ABC_HASH.id;
	},
	present(state, facts) {
		const context = buildContext(state, facts);
		const rows = context.rows.map((row) => ({ sample_name: row.sampleName, pool: row.pool }));
		return {
			kind: "sheet",
			title: "Oligo Multiplexing",
			sheet: { name: step, context },
			initial: initialSheet(buildOligoMuxSheet(context), previousInput(state, step), rows),
			hints: ["Give either Kit and Feature, or Sequence, Pattern and Read."],
			tabs: listKitTables(context.kits),
		};
	},
	accept(input, state, facts) {
		const context = buildContext(state, facts);
		const sheet = validateSheetInput(buildOligoMuxSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const oligos = new Map(
			resolveOligos(sheet.rows, context.kits, () => undefined).map((oligo) => [joinKey(oligo.sampleName, oligo.pool), oligo]),
		);
		const links = updateLinks(state, (link) => {
			const oligo = oligos.get(joinKey(link.sample_name, link.sample_pool));
			if (!oligo) return {};
			return {
				mux_barcode: oligo.sequence,
				mux_pattern: oligo.pattern,
				mux_read: oligo.read,
				mux_kit: oligo.kit ? kitLabel(oligo.kit) : null,
				mux_feature: oligo.feature,
			};
		});
		return accept({ tables: { links } });
	},
};
