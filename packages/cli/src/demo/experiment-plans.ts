import { ExperimentWorkflow, SequencerModel } from "@opengsync/domain/catalog";
import type { PersonName } from "./people.ts";

/** Sequencers of the demonstration: name and model. */
export const sequencerPlans = [
	{ name: "NovaSeq 6000 A", modelId: SequencerModel.NOVA_SEQ_6000.id, ip: "10.0.0.21", instrument: "A00834" },
	{ name: "NovaSeq X B", modelId: SequencerModel.NOVA_SEQ_X.id, ip: "10.0.0.22", instrument: "LH00211" },
	{ name: "MiSeq C", modelId: SequencerModel.MI_SEQ.id, ip: "10.0.0.23", instrument: "M04211" },
] as const;

/** How far an experiment has come. */
export type ExperimentStage =
	| "draft"
	| "canceled"
	| "loaded"
	/** Loaded; its run folder is found by the scan. */
	| "scanned"
	| "running"
	| "failed"
	| "sequenced"
	| "demultiplexed"
	/** Demultiplexed, and the run folder is gone. */
	| "archived";

/** An experiment of the demonstration; requests name it. */
export interface ExperimentPlan {
	readonly name: string;
	/** Id of *experimentWorkflow*. */
	readonly workflowId: number;
	readonly sequencer: (typeof sequencerPlans)[number]["name"];
	readonly operator: PersonName;
	/** r1, i1, i2, r2 */
	readonly cycles: readonly [number, number, number, number];
	readonly stage: ExperimentStage;
	readonly daysAgo: number;
	/** Days since the data were handed over; absent = not yet. */
	readonly releasedDaysAgo?: number;
	readonly comment?: string;
}

/** Experiments, oldest first. The *scanned* one is named in the run folder that a real sequencer wrote. */
export const experimentPlans: readonly ExperimentPlan[] = [
	{
		name: "NSX_0101",
		workflowId: ExperimentWorkflow.NOVASEQ_X_10B.id,
		sequencer: "NovaSeq X B",
		operator: "technician",
		cycles: [151, 10, 10, 151],
		stage: "archived",
		daysAgo: 320,
		releasedDaysAgo: 300,
	},
	{
		name: "NS6_0102",
		workflowId: ExperimentWorkflow.NOVASEQ_6K_S2_STD.id,
		sequencer: "NovaSeq 6000 A",
		operator: "secondTechnician",
		cycles: [101, 10, 10, 101],
		stage: "demultiplexed",
		daysAgo: 230,
		releasedDaysAgo: 215,
	},
	{
		name: "MIS_0108",
		workflowId: ExperimentWorkflow.MISEQ_NANO_V2.id,
		sequencer: "MiSeq C",
		operator: "technician",
		cycles: [51, 8, 8, 51],
		stage: "failed",
		daysAgo: 190,
		comment: "Fluidics error in cycle 12; nothing was loaded that cannot be repeated.",
	},
	{
		name: "NSX_0103",
		workflowId: ExperimentWorkflow.NOVASEQ_X_1B.id,
		sequencer: "NovaSeq X B",
		operator: "technician",
		cycles: [28, 10, 10, 90],
		stage: "demultiplexed",
		daysAgo: 130,
		releasedDaysAgo: 6,
	},
	{
		name: "NS6_0104",
		workflowId: ExperimentWorkflow.NOVASEQ_6K_S4_XP.id,
		sequencer: "NovaSeq 6000 A",
		operator: "secondTechnician",
		cycles: [151, 10, 10, 151],
		stage: "sequenced",
		daysAgo: 45,
	},
	{
		name: "NS6_0109",
		workflowId: ExperimentWorkflow.NOVASEQ_6K_SP_STD.id,
		sequencer: "NovaSeq 6000 A",
		operator: "technician",
		cycles: [101, 10, 10, 101],
		stage: "canceled",
		daysAgo: 35,
		comment: "Merged with the next flow cell.",
	},
	{
		name: "Clinical2_A1_DVT_SP_SampleSheet",
		workflowId: ExperimentWorkflow.NOVASEQ_6K_SP_XP.id,
		sequencer: "NovaSeq 6000 A",
		operator: "technician",
		cycles: [36, 10, 10, 0],
		stage: "scanned",
		daysAgo: 7,
	},
	{
		name: "NS6_0106",
		workflowId: ExperimentWorkflow.NOVASEQ_6K_S1_STD.id,
		sequencer: "NovaSeq 6000 A",
		operator: "secondTechnician",
		cycles: [28, 10, 10, 90],
		stage: "running",
		daysAgo: 1,
	},
	{
		name: "MIS_0105",
		workflowId: ExperimentWorkflow.MISEQ_V3.id,
		sequencer: "MiSeq C",
		operator: "technician",
		cycles: [151, 10, 10, 151],
		stage: "loaded",
		daysAgo: 1,
	},
	{
		name: "NSX_0107",
		workflowId: ExperimentWorkflow.NOVASEQ_X_10B_XP.id,
		sequencer: "NovaSeq X B",
		operator: "technician",
		cycles: [101, 8, 8, 101],
		stage: "draft",
		daysAgo: 1,
	},
];
