import type { JsonValue } from "@opengsync/domain/annotation/state";
import { DataDeliveryMode, ReadType, ServiceType, SubmissionType } from "@opengsync/domain/catalog";

/** What is ordered: how the forms and sheets of its annotation are filled. */
export interface Assay {
	/** Id of *submissionType*. */
	readonly submissionTypeId: number;
	/** Values of the service step. */
	readonly service: Readonly<Record<string, JsonValue>> & { readonly service_type_id: number };
	/** Samples that share one library; 1 = not multiplexed. */
	readonly samplesPerLibrary?: number;
	/** Label of *libraryType*, for the service *Custom*. */
	readonly customLibraryType?: string;
	/** Identifier of the kit whose indices the libraries have or get; 10x ATAC libraries take `10X-NA`. */
	readonly indexKit: string;
	/** Libraries that the customer pooled: how many libraries go into one pool. */
	readonly librariesPerPool?: number;
	readonly deliveryModeId: number;
	readonly readTypeId: number;
	/** bp */
	readonly readLengthBp: number;
}

const { RAW_SAMPLES, POOLED_LIBRARIES, UNPOOLED_LIBRARIES, QC_ONLY } = SubmissionType;
const { READS_ONLY, ALIGNMENT, CELLRANGER_ANALYSIS, DOWNSTREAM } = DataDeliveryMode;

const bulk = { readTypeId: ReadType.PAIRED_END.id, readLengthBp: 100, indexKit: "IDT-ILMN-UD-A" } as const;
const tenx = {
	readTypeId: ReadType.PAIRED_END.id,
	readLengthBp: 90,
	indexKit: "10X-TT-A",
	deliveryModeId: CELLRANGER_ANALYSIS.id,
} as const;

const totalSeqC = { antibody_capture: true, antibody_capture_kit: "TotalSeq-C panel" } as const;

/** The assay families of the demonstration. */
export const assays = {
	bulkRna: {
		...bulk,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.BULK_RNA_SEQ.id },
		deliveryModeId: ALIGNMENT.id,
	},
	bulkRnaPooled: {
		...bulk,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.BULK_RNA_SEQ.id },
		indexKit: "IDT-ILMN-UD-B",
		deliveryModeId: READS_ONLY.id,
	},
	bulkRnaUnpooled: {
		...bulk,
		submissionTypeId: UNPOOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.BULK_RNA_SEQ.id },
		indexKit: "IDT-ILMN-UD-C",
		deliveryModeId: READS_ONLY.id,
	},
	bulkRnaPlate: {
		...bulk,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.BULK_RNA_SEQ.id, additional_information: "One 384-well plate, one pool." },
		indexKit: "NEXTERA-XT-V2",
		deliveryModeId: READS_ONLY.id,
	},
	gex3: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id },
	},
	gex3Oligo: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: {
			service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id,
			oligo_multiplexing: true,
			oligo_multiplexing_kit: "CellPlex Set A",
		},
		samplesPerLibrary: 4,
	},
	gex3OnChip: {
		...tenx,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, on_chip_multiplexing: true },
		samplesPerLibrary: 4,
	},
	immune5: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: {
			service_type_id: ServiceType.TENX_SC_GEX_5PRIME.id,
			vdj_b: true,
			vdj_t: true,
			...totalSeqC,
			antibody_hashing: true,
		},
		samplesPerLibrary: 4,
	},
	immune5Pooled: {
		...tenx,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.TENX_SC_GEX_5PRIME.id, vdj_t: true, ...totalSeqC },
	},
	multiome: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: {
			service_type_id: ServiceType.TENX_SC_MULTIOME.id,
			oligo_multiplexing: true,
			oligo_multiplexing_kit: "Nuclear hashing antibodies",
			nuclei_isolation: true,
		},
		samplesPerLibrary: 2,
	},
	gex5OnChip: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.TENX_SC_GEX_5PRIME.id, on_chip_multiplexing: true },
		samplesPerLibrary: 4,
	},
	flex4: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.TENX_SC_4_PLEX_FLEX.id, ...totalSeqC },
		samplesPerLibrary: 4,
	},
	flex16: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id, ...totalSeqC },
		samplesPerLibrary: 16,
	},
	flex16Pooled: {
		...tenx,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id, ...totalSeqC },
		samplesPerLibrary: 16,
	},
	scAtac: {
		...tenx,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.TENX_SC_ATAC.id },
	},
	visium: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.CUSTOM.id },
		customLibraryType: "10X Visium Gene Expression FFPE",
	},
	openSt: {
		...tenx,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.OPENST.id },
		deliveryModeId: DOWNSTREAM.id,
	},
	parse: {
		...bulk,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: {
			service_type_id: ServiceType.PARSE.id,
			parse_kit: 1,
			parse_chemistry: 1,
			parse_multiplexing: true,
			parse_crispr: true,
		},
		samplesPerLibrary: 6,
		indexKit: "IDT-ILMN-UD-C",
		deliveryModeId: READS_ONLY.id,
	},
	wgs: {
		...bulk,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.WGS.id },
		readLengthBp: 150,
		deliveryModeId: ALIGNMENT.id,
	},
	wes: {
		...bulk,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.WES.id },
		indexKit: "IDT-ILMN-UD-B",
		deliveryModeId: ALIGNMENT.id,
	},
	atac: {
		...bulk,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.ATAC_SEQ.id },
		indexKit: "IDT-ILMN-UD-C",
		deliveryModeId: READS_ONLY.id,
	},
	methylation: {
		...bulk,
		submissionTypeId: RAW_SAMPLES.id,
		service: { service_type_id: ServiceType.WG_EM_SEQ.id },
		readLengthBp: 150,
		deliveryModeId: READS_ONLY.id,
	},
	amplicon: {
		...bulk,
		submissionTypeId: POOLED_LIBRARIES.id,
		service: { service_type_id: ServiceType.ARTIC_SARS_COV_2.id },
		librariesPerPool: 2,
		readTypeId: ReadType.SINGLE_END.id,
		readLengthBp: 36,
		deliveryModeId: READS_ONLY.id,
	},
	qcOnly: {
		...bulk,
		submissionTypeId: QC_ONLY.id,
		service: { service_type_id: ServiceType.BULK_RNA_SEQ.id },
		deliveryModeId: READS_ONLY.id,
	},
} as const satisfies Readonly<Record<string, Assay>>;

/** Name of an assay family. */
export type AssayName = keyof typeof assays;
