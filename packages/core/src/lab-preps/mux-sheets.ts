import type { PrepLibraryRow, PrepSampleRow } from "@opengsync/db/queries/prep-samples";
import { type MuxLink, readMuxLinks } from "@opengsync/domain/library-edits/library-mux";
import {
	distinctNames,
	onChipPools,
	type PrepFlexContext,
	type PrepMuxKind,
	type PrepOnChipContext,
	prepMuxKind,
	proposeAntibodyBarcodes,
	readOnChip,
} from "@opengsync/domain/library-edits/prep-mux";
import { joinKey } from "@opengsync/domain/sheets/fixed-rows";
import { openOligoSheet } from "../libraries/oligo-sheet.ts";
import { presentSheet } from "../libraries/sheet-edit.ts";
import { writeMux } from "../libraries/write-mux.ts";
import type { PrepSheet } from "./prep-sheet.ts";
import { regroupSamples, toPrepLibrary } from "./sample-pools.ts";

type StoredLink = MuxLink & Pick<PrepSampleRow, "mux">;

/** The samples in the libraries of a prep that take part in a sheet, by library and sample. */
function linksOf(libraries: readonly PrepLibraryRow[], kind: PrepMuxKind): StoredLink[] {
	return libraries
		.filter((row) => prepMuxKind({ muxTypeId: row.mux_type_id, typeId: row.type_id, sampleName: row.sample_name }) === kind)
		.flatMap((row) =>
			row.samples.map(({ id, name, mux }) => ({
				sampleId: id,
				sampleName: name,
				mux,
				libraryId: row.id,
				pool: row.sample_name,
				serviceTypeId: row.service_type_id,
			})),
		);
}

/** Each sample of each pool once, with all its links there and what the first that has something stores. */
function samplesOfPools(links: readonly StoredLink[]) {
	const byKey = Map.groupBy(links, ({ sampleId, pool }) => joinKey(sampleId, pool));
	return [...byKey.values()].flatMap((own) => {
		const [first] = own;
		return first ? [{ ...first, mux: own.find(({ mux }) => mux?.barcode)?.mux ?? null, links: own }] : [];
	});
}

/** Oligos and hashtags of a prep, written to all links of a sample in its pool (lab-workflows.md §10.2). */
export const oligoSheet: PrepSheet = {
	action: "oligoMux",
	open: async (reader, libraries) => {
		const { presented, read } = await openOligoSheet(reader, samplesOfPools(linksOf(libraries, "oligo")));
		return {
			presented,
			write: (tx, sheet) =>
				writeMux(
					tx,
					read(sheet).flatMap(({ sample, mux }) => sample.links.map((link) => ({ ...link, mux }))),
				),
		};
	},
};

/** Flex probes of a prep: of the gene expression, or of the antibody libraries (lab-workflows.md §10.3). */
function flexSheetOf(action: "flexMux" | "flexAntibodyMux", kind: PrepFlexContext["kind"]): PrepSheet {
	const probesOf = (links: readonly StoredLink[]) => links.map((link) => ({ ...link, barcode: link.mux?.barcode ?? null }));
	return {
		action,
		open: async (_reader, libraries) => {
			const links = probesOf(linksOf(libraries, kind));
			const gex = probesOf(linksOf(libraries, "flex"));
			const barcodes = kind === "flexAntibody" ? proposeAntibodyBarcodes(links, gex) : links.map(({ barcode }) => barcode);
			const context: PrepFlexContext = {
				kind,
				links: links.map(({ mux: _mux, barcode: _barcode, ...link }) => link),
			};
			const rows = links.map((link, index) => ({
				sample_id: link.sampleId,
				library_id: link.libraryId,
				pool: link.pool,
				sample_name: link.sampleName,
				barcode: barcodes[index] ?? null,
			}));
			return {
				presented: presentSheet("prep_flex", context, rows),
				write: (tx, sheet) =>
					writeMux(
						tx,
						readMuxLinks(sheet).map(({ barcode, ...link }) => ({ ...link, mux: barcode === null ? null : { barcode } })),
					),
			};
		},
	};
}

/** First sheet of the Flex probes of a prep. */
export const flexSheet = flexSheetOf("flexMux", "flex");

/** Second sheet of the Flex probes of a prep. */
export const flexAntibodySheet = flexSheetOf("flexAntibodyMux", "flexAntibody");

/** On-chip barcodes and sample pools of a prep (lab-workflows.md §10.4). */
export const onChipSheet: PrepSheet = {
	action: "onChipMux",
	open: async (_reader, rows) => {
		const pooled = samplesOfPools(linksOf(rows, "onChip"));
		const names = distinctNames(pooled, false);
		const samples = pooled.map(({ sampleId, sampleName, pool }, index) => ({ sampleId, pool, name: names[index] ?? sampleName }));
		const libraries = rows.map(toPrepLibrary);
		const context: PrepOnChipContext = { samples, libraries };
		const cells = pooled.map(({ pool, mux }, index) => ({
			sample_name: names[index] ?? null,
			pool,
			barcode: mux?.barcode ?? null,
		}));
		return {
			presented: presentSheet("prep_on_chip", context, cells),
			write: async (tx, sheet) => {
				const choices = readOnChip(samples, sheet.rows);
				const barcodes = new Map(choices.map(({ sampleId, from, barcode }) => [joinKey(sampleId, from), barcode]));
				await writeMux(
					tx,
					pooled.flatMap(({ sampleId, pool, links }) => {
						const barcode = barcodes.get(joinKey(sampleId, pool)) ?? null;
						return links.map((link) => ({ ...link, mux: barcode === null ? null : { barcode } }));
					}),
				);
				await regroupSamples(tx, libraries, onChipPools(choices));
			},
		};
	},
};
