import { flexAntibodySheet, flexSheet, oligoSheet, onChipSheet } from "@opengsync/core/lab-preps/mux-sheets";
import { openPrepSheet, type PrepSheet, savePrepSheet } from "@opengsync/core/lab-preps/prep-sheet";
import { samplePoolsSheet } from "@opengsync/core/lab-preps/sample-pools";
import { listKitTables } from "@opengsync/domain/annotation/feature-columns";
import type { OligoMuxContext } from "@opengsync/domain/annotation/oligo-mux-annotation";
import { type LabPrepActionName, labPrepAction } from "@opengsync/domain/lab-prep-actions";
import { z } from "zod";
import { PlainTables } from "../../components/plain-tables.tsx";
import { insider } from "../../framework/policy.ts";
import { type Route, withId } from "../../framework/route.ts";
import { sheetEditRoutes } from "../libraries/sheet-edit-routes.tsx";

/** A sheet of the multiplexing of a prep as its page shows it. */
interface MultiplexingPage {
	/** Last part of its address. */
	readonly path: string;
	readonly title: string;
	readonly summary: string;
	readonly sheet: PrepSheet;
	readonly hints: readonly string[];
	/** The sheet that follows where the prep has it. */
	readonly next?: LabPrepActionName;
	readonly saved: string;
}

const probeHint = "Several barcodes of a sample are separated by ;. An empty cell takes the barcode away.";

/** The sheets of the multiplexing of a prep, by what decides when they can be used (lab-workflows.md §10.1 to §10.4). */
export const multiplexingPages: Readonly<Record<LabPrepActionName, MultiplexingPage>> = {
	samplePools: {
		path: "sample_pools",
		title: "Sample pools",
		summary: "Regroup the multiplexed samples of a prep",
		sheet: samplePoolsSheet,
		hints: ["Samples with the same pool go into one library per type; their old libraries are deleted. x gives a sample up."],
		saved: "Sample pool annotation processed successfully.",
	},
	oligoMux: {
		path: "oligo_mux",
		title: "Oligo multiplexing",
		summary: "Give the samples of a prep their oligos or hashtags",
		sheet: oligoSheet,
		hints: [
			"Give either Kit and Feature, or Sequence, Pattern and Read. It is written to all libraries of the prep that hold the sample in this pool.",
		],
		saved: "Multiplexing saved.",
	},
	flexMux: {
		path: "flex_mux",
		title: "Flex multiplexing",
		summary: "Give the samples of a prep their Flex probes",
		sheet: flexSheet,
		hints: [probeHint],
		next: "flexAntibodyMux",
		saved: "Multiplexing saved.",
	},
	flexAntibodyMux: {
		path: "flex_antibody_mux",
		title: "Flex antibodies",
		summary: "Give the antibody libraries of a prep their Flex probes",
		sheet: flexAntibodySheet,
		hints: [`Where nothing was saved yet, the barcodes follow those of gene expression: AB001 for BC001. ${probeHint}`],
		saved: "Multiplexing of the antibody libraries saved.",
	},
	onChipMux: {
		path: "on_chip_mux",
		title: "On-chip multiplexing",
		summary: "Give the samples of a prep their on-chip barcodes and pools",
		sheet: onChipSheet,
		hints: ["Samples with the same pool go into one library per type. Where a pool changes, the old libraries are deleted."],
		saved: "Multiplexing saved.",
	},
};

const addressOf = (prepId: number, { path }: MultiplexingPage) => `/lab_preps/${prepId}/${path}/`;

/** Address of a sheet of the multiplexing of a prep. */
export function multiplexingAddress(prepId: number, action: LabPrepActionName): string {
	return addressOf(prepId, multiplexingPages[action]);
}

function routesOf(page: MultiplexingPage): Route[] {
	return sheetEditRoutes({
		path: `/lab_preps/:id/${page.path}/`,
		params: withId,
		query: z.object({}),
		showPolicy: insider,
		savePolicy: insider,
		summary: page.summary,
		load: (exchange) => openPrepSheet(exchange.db, exchange.viewer, exchange.params.id, page.sheet),
		view: async (exchange, { prepName, presented, facts }) => {
			const { id } = exchange.params;
			const hasNext = page.next !== undefined && labPrepAction(page.next, facts).enabled;
			return {
				title: page.title,
				subtitle: prepName,
				active: "preps",
				breadcrumbs: [
					{ label: "Preps", href: "/lab_preps/" },
					{ label: prepName, href: `/lab_preps/${id}/` },
				],
				presented,
				draftKey: `${page.path}/${id}`,
				back: `/lab_preps/${id}/?tab=multiplexing`,
				...(hasNext ? { next: multiplexingAddress(id, page.next) } : {}),
				hints: page.hints,
				...(page.sheet === oligoSheet
					? { below: <PlainTables title="Kits" tables={listKitTables((presented.context as OligoMuxContext).kits)} /> }
					: {}),
			};
		},
		save: (exchange, _, edit) => exchange.command((context) => savePrepSheet(context, exchange.params.id, page.sheet, edit)),
		saved: page.saved,
	});
}

/** The sheets of the multiplexing of a prep. */
export const multiplexingSheetRoutes: readonly Route[] = Object.values(multiplexingPages).flatMap(routesOf);
