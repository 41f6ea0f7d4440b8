import type { ExperimentLaneRow, ExperimentPageRow, ExperimentPoolRow } from "@opengsync/db/queries/experiment-page";
import { AccessType, ExperimentWorkflow, FlowCellType, memberById } from "@opengsync/domain/catalog";
import { type ExperimentActionName, experimentAction } from "@opengsync/domain/experiment-actions";
import type { ExperimentFacts } from "@opengsync/domain/experiment-checklist";
import type { Cycles } from "@opengsync/domain/identifiers";
import { doCyclesMatch, type EffectiveLane, effectiveLane, type LanePoolValues, type LaneValues } from "@opengsync/domain/lanes";

/** An experiment with its pools and lanes: what most of its tabs are made of. */
export interface LoadedExperiment {
	readonly experiment: ExperimentPageRow;
	readonly pools: readonly ExperimentPoolRow[];
	readonly lanes: readonly ExperimentLaneRow[];
	readonly isAdmin: boolean;
}

/** Way of loading, with its flow cell. */
export function workflowOf(experiment: { readonly workflow_id: number }) {
	const workflow = memberById(ExperimentWorkflow, experiment.workflow_id);
	return { ...workflow, flowCell: memberById(FlowCellType, workflow.flowCellTypeId) };
}

/** Stored cycles in the domain's terms. */
export function cyclesOf(row: {
	readonly r1_cycles: number | null;
	readonly i1_cycles: number | null;
	readonly i2_cycles: number | null;
	readonly r2_cycles: number | null;
}): Cycles {
	return { r1Cycles: row.r1_cycles, i1Cycles: row.i1_cycles, i2Cycles: row.i2_cycles, r2Cycles: row.r2_cycles };
}

/** Whether planned and real cycles agree; null without run (background-and-ops.md §2.5). */
export function matchesRun(experiment: ExperimentPageRow): boolean | null {
	return doCyclesMatch(cyclesOf(experiment), experiment.run ? cyclesOf(experiment.run) : null);
}

function laneValues(lane: ExperimentLaneRow): LaneValues {
	return {
		avgFragmentSizeBp: lane.avg_fragment_size,
		originalConcentrationNgPerUl: lane.original_qubit_concentration,
		sequencingConcentrationNgPerUl: lane.sequencing_qubit_concentration,
		totalVolumeUl: lane.total_volume_ul,
		libraryVolumeUl: lane.library_volume_ul,
		targetMolarityNm: lane.target_molarity,
		phiXPercent: lane.phi_x,
		baReportId: lane.ba_report_id,
	};
}

function poolValues(pool: ExperimentPoolRow): LanePoolValues {
	return {
		avgFragmentSizeBp: pool.avg_fragment_size,
		concentrationNgPerUl: pool.qubit_concentration,
		baReportId: pool.ba_report_id,
	};
}

/** Effective and derived values of a lane (data-model.md §10). */
export function effectiveLaneOf(lane: ExperimentLaneRow, pools: readonly ExperimentPoolRow[]): EffectiveLane {
	const onLane = pools.filter((pool) => lane.links.some((link) => link.pool_id === pool.id));
	return effectiveLane(laneValues(lane), onLane.map(poolValues));
}

/** What the checklist depends on. */
export function checklistFacts({ experiment, pools, lanes, isAdmin }: LoadedExperiment): ExperimentFacts {
	const workflow = workflowOf(experiment);
	return {
		statusId: experiment.status_id,
		isAdmin,
		combinedLanes: workflow.combinedLanes,
		hasLoadingChecklistTemplate: workflow.loadingChecklist !== null,
		pools: pools.map((pool) => ({ id: pool.id, name: pool.name, ...poolValues(pool) })),
		lanes: lanes.map((lane) => ({
			number: lane.number,
			links: lane.links.map((link) => ({ poolId: link.pool_id, mReads: link.num_m_reads })),
			...laneValues(lane),
		})),
		cycles: cyclesOf(experiment),
		hasLanePoolingTable: experiment.has_lane_pooling_table,
		hasLoadingChecklist: experiment.has_loading_checklist,
	};
}

type Seen = Pick<LoadedExperiment, "experiment" | "isAdmin">;

/** Pages of experiments are for staff: the level is INSIDER or ADMIN. */
function refusalTo(action: ExperimentActionName, { experiment, isAdmin }: Seen): string | null {
	const level = isAdmin ? AccessType.ADMIN.id : AccessType.INSIDER.id;
	return experimentAction(action, { statusId: experiment.status_id, level }).reason;
}

/** Why what the checklist drives cannot be changed now; null when it can (lab-workflows.md §17.1). */
export function refusalToEdit(seen: Seen): string | null {
	return refusalTo("prepare", seen);
}

/** Why lanes and reads cannot be changed now; null when they can (lab-workflows.md §17.4). */
export function refusalToArrange(seen: Seen): string | null {
	return refusalTo("arrange", seen);
}
