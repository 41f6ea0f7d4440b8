import { expect, test } from "vitest";
import { SeqRequestStatus, ServiceType, SubmissionType } from "../catalog.ts";
import { initialStatuses } from "../request-progress.ts";
import { buildCompletionPlan } from "./completion-plan.ts";
import {
	advance,
	answerStep,
	begin,
	fillSheet,
	makeFacts,
	type ServiceValues,
	samplesInput,
	sheet,
	type Walk,
	walkToEnd,
	walkToService,
} from "./test-runs.ts";

const pooled = makeFacts({ submissionTypeId: SubmissionType.POOLED_LIBRARIES.id });
const unpooled = makeFacts({ submissionTypeId: SubmissionType.UNPOOLED_LIBRARIES.id });
const planOf = (facts: typeof pooled, samples: readonly string[], service: ServiceValues) =>
	buildCompletionPlan(walkToEnd(walkToService(facts, samples, service), facts).state, facts);

test("bulk RNA samples become one library each in a new project of the user", () => {
	const plan = planOf(makeFacts({ requestGroupId: 3 }), ["lung 1"], {
		service_type_id: ServiceType.BULK_RNA_SEQ.id,
		nuclei_isolation: "on",
		additional_information: "Handle with care",
	});
	expect(plan).toEqual({
		project: { kind: "new", title: "Brain atlas", description: "All of it.", ownerId: 5, groupId: 3, statusId: 0 },
		ownerId: 5,
		samples: [{ name: "lung_1", existingId: null, genomeId: 1, statusId: 0, attributes: [] }],
		pools: [],
		libraries: [
			{
				name: "lung_1_BULKRNA",
				sampleName: "lung_1",
				typeId: 100,
				genomeId: 1,
				serviceTypeId: 100,
				muxTypeId: null,
				nucleiIsolation: true,
				statusId: 0,
				poolLabel: null,
				indexTypeId: null,
				indices: [],
				properties: null,
			},
		],
		links: [{ sampleName: "lung_1", libraryName: "lung_1_BULKRNA", mux: null }],
		customFeatures: [],
		featureLinks: [],
		comments: ["Additional info from assay selection: Handle with care"],
	});
});

test("samples of an existing project are used again, with what was known about them and what is new", () => {
	const facts = makeFacts({
		projectSamples: [
			{
				id: 42,
				name: "lung_1",
				genomeId: 1,
				attributes: [
					{ name: "cell_type", value: "T" },
					{ name: "batch", value: "1" },
				],
			},
		],
	});
	let walk = advance(begin(facts), facts, { values: { project_id: 7 } });
	walk = advance(walk, facts, samplesInput(["lung_1", "lung_2"]));
	if (walk.view?.kind !== "sheet") throw new Error("no attributes");
	expect(walk.view.initial.columns).toContain("batch");
	expect(walk.view.initial.rows[0]?.slice(0, 2)).toEqual(["lung_1", "42"]);
	walk = advance(
		walk,
		facts,
		fillSheet(walk.view, (row) => ({ "Cell Type": row["Cell Type"] ?? "B", batch: row.batch ?? "2" })),
	);
	walk = advance(walk, facts, { values: { service_type_id: ServiceType.WGS.id } });
	const plan = buildCompletionPlan(walkToEnd(walk, facts).state, facts);
	expect(plan.project).toEqual({ kind: "existing", id: 7 });
	expect(plan.samples.map((sample) => [sample.name, sample.existingId, sample.attributes])).toEqual([
		[
			"lung_1",
			42,
			[
				{ typeId: 3, name: "cell_type", value: "T" },
				{ typeId: 0, name: "batch", value: "1" },
			],
		],
		[
			"lung_2",
			null,
			[
				{ typeId: 3, name: "cell_type", value: "B" },
				{ typeId: 0, name: "batch", value: "2" },
			],
		],
	]);
});

test("pooled libraries get their pool, indices, the weaker orientation and the comments on how sequences were given", () => {
	const plan = planOf(pooled, ["lung_1", "lung_2"], { service_type_id: ServiceType.BULK_RNA_SEQ.id });
	expect(plan.pools).toEqual([
		{
			label: "tube 1",
			name: "tube_1",
			typeId: 1,
			statusId: 0,
			readsRequestedMillions: 200,
			contact: { name: "Jane Doe", email: "jane@example.org", phone: "+431234" },
		},
	]);
	expect(plan.samples.map((sample) => sample.statusId)).toEqual([null, null]);
	expect(plan.libraries[0]).toMatchObject({
		poolLabel: "tube 1",
		indexTypeId: 1,
		indices: [{ sequenceI7: "ACGTACGA", sequenceI5: "ATTTGGGA", kitI7Id: null, orientationId: null }],
	});
	expect(plan.comments).toHaveLength(4);
	expect(plan.comments).toContain("i7 Primer Sequence: ACGT");
});

test("a multiome pool with kits gets four ATAC indices and is not asked about matching", () => {
	let walk: Walk = walkToService(pooled, ["lung_1"], { service_type_id: ServiceType.TENX_SC_MULTIOME.id });
	const steps: (string | null)[] = [];
	while (walk.step !== null) {
		steps.push(walk.step);
		const kitRow = { "i7 Kit": "[E6609] Dual kit", "Index Well": "A01" };
		const input = walk.step === "barcode_input" && walk.view ? fillSheet(walk.view, () => kitRow) : answerStep(walk);
		walk = advance(walk, pooled, input);
	}
	expect(steps).toEqual(["pooled_library_annotation", "pool_mapping", "barcode_input", "tenx_atac_barcode_input", "complete"]);
	const plan = buildCompletionPlan(walk.state, pooled);
	expect(plan.libraries.map((library) => [library.name, library.indexTypeId, library.indices.length])).toEqual([
		["lung_1_10XGEX3P", 1, 1],
		["lung_1_10XATAC", 3, 4],
	]);
	expect(plan.libraries[0]?.indices[0]).toMatchObject({ kitI7Id: 1, kitI5Id: 1, nameI7: "P1-A1", orientationId: 1 });
});

test("hashtags stand on every link of the sample in its pool", () => {
	const plan = planOf(makeFacts(), ["lung_1", "brain_1"], {
		service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id,
		oligo_multiplexing: true,
		oligo_multiplexing_kit: "TotalSeq-C",
	});
	expect(plan.libraries.map((library) => [library.name, library.muxTypeId])).toEqual([
		["pool_1_10XGEX3P", 1],
		["pool_1_10XOMUX", 1],
	]);
	const mux = { barcode: "GTCAACTCTTTAGCG", pattern: "5PNNNNNNNNNN(BC)", read: "R2" };
	expect(plan.links.filter((link) => link.sampleName === "lung_1").map((link) => link.mux)).toEqual([mux, mux]);
	expect(plan.comments).toEqual(["Oligo multiplexing kit: TotalSeq-C"]);
});

test("Flex probes read AB on the antibody library; kit features go to the antibody library only", () => {
	const plan = planOf(pooled, ["lung_1", "brain_1"], {
		service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id,
		antibody_capture: true,
		antibody_capture_kit: "TotalSeq-B",
	});
	expect(plan.links.map((link) => [link.libraryName, link.mux?.barcode])).toEqual([
		["pool_1_10XFLEXGEX", "BC001"],
		["pool_1_10XFLEXGEX", "BC002"],
		["pool_1_10XFLEXABC", "AB001"],
		["pool_1_10XFLEXABC", "AB002"],
	]);
	expect(plan.featureLinks).toEqual([
		{ libraryName: "pool_1_10XFLEXABC", kind: "kit", featureId: 201 },
		{ libraryName: "pool_1_10XFLEXABC", kind: "kit", featureId: 202 },
	]);
});

test("raw multiplexed samples have an empty payload until the lab assigns barcodes; guides are properties", () => {
	const onChip = planOf(makeFacts(), ["lung_1"], {
		service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id,
		on_chip_multiplexing: true,
	});
	expect(onChip.links.map((link) => link.mux)).toEqual([{}]);
	const parse = planOf(unpooled, ["lung_1"], {
		service_type_id: ServiceType.PARSE.id,
		parse_kit: 1,
		parse_chemistry: 3,
		parse_multiplexing: true,
		parse_crispr: true,
	});
	expect(parse.links.map((link) => link.mux)).toEqual([{ barcode: "A1" }, { barcode: "A1" }]);
	expect(parse.libraries.map((library) => library.properties?.crispr_guides !== undefined)).toEqual([false, true]);
	expect(parse.comments).toEqual(["Parse Kit: WT_mini", "Parse Chemistry: v3"]);
});

test("spatial values become properties without blanks, the instructions a comment", () => {
	const plan = planOf(makeFacts(), ["lung_1"], { service_type_id: ServiceType.CUSTOM.id });
	expect(plan.libraries[0]?.properties).toEqual({ image: "v.tif", slide: "V01A01-111", area: "A1" });
	expect(plan.comments).toEqual(["Visium annotation: Images: https://example.org"]);
});

test("identical custom features are created once and linked once per library", () => {
	let walk = walkToService(makeFacts(), ["lung_1", "brain_1"], {
		service_type_id: ServiceType.TENX_SC_GEX_5PRIME.id,
		antibody_capture: true,
		antibody_capture_kit: "own",
	});
	const header = ["Sample Name", "Feature", "Sequence", "Pattern", "Read"];
	const rows = ["lung_1", "brain_1"].map((name) => [name, "own-1", "ACGTACGT", "5P(BC)", "R2"]);
	walk = advance(walk, makeFacts(), { sheet: sheet(header, ...rows) });
	const plan = buildCompletionPlan(walk.state, makeFacts());
	expect(plan.customFeatures).toHaveLength(1);
	expect(plan.featureLinks.map((link) => link.libraryName)).toEqual(["lung_1_10XABC", "brain_1_10XABC"]);
});

test("clashing indices have to be confirmed, and the confirmation is recorded", () => {
	let walk: Walk = walkToService(pooled, ["lung_1", "lung_2"], { service_type_id: ServiceType.BULK_RNA_SEQ.id });
	while (walk.step !== "complete") {
		const same = { "i7 Sequence": "ACGTACGT" };
		const input = walk.step === "barcode_input" && walk.view ? fillSheet(walk.view, () => same) : answerStep(walk);
		walk = advance(walk, pooled, input);
	}
	expect(walk.view).toMatchObject({ fields: [{ name: "confirm_clash" }] });
	expect(() => advance(walk, pooled, {})).toThrow(/confirm_clash/u);
	const confirmed = advance(walk, pooled, { values: { confirm_clash: true } });
	expect(buildCompletionPlan(confirmed.state, pooled).comments).toContain(
		"Index clash confirmed: lung_1_BULKRNA, lung_2_BULKRNA",
	);
});

test("libraries of samples with different genomes are of a custom genome", () => {
	const facts = makeFacts();
	let walk = advance(begin(facts), facts, { values: { project_id: 7 } });
	walk = advance(walk, facts, {
		sheet: sheet(["Sample Name", "Genome"], ["lung_1", "Human (Homo sapiens)"], ["lung_2", "Mouse (Mus musculus)"]),
	});
	if (!walk.view) throw new Error("no attributes");
	walk = advance(
		walk,
		facts,
		fillSheet(walk.view, () => ({})),
	);
	walk = advance(walk, facts, { values: { service_type_id: ServiceType.TENX_SC_4_PLEX_FLEX.id } });
	expect(buildCompletionPlan(walkToEnd(walk, facts).state, facts).libraries[0]?.genomeId).toBe(0);
});

test.each([
	[SeqRequestStatus.DRAFT.id, SubmissionType.RAW_SAMPLES.id, [0, 0, 0]],
	[SeqRequestStatus.DRAFT.id, SubmissionType.POOLED_LIBRARIES.id, [null, 0, 0]],
	[SeqRequestStatus.SUBMITTED.id, SubmissionType.RAW_SAMPLES.id, [0, 1, 1]],
	[SeqRequestStatus.SUBMITTED.id, SubmissionType.POOLED_LIBRARIES.id, [null, 1, 1]],
	[SeqRequestStatus.ACCEPTED.id, SubmissionType.UNPOOLED_LIBRARIES.id, [1, 2, 2]],
	[SeqRequestStatus.PREPARED.id, SubmissionType.POOLED_LIBRARIES.id, [null, 5, 2]],
])(
	"what is added to a request in status %i of type %i begins with the right status",
	(requestStatusId, submissionTypeId, expected) => {
		const { sampleStatusId, libraryStatusId, poolStatusId } = initialStatuses(requestStatusId, submissionTypeId);
		expect([sampleStatusId, libraryStatusId, poolStatusId]).toEqual(expected);
	},
);
