import type { Reader } from "@opengsync/db/transaction";
import { type OligoMuxContext, resolveOligos } from "@opengsync/domain/annotation/oligo-mux-annotation";
import { FeatureType } from "@opengsync/domain/catalog";
import { distinctNames, type PooledSample } from "@opengsync/domain/library-edits/prep-mux";
import { joinKey } from "@opengsync/domain/sheets/fixed-rows";
import type { ValidatedSheet } from "@opengsync/domain/sheets/types";
import { loadFeatureKitsForAnnotation } from "../annotation/load-kits.ts";
import { type PresentedSheet, presentSheet } from "./sheet-edit.ts";
import type { Mux } from "./write-mux.ts";

/** A sample in a sample pool with its oligo, as far as it is stored. */
export interface OligoSample extends PooledSample {
	readonly mux: { readonly [Key in keyof Mux]?: string | null } | null;
}

/** The sheet of oligos or hashtags with what is stored, and how a filled one is read (requests-and-annotation.md §5.9). */
export async function openOligoSheet<Sample extends OligoSample>(
	reader: Reader,
	samples: readonly Sample[],
): Promise<{
	readonly presented: PresentedSheet;
	/** The oligos of a valid sheet, with kits resolved. */
	readonly read: (sheet: ValidatedSheet) => { readonly sample: Sample; readonly mux: Mux }[];
}> {
	const names = distinctNames(samples, true);
	const named = samples.map((sample, index) => ({ sample, name: names[index] ?? sample.sampleName }));
	const kits = await loadFeatureKitsForAnnotation(reader, [FeatureType.CMO.id]);
	const context: OligoMuxContext = { rows: named.map(({ sample, name }) => ({ sampleName: name, pool: sample.pool })), kits };
	const rows = named.map(({ sample: { pool, mux }, name }) => ({
		sample_name: name,
		pool,
		barcode: mux?.barcode ?? null,
		pattern: mux?.pattern ?? null,
		read: mux?.read ?? null,
	}));
	const byRow = new Map(named.map(({ sample, name }) => [joinKey(name, sample.pool), sample]));
	return {
		presented: presentSheet("oligo_mux_annotation", context, rows),
		read: (sheet) =>
			resolveOligos(sheet.rows, kits, () => undefined).flatMap(({ sampleName, pool, sequence, pattern, read }) => {
				const sample = byRow.get(joinKey(sampleName, pool));
				return sample ? [{ sample, mux: { barcode: sequence, pattern, read } }] : [];
			}),
	};
}
