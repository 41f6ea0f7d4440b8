/** The barcodes of the samples of a whole prep (lab-workflows.md §10.2 to §10.4). */
import { antibodyBarcodeOf } from "../annotation/flex-mux-annotation.ts";
import { LibraryType, MuxType } from "../catalog.ts";
import { joinKey, readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { reportCells, textOf } from "../sheets/report.ts";
import type { CleanRow, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { barcodeColumns, barcodeRules, buildMuxLinkSheet, type MuxLink, muxSheetKind } from "./library-mux.ts";
import { canceledName, checkRegroup, type PoolChoice, type PrepLibrary, samplePoolColumn } from "./regroup.ts";

/** Ways of multiplexing that have a sheet for a whole prep. */
export type PrepMuxKind = "oligo" | "flex" | "flexAntibody" | "onChip";

/** Sheet of a prep in which a library takes part; null = in none. Given up samples need no barcodes, and wells come from the request. */
export function prepMuxKind(library: {
	readonly muxTypeId: number | null;
	readonly typeId: number;
	readonly sampleName: string;
}): PrepMuxKind | null {
	const kind = muxSheetKind(library);
	if (kind === "wells" || library.sampleName === canceledName) return null;
	return kind === "flex" && library.typeId !== LibraryType.TENX_SC_GEX_FLEX.id ? null : kind;
}

/** A sample in a sample pool. */
export interface PooledSample {
	readonly sampleId: number;
	readonly sampleName: string;
	readonly pool: string;
}

/**
 * Names by which the rows of a sheet tell samples apart, in the order of the samples: with the id where two have the same name, and with
 * the pool where one occurs twice. `hasPools`: the sheet shows the pool beside the name, which need only be unique there.
 */
export function distinctNames(samples: readonly PooledSample[], hasPools: boolean): string[] {
	const keyOf = ({ sample, name }: { readonly sample: PooledSample; readonly name: string }) =>
		joinKey(hasPools ? sample.pool : null, name);
	const longer = [
		({ sampleId, sampleName }: PooledSample) => `${sampleName} (${sampleId})`,
		({ sampleId, sampleName, pool }: PooledSample) => `${sampleName} (${sampleId}, ${pool})`,
	];
	let named = samples.map((sample) => ({ sample, name: sample.sampleName }));
	for (const nameOf of longer) {
		const alike = Map.groupBy(named, keyOf);
		named = named.map((row) => (alike.get(keyOf(row))?.length === 1 ? row : { ...row, name: nameOf(row.sample) }));
	}
	return named.map(({ name }) => name);
}

/** From what the sheet of Flex probes is built: the samples of the libraries of one of the two types. */
export type PrepFlexContext = { readonly kind: "flex" | "flexAntibody"; readonly links: readonly MuxLink[] };

/** Sheet of the Flex probes of a prep: of its gene expression, or of its antibody libraries (lab-workflows.md §10.3). */
export function buildPrepFlexSheet({ kind, links }: PrepFlexContext): SheetDefinition {
	const title = kind === "flex" ? "Flex Multiplexing" : "Flex Antibody Multiplexing";
	return buildMuxLinkSheet({ name: "prep_flex", title, kind, links, hasPools: true });
}

/** A link with its probe barcode. */
interface StoredProbe {
	readonly sampleId: number;
	readonly pool: string;
	readonly barcode: string | null;
}

/** Barcodes to begin with on antibody libraries: their own, else that of the same sample and pool on gene expression (`BC` → `AB`). */
export function proposeAntibodyBarcodes(antibodies: readonly StoredProbe[], gex: readonly StoredProbe[]): (string | null)[] {
	const keyOf = ({ sampleId, pool }: StoredProbe) => joinKey(sampleId, pool);
	const known = new Map(gex.flatMap((link) => (link.barcode === null ? [] : [[keyOf(link), link.barcode]])));
	return antibodies.map((link) => {
		const barcode = known.get(keyOf(link));
		return link.barcode ?? (barcode === undefined ? null : antibodyBarcodeOf(barcode));
	});
}

/** A sample in a sample pool of on-chip libraries; `name` is unique in the sheet. JSON-serialisable. */
export type OnChipSample = { readonly sampleId: number; readonly name: string; readonly pool: string };

/** From what the on-chip sheet is built. */
export type PrepOnChipContext = { readonly samples: readonly OnChipSample[]; readonly libraries: readonly PrepLibrary[] };

/** What a row of the on-chip sheet says. */
export interface OnChipChoice {
	readonly sampleId: number;
	/** Sample pool so far. */
	readonly from: string;
	readonly pool: string;
	readonly barcode: string | null;
}

/** What the on-chip sheet says of each sample. */
export function readOnChip(samples: readonly OnChipSample[], rows: readonly CleanRow[]): OnChipChoice[] {
	const byName = new Map(samples.map((sample) => [sample.name, sample]));
	return rows.flatMap((row) => {
		const sample = byName.get(textOf(row, "sample_name") ?? "");
		if (!sample) return [];
		return [{ sampleId: sample.sampleId, from: sample.pool, pool: textOf(row, "pool") ?? "", barcode: textOf(row, "barcode") }];
	});
}

/** The pools that the on-chip sheet chooses: for on-chip libraries only. */
export function onChipPools(choices: readonly OnChipChoice[]): PoolChoice {
	const pools = new Map(choices.map(({ sampleId, from, pool }) => [joinKey(sampleId, from), pool]));
	return (library, sampleId) =>
		library.muxTypeId === MuxType.TENX_ON_CHIP.id ? pools.get(joinKey(sampleId, library.sampleName)) : undefined;
}

/** Rule: a sample that is in several pools stays in different ones. */
function requireOnceInPool(samples: readonly OnChipSample[]): SheetRule {
	const idByName = new Map(samples.map(({ name, sampleId }) => [name, sampleId]));
	return (rows, report) => {
		const firstRow = new Map<string, number>();
		for (const row of rows) {
			const name = textOf(row, "sample_name") ?? "";
			const key = joinKey(idByName.get(name) ?? name, textOf(row, "pool"));
			const first = firstRow.get(key);
			if (first === undefined) firstRow.set(key, row.number);
			else reportCells(report, row.number, ["pool"], "duplicate", `The pool has this sample already, see row ${first}.`);
		}
		return undefined;
	};
}

/** Sheet of the on-chip barcodes and sample pools of a prep (lab-workflows.md §10.4). */
export function buildPrepOnChipSheet({ samples, libraries }: PrepOnChipContext): SheetDefinition {
	return {
		name: "prep_on_chip",
		title: "On-Chip Multiplexing",
		columns: [readOnlyColumn("sample_name", "Demultiplexed Name", 300), samplePoolColumn("Sample Pool"), barcodeColumns.onChip],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["sample_name"],
				samples.map(({ name }) => [name]),
			),
			requireOnceInPool(samples),
			...barcodeRules("onChip", () => null),
			checkRegroup(libraries, (rows) => onChipPools(readOnChip(samples, rows))),
		],
	};
}
