import { expect, test } from "vitest";
import { ServiceType, SubmissionType } from "../catalog.ts";
import type { AnnotationFacts } from "./facts.ts";
import { factsNeeded } from "./facts.ts";
import { librarySetOf } from "./library-set.ts";
import { poolMappingStep } from "./pool-mapping.ts";
import { projectSelectStep } from "./project-select.ts";
import { selectServiceStep } from "./select-service.ts";
import { emptyState, type WorkflowState } from "./state.ts";
import type { Step } from "./step.ts";
import { makeFacts } from "./test-runs.ts";

function fieldsRefused(
	step: Step<AnnotationFacts>,
	values: Record<string, unknown>,
	facts = makeFacts(),
	state: WorkflowState = emptyState,
): string[] | null {
	const result = step.accept({ values }, state, facts);
	return result.accepted ? null : [...new Set(result.fieldErrors.map((error) => error.field))];
}

const insider = makeFacts({ isInsider: true });

test.each([
	["nothing", {}, makeFacts(), ["project_id"]],
	["blanks", { project_title: "  " }, makeFacts(), ["project_id"]],
	["both an existing and a new one", { project_id: 7, project_title: "Brain atlas" }, makeFacts(), ["project_title"]],
	["a text instead of a selection", { project_id: "Lung" }, makeFacts(), ["project_id"]],
	["an unknown id", { project_id: 99 }, makeFacts(), ["project_id"]],
	[
		"a project without access",
		{ project_id: 8 },
		makeFacts({ projects: [{ id: 8, identifier: null, title: "Other", groupId: null, canEdit: false }] }),
		["project_id"],
	],
	["a project of another group", { project_id: 7 }, makeFacts({ requestGroupId: 3 }), ["project_id"]],
	["a new title without description", { project_title: "Brain atlas" }, makeFacts(), ["project_description"]],
	["a description for an existing project", { project_id: 7, project_description: "x" }, makeFacts(), ["project_description"]],
	["a short title", { project_title: "Brain", project_description: "x" }, makeFacts(), ["project_title"]],
	["a title that one has already", { project_title: "Taken title", project_description: "x" }, makeFacts(), ["project_title"]],
	[
		"a title that anybody has, for insiders",
		{ project_title: "Taken title", project_description: "x" },
		insider,
		["project_title"],
	],
	["an existing project", { project_id: "7" }, makeFacts(), null],
	["a new project", { project_title: "Brain atlas", project_description: "x" }, makeFacts(), null],
])("choosing a project: %s", (_name, values, facts, refused) => {
	expect(fieldsRefused(projectSelectStep, values, facts)).toEqual(refused);
});

test("only an insider can make the requestor the owner", () => {
	const input = { values: { project_title: "Brain atlas", project_description: "x", owner_is_requestor: true } };
	const ownerIsRequestor = (facts: AnnotationFacts) => {
		const result = projectSelectStep.accept(input, emptyState, facts);
		return result.accepted && result.output.metadata?.owner_is_requestor;
	};
	expect([ownerIsRequestor(makeFacts()), ownerIsRequestor(insider)]).toEqual([false, true]);
});

test("the caller learns which projects and titles it has to look up", () => {
	const state: WorkflowState = {
		history: [
			{
				step: "project_select",
				input: {},
				tables: {},
				metadata: { project_id: 7, project_title: "Lung atlas" },
				submitted: true,
			},
		],
	};
	expect(factsNeeded(state, { values: { project_id: "9", project_title: " Brain atlas " } })).toEqual({
		projectIds: [7, 9],
		projectTitles: ["Lung atlas", "Brain atlas"],
	});
});

const abc = { antibody_capture: true, antibody_capture_kit: "TotalSeq" };
const oligo = { oligo_multiplexing: true, oligo_multiplexing_kit: "CellPlex" };
const parse = { service_type_id: ServiceType.PARSE.id, parse_kit: "1", parse_chemistry: 2 };
const threePrime = { service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id };
const flex16 = { service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id };

test.each([
	["no service", {}, ["service_type_id"]],
	["an unknown service", { service_type_id: 999 }, ["service_type_id"]],
	["Parse without kit and chemistry", { service_type_id: ServiceType.PARSE.id }, ["parse_kit", "parse_chemistry"]],
	["Parse with an unknown kit", { ...parse, parse_kit: 77 }, ["parse_kit"]],
	["a Parse kit for another service", { ...threePrime, parse_kit: 1 }, ["parse_kit"]],
	["antibodies without kit name", { ...threePrime, antibody_capture: true }, ["antibody_capture_kit"]],
	["oligo without kit name", { ...threePrime, oligo_multiplexing: true }, ["oligo_multiplexing_kit"]],
	["a kit name that is too long", { ...threePrime, ...abc, antibody_capture_kit: "x".repeat(65) }, ["antibody_capture_kit"]],
	["hashing without antibodies", { ...threePrime, antibody_hashing: true }, ["antibody_hashing"]],
	[
		"two ways of multiplexing",
		{ ...threePrime, ...oligo, on_chip_multiplexing: true },
		["oligo_multiplexing", "on_chip_multiplexing"],
	],
	["Parse multiplexing of another service", { ...threePrime, parse_multiplexing: true }, ["parse_multiplexing"]],
	[
		"hashing with single-plex Flex",
		{ service_type_id: ServiceType.TENX_SC_SINGLE_PLEX_FLEX.id, ...abc, antibody_hashing: true },
		["antibody_hashing"],
	],
	["oligo with Flex 16-plex", { ...flex16, ...oligo }, ["oligo_multiplexing"]],
	["on-chip with Flex 16-plex", { ...flex16, on_chip_multiplexing: true }, ["on_chip_multiplexing"]],
	["hashing with Flex 16-plex", { ...flex16, ...abc, antibody_hashing: true }, ["antibody_hashing"]],
	[
		"on-chip with multiome",
		{ service_type_id: ServiceType.TENX_SC_MULTIOME.id, on_chip_multiplexing: true },
		["on_chip_multiplexing"],
	],
	["VDJ with 3'", { ...threePrime, vdj_t: true }, ["vdj_t"]],
	["antibodies with bulk RNA", { service_type_id: ServiceType.BULK_RNA_SEQ.id, ...abc }, ["antibody_capture"]],
	["Parse TCR with 5'", { service_type_id: ServiceType.TENX_SC_GEX_5PRIME.id, parse_tcr: true }, ["parse_tcr"]],
	["too much information", { ...threePrime, additional_information: "x".repeat(4097) }, ["additional_information"]],
	["oligo with 3'", { ...threePrime, ...oligo }, null],
	[
		"multiplexed Parse with everything",
		{ ...parse, parse_multiplexing: true, parse_crispr: true, parse_tcr: true, parse_bcr: true },
		null,
	],
	["hashing with Custom", { service_type_id: ServiceType.CUSTOM.id, ...abc, antibody_hashing: true }, null],
	["antibodies with Flex 16-plex", { ...flex16, ...abc }, null],
])("choosing a service: %s", (_name, values, refused) => {
	expect(fieldsRefused(selectServiceStep, values)).toEqual(refused);
});

test("several things wrong with the service are all said at once", () => {
	const values = { service_type_id: ServiceType.PARSE.id, ...oligo, oligo_multiplexing_kit: "", vdj_b: true };
	expect(fieldsRefused(selectServiceStep, values)).toEqual([
		"parse_kit",
		"parse_chemistry",
		"oligo_multiplexing_kit",
		"vdj_b",
		"oligo_multiplexing",
	]);
});

test("a sample that has such a library in the request already is named together with the type", () => {
	const state: WorkflowState = {
		history: [
			{
				step: "sample_annotation",
				input: {},
				tables: { samples: [{ sample_name: "lung_1", genome_id: 1, sample_id: null, attributes: {} }] },
				metadata: {},
				submitted: true,
			},
		],
	};
	const facts = makeFacts({ requestLibraries: [{ typeId: 100, sampleNames: ["lung_1"] }] });
	const result = selectServiceStep.accept({ values: { service_type_id: ServiceType.BULK_RNA_SEQ.id } }, state, facts);
	expect(result).toMatchObject({ accepted: false, fieldErrors: [{ message: expect.stringMatching(/Bulk RNA-Seq.*lung_1/u) }] });
});

test("libraries of a sample come in the fixed order", () => {
	const none = { hashing: false, oligo: false, onChip: false, parseMultiplexing: false };
	expect(
		librarySetOf({
			...none,
			serviceTypeId: ServiceType.TENX_SC_GEX_5PRIME.id,
			oligo: true,
			assays: new Set(["crisprScreening", "vdjTGd", "vdjT", "vdjB", "antibodyCapture"]),
		}),
	).toEqual([4, 8, 9, 11, 12, 13, 10]);
	expect(librarySetOf({ ...none, serviceTypeId: ServiceType.TENX_SC_FLEX_V2.id, assays: new Set(["antibodyCapture"]) })).toEqual([
		1, 14,
	]);
	expect(
		librarySetOf({ ...none, serviceTypeId: ServiceType.CUSTOM.id, oligo: true, assays: new Set(["antibodyCapture"]) }),
	).toEqual([]);
});

const poolState: WorkflowState = {
	history: [
		{
			step: "pooled_library_annotation",
			input: {},
			tables: {
				libraries: ["tube-1", "tube 2", "tube-1"].map((pool_label, index) => ({
					library_name: `l${index}`,
					sample_pool: `s${index}`,
					library_type_id: 100,
					pool_label,
				})),
			},
			metadata: {},
			submitted: true,
		},
	],
};
const pooled = makeFacts({ submissionTypeId: SubmissionType.POOLED_LIBRARIES.id });
const goodPools = {
	contact_name: "Jane Doe",
	contact_email: "jane@example.org",
	contact_phone: "1",
	pool_0_name: " tube_1 ",
	pool_1_name: "tube_2",
	pool_1_m_reads: "12,5",
};

test.each([
	["nothing", {}, ["contact_name", "contact_email", "contact_phone", "pool_0_name", "pool_1_name"]],
	["a name that one owns already", { ...goodPools, pool_0_name: "my_pool" }, ["pool_0_name"]],
	["two pools of one name", { ...goodPools, pool_1_name: "tube_1" }, ["pool_1_name"]],
	["bad characters", { ...goodPools, pool_1_name: "tübe 2" }, ["pool_1_name"]],
	[
		"a short name, reads in words, no e-mail address",
		{ ...goodPools, pool_0_name: "a", pool_1_m_reads: "many", contact_email: "x" },
		["contact_email", "pool_0_name", "pool_1_m_reads"],
	],
	["all in order", goodPools, null],
])("naming pools: %s", (_name, values, refused) => {
	expect(fieldsRefused(poolMappingStep, values, pooled, poolState)).toEqual(refused);
});

test("pool names and the contact are proposed", () => {
	const view = poolMappingStep.present(poolState, pooled);
	expect(view).toMatchObject({
		values: { contact_name: "Jane Doe", pool_0_label: "tube-1", pool_0_name: "tube_1", pool_1_name: "tube_2" },
	});
});
