import { describe, expect, it } from "vitest";
import { GenomeRef, LibraryStatus, LibraryType, MuxType, ServiceType } from "../catalog.ts";
import type { RawCell } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import {
	buildPrepFlexSheet,
	buildPrepOnChipSheet,
	distinctNames,
	onChipPools,
	prepMuxKind,
	proposeAntibodyBarcodes,
	readOnChip,
} from "./prep-mux.ts";
import { type PrepLibrary, planRegroup } from "./regroup.ts";

const { TENX_FLEX_PROBE, TENX_ON_CHIP, TENX_OLIGO, TENX_ABC_HASH, PARSE_WELLS } = MuxType;
const { TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX, TENX_SC_GEX_3PRIME, TENX_MUX_OLIGO } = LibraryType;

describe("which libraries of a prep take part in which sheet (lab-workflows.md §10.2 to §10.4)", () => {
	it.each([
		["oligo", TENX_OLIGO.id, TENX_MUX_OLIGO.id, "pool_1"],
		["oligo", TENX_ABC_HASH.id, TENX_SC_GEX_3PRIME.id, "pool_1"],
		["flex", TENX_FLEX_PROBE.id, TENX_SC_GEX_FLEX.id, "pool_1"],
		["flexAntibody", TENX_FLEX_PROBE.id, TENX_SC_ABC_FLEX.id, "pool_1"],
		[null, TENX_FLEX_PROBE.id, TENX_SC_GEX_3PRIME.id, "pool_1"],
		["onChip", TENX_ON_CHIP.id, TENX_SC_GEX_3PRIME.id, "pool_1"],
		[null, PARSE_WELLS.id, LibraryType.PARSE_SC_GEX.id, "pool_1"],
		[null, null, LibraryType.BULK_RNA_SEQ.id, "liver"],
		[null, TENX_OLIGO.id, TENX_MUX_OLIGO.id, "canceled_samples"],
	])("%s", (expected, muxTypeId, typeId, sampleName) => {
		expect(prepMuxKind({ muxTypeId, typeId, sampleName })).toBe(expected);
	});
});

describe("the names of samples in the sheets of a prep", () => {
	const sample = (sampleId: number, sampleName: string, pool: string) => ({ sampleId, sampleName, pool });
	it.each([
		["stay as they are", false, [sample(1, "a", "p1"), sample(2, "b", "p1")], ["a", "b"]],
		["get the id where two are called the same", false, [sample(1, "a", "p1"), sample(2, "a", "p2")], ["a (1)", "a (2)"]],
		["get the pool where one is in two", false, [sample(1, "a", "p1"), sample(1, "a", "p2")], ["a (1, p1)", "a (1, p2)"]],
		["need nothing in different pools that are shown", true, [sample(1, "a", "p1"), sample(2, "a", "p2")], ["a", "a"]],
		["need the id in one pool that is shown", true, [sample(1, "a", "p1"), sample(2, "a", "p1")], ["a (1)", "a (2)"]],
	])("%s", (_, hasPools, samples, names) => expect(distinctNames(samples, hasPools)).toEqual(names));
});

describe("the Flex probes of a prep (lab-workflows.md §10.3)", () => {
	const { TENX_SC_4_PLEX_FLEX, TENX_SC_16_PLEX_FLEX, TENX_SC_FLEX_V2 } = ServiceType;
	const check = (kind: "flex" | "flexAntibody", links: [number, number, string, number, RawCell][]) => {
		const context = links.map(([sampleId, libraryId, pool, serviceTypeId]) => ({
			sampleId,
			libraryId,
			pool,
			serviceTypeId,
			sampleName: `s${sampleId}`,
		}));
		const sheet = buildPrepFlexSheet({ kind, links: context });
		const rows = links.map(([sampleId, libraryId, pool, , barcode]) => [sampleId, libraryId, pool, `s${sampleId}`, barcode]);
		const checked = validateSheet(sheet, { columns: sheet.columns.map((column) => column.label), rows });
		return checked.problems.map(({ row, code }) => `${row} ${code}`);
	};
	const plex16 = TENX_SC_16_PLEX_FLEX.id;
	it.each<[string, Parameters<typeof check>[0], [number, number, string, number, RawCell][], string[]]>([
		[
			"a barcode serves once in a pool",
			"flex",
			[
				[1, 7, "p1", plex16, "BC001"],
				[2, 7, "p1", plex16, "bc002; bc001"],
			],
			["2 barcode.duplicate"],
		],
		[
			"and again in another pool",
			"flex",
			[
				[1, 7, "p1", plex16, "BC001"],
				[2, 8, "p2", plex16, "BC001"],
			],
			[],
		],
		[
			"a sample keeps its barcode in a second library of the pool",
			"flex",
			[
				[1, 7, "p1", plex16, "BC001"],
				[1, 8, "p1", plex16, "BC001"],
			],
			[],
		],
		[
			"libraries of a pool do not share barcodes among samples",
			"flex",
			[
				[1, 7, "p1", plex16, "BC001"],
				[2, 8, "p1", plex16, "BC001"],
			],
			["2 barcode.duplicate"],
		],
		[
			"each library has the ids of its own assay",
			"flex",
			[
				[1, 7, "p1", TENX_SC_4_PLEX_FLEX.id, "BC005"],
				[2, 8, "p2", plex16, "BC005"],
				[3, 9, "p3", TENX_SC_FLEX_V2.id, "A-A01"],
			],
			["1 barcode.unusual"],
		],
		[
			"antibodies are AB or of a plate",
			"flexAntibody",
			[
				[1, 7, "p1", plex16, "AB016"],
				[2, 7, "p1", plex16, "B-H12"],
				[3, 7, "p1", plex16, "BC003"],
			],
			["3 barcode.unusual"],
		],
		[
			"an empty cell is allowed",
			"flex",
			[
				[1, 7, "p1", plex16, null],
				[2, 7, "p1", plex16, null],
			],
			[],
		],
	])("%s", (_, kind, links, problems) => expect(check(kind, links)).toEqual(problems));

	it("are proposed for antibodies from gene expression of the same sample and pool", () => {
		const link = (sampleId: number, pool: string, barcode: string | null) => ({ sampleId, pool, barcode });
		const gex = [link(1, "p1", "BC001;BC002"), link(1, "p2", "BC003"), link(2, "p1", "A-A01"), link(3, "p1", null)];
		const antibodies = [
			link(1, "p1", null),
			link(1, "p2", "AB009"),
			link(2, "p1", null),
			link(3, "p1", null),
			link(4, "p1", null),
		];
		expect(proposeAntibodyBarcodes(antibodies, gex)).toEqual(["AB001;AB002", "AB009", "A-A01", null, null]);
	});
});

describe("the on-chip sheet of a prep (lab-workflows.md §10.4)", () => {
	const library = (id: number, sampleName: string, sampleIds: number[], change: Partial<PrepLibrary> = {}): PrepLibrary => ({
		id,
		sampleName,
		sampleIds,
		name: `${sampleName}_${TENX_SC_GEX_3PRIME.identifier}`,
		typeId: TENX_SC_GEX_3PRIME.id,
		...{
			muxTypeId: TENX_ON_CHIP.id,
			statusId: LibraryStatus.STORED.id,
			ownerId: 1,
			requestId: 1,
			genomeRefId: GenomeRef.HUMAN.id,
		},
		indices: "",
		isOnExperiment: false,
		...change,
	});
	const samples = [
		{ sampleId: 1, name: "liver", pool: "pool_a" },
		{ sampleId: 2, name: "lung (2, pool_a)", pool: "pool_a" },
		{ sampleId: 2, name: "lung (2, pool_b)", pool: "pool_b" },
	];
	const check = (libraries: readonly PrepLibrary[], cells: readonly (readonly [RawCell, RawCell])[]) => {
		const sheet = buildPrepOnChipSheet({ samples, libraries });
		const rows = cells.map(([pool, barcode], index) => [samples[index]?.name ?? null, pool, barcode]);
		const checked = validateSheet(sheet, { columns: sheet.columns.map((column) => column.label), rows });
		const plan = planRegroup(libraries, onChipPools(readOnChip(samples, checked.rows)));
		return { codes: checked.problems.map(({ row, code }) => `${row} ${code}`), plan };
	};
	const both = [library(1, "pool_a", [1, 2]), library(2, "pool_b", [2])];

	it("moves samples by the pool in which they are, so one in two pools stays in two", () => {
		const { codes, plan } = check(both, [
			["pool_c", "1"],
			["pool_a", "ob2"],
			["pool_c", "OB3"],
		]);
		expect(codes).toEqual([]);
		expect(plan.targets.map(({ sampleName, sourceIds, samples: moved }) => [sampleName, sourceIds, moved])).toEqual([
			[
				"pool_c",
				[1, 2],
				[
					{ sampleId: 1, libraryId: 1 },
					{ sampleId: 2, libraryId: 2 },
				],
			],
			["pool_a", [1], [{ sampleId: 2, libraryId: 1 }]],
		]);
		expect(plan.deletedIds).toEqual([1, 2]);
	});
	it("leaves libraries that are multiplexed otherwise alone, even twins of one name", () => {
		const twins = [
			library(8, "pool_h", [7], { muxTypeId: TENX_OLIGO.id }),
			library(9, "pool_h", [8], { muxTypeId: TENX_OLIGO.id }),
		];
		const same: [RawCell, RawCell][] = [
			["pool_a", "OB1"],
			["pool_a", "OB2"],
			["pool_b", "OB1"],
		];
		expect(check([...both, ...twins], same).plan.deletedIds).toEqual([]);
	});
	it("warns when on-chip samples join a pool that is multiplexed otherwise", () => {
		const other = library(8, "pool_h", [7], { muxTypeId: TENX_OLIGO.id });
		const { codes, plan } = check(
			[...both, other],
			[
				["pool_h", "OB1"],
				["pool_a", "OB2"],
				["pool_b", "OB1"],
			],
		);
		expect(codes).toEqual(["null pool.merged"]);
		expect(plan.warnings.join(" ")).toMatch(/different ways of multiplexing/);
	});
	it("makes a library that waits one that is being prepared", () => {
		const waiting = [library(1, "pool_a", [1, 2], { statusId: LibraryStatus.ACCEPTED.id }), library(2, "pool_b", [2])];
		const { plan } = check(waiting, [
			["pool_c", "OB1"],
			["pool_d", "OB2"],
			["pool_b", "OB1"],
		]);
		expect(plan.targets.map(({ statusId }) => statusId)).toEqual([LibraryStatus.PREPARING.id, LibraryStatus.PREPARING.id]);
	});
	it.each<[string, [RawCell, RawCell][], string[]]>([
		[
			"a sample twice in a pool",
			[
				["pool_a", "OB1"],
				["pool_b", "OB2"],
				["pool_b", "OB3"],
			],
			["3 pool.duplicate"],
		],
		[
			"a barcode twice in a new pool",
			[
				["pool_b", "OB1"],
				["pool_a", "OB2"],
				["pool_b", "1"],
			],
			["3 barcode.duplicate"],
		],
		[
			"no barcode",
			[
				["pool_a", null],
				["pool_a", "OB2"],
				["pool_b", "OB1"],
			],
			["1 barcode.missing"],
		],
		[
			"a fifth barcode",
			[
				["pool_a", "OB5"],
				["pool_a", "OB2"],
				["pool_b", "OB1"],
			],
			["1 barcode.invalid"],
		],
		[
			"no pool",
			[
				[null, "OB1"],
				["pool_a", "OB2"],
				["pool_b", "OB1"],
			],
			["1 pool.missing"],
		],
		[
			"giving a sample up, which the sample pools do",
			[
				["x", "OB1"],
				["pool_a", "OB2"],
				["pool_b", "OB1"],
			],
			["1 pool.invalid"],
		],
	])("refuses %s", (_, cells, codes) => expect(check(both, cells).codes).toEqual(codes));
});
