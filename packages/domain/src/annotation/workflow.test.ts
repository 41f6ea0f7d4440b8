import { expect, test } from "vitest";
import { ServiceType, SubmissionType } from "../catalog.ts";
import { makeFacts, type ServiceValues, walkToEnd, walkToService } from "./test-runs.ts";

const raw = SubmissionType.RAW_SAMPLES.id;
const pooled = SubmissionType.POOLED_LIBRARIES.id;
const measuredOnly = SubmissionType.QC_ONLY.id;
const unpooled = SubmissionType.UNPOOLED_LIBRARIES.id;

const stepByNumber: Readonly<Record<number, string>> = {
	5: "define_mux_samples",
	6: "custom_assay_annotation",
	7: "oligo_mux_annotation",
	8: "ocm_annotation",
	9: "flex_mux_annotation",
	10: "parse_mux_annotation",
	11: "pooled_library_annotation",
	12: "pool_mapping",
	13: "barcode_input",
	14: "tenx_atac_barcode_input",
	15: "barcode_match",
	16: "feature_annotation",
	17: "openst_annotation",
	18: "visium_annotation",
	19: "parse_crispr_guide_annotation",
	20: "complete",
};

const flexWithAntibodies: ServiceValues = {
	service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id,
	antibody_capture: true,
	antibody_capture_kit: "TotalSeq-B",
};

const paths: readonly (readonly [string, number, ServiceValues, readonly number[]])[] = [
	["R, bulk RNA", raw, { service_type_id: ServiceType.BULK_RNA_SEQ.id }, [20]],
	["P, bulk RNA, sequences typed", pooled, { service_type_id: ServiceType.BULK_RNA_SEQ.id }, [11, 12, 13, 15, 20]],
	["P, multiome, sequences typed", pooled, { service_type_id: ServiceType.TENX_SC_MULTIOME.id }, [11, 12, 13, 14, 15, 20]],
	["P, ATAC only", pooled, { service_type_id: ServiceType.TENX_SC_ATAC.id }, [11, 12, 14, 20]],
	[
		"R, 3' + hashtags",
		raw,
		{ service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, oligo_multiplexing: true, oligo_multiplexing_kit: "CellPlex" },
		[5, 7, 20],
	],
	[
		"P, 5' + VDJ + antibody capture with hashing in the same library",
		pooled,
		{
			service_type_id: ServiceType.TENX_SC_GEX_5PRIME.id,
			vdj_t: true,
			antibody_capture: true,
			antibody_capture_kit: "TotalSeq-C",
			antibody_hashing: true,
		},
		[5, 7, 11, 12, 13, 15, 16, 20],
	],
	["R, Flex 16-plex + antibodies", raw, flexWithAntibodies, [5, 16, 20]],
	["P, Flex 16-plex + antibodies", pooled, flexWithAntibodies, [5, 9, 11, 12, 13, 15, 16, 20]],
	[
		"P, 3' OCM",
		pooled,
		{ service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, on_chip_multiplexing: true },
		[5, 8, 11, 12, 13, 15, 20],
	],
	[
		"U, Parse wells + CRISPR",
		unpooled,
		{ service_type_id: ServiceType.PARSE.id, parse_kit: 1, parse_chemistry: 2, parse_multiplexing: true, parse_crispr: true },
		[5, 10, 19, 20],
	],
	["Q, bulk RNA", measuredOnly, { service_type_id: ServiceType.BULK_RNA_SEQ.id }, [20]],
	[
		"Q, 3' + hashtags",
		measuredOnly,
		{ service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, oligo_multiplexing: true, oligo_multiplexing_kit: "CellPlex" },
		[5, 7, 20],
	],
	["R, Open-ST", raw, { service_type_id: ServiceType.OPENST.id }, [17, 20]],
	["R, Visium (via Custom)", raw, { service_type_id: ServiceType.CUSTOM.id }, [6, 18, 20]],
];

test.each(paths)(
	"a customer with %s is asked exactly the steps that concern them",
	(_name, submissionTypeId, service, numbers) => {
		const facts = makeFacts({ submissionTypeId });
		const { steps } = walkToEnd(walkToService(facts, ["lung_1", "brain_1"], service), facts);
		expect(steps).toEqual(numbers.map((number) => stepByNumber[number]));
	},
);
