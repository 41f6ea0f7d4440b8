import type { CommandContext } from "@opengsync/core/context";
import { createExperiment } from "@opengsync/core/experiments/create-experiment";
import { createSequencer } from "@opengsync/core/experiments/create-sequencer";
import { loadFlowCell } from "@opengsync/core/experiments/load-flow-cell";
import { addPools, togglePoolLane } from "@opengsync/core/experiments/pools";
import { recordMeasurements } from "@opengsync/core/lab/record-measurements";
import { ExperimentStatus, ExperimentWorkflow, memberById } from "@opengsync/domain/catalog";
import { type ExperimentPlan, experimentPlans, sequencerPlans } from "./experiment-plans.ts";
import { actAs, daysBefore, type Facility, measuredBetween } from "./facility.ts";
import { requestPlans } from "./request-plans.ts";

/** Registers the sequencers. @returns their ids by name */
export function createSequencers(facility: Facility): Promise<Map<string, number>> {
	return actAs(facility, "admin", daysBefore(facility.today, 365), async (context) => {
		const ids = new Map<string, number>();
		for (const { name, modelId, ip } of sequencerPlans) ids.set(name, await createSequencer(context, { name, modelId, ip }));
		return ids;
	});
}

/** An experiment that was made, with its plan. */
export interface MadeExperiment {
	readonly id: number;
	readonly plan: ExperimentPlan;
}

/**
 * Makes all experiments with the pools of their requests, as far as loading.
 * @param requestIds ids of the requests by their code
 */
export async function makeExperiments(
	facility: Facility,
	sequencerIds: ReadonlyMap<string, number>,
	requestIds: ReadonlyMap<string, number>,
): Promise<MadeExperiment[]> {
	const made: MadeExperiment[] = [];
	for (const plan of experimentPlans) {
		const requests = requestPlans
			.filter((request) => request.experiment === plan.name)
			.map((request) => requestIds.get(request.code) ?? 0);
		const id = await actAs(facility, plan.operator, daysBefore(facility.today, plan.daysAgo + 2), (context) =>
			makeExperiment(context, facility, plan, sequencerIds.get(plan.sequencer) ?? 0, requests),
		);
		made.push({ id, plan });
	}
	return made;
}

async function makeExperiment(
	context: CommandContext,
	facility: Facility,
	plan: ExperimentPlan,
	sequencerId: number,
	requestIds: readonly number[],
): Promise<number> {
	const { tx } = context;
	const [r1Cycles, i1Cycles, i2Cycles, r2Cycles] = plan.cycles;
	const operatorId = facility.people[plan.operator].id;
	const id = await createExperiment(context, {
		name: plan.name,
		workflowId: plan.workflowId,
		sequencerId,
		operatorId,
		r1Cycles,
		i1Cycles,
		i2Cycles,
		r2Cycles,
	});
	if (plan.comment) {
		await tx
			.insertInto("comment")
			.values({ text: plan.comment, author_id: context.viewer.id, experiment_id: id, timestamp_utc: context.services.now() })
			.execute();
	}
	if (plan.stage === "canceled") {
		await tx.updateTable("experiment").set({ status_id: ExperimentStatus.CANCELED.id }).where("id", "=", id).execute();
	}
	if (requestIds.length === 0) return id;
	await placePools(context, id, plan, requestIds);
	if (plan.stage !== "draft") await load(context, id, plan);
	return id;
}

/** Pools on all lanes, or one after the other on single lanes. */
async function placePools(
	context: CommandContext,
	id: number,
	plan: ExperimentPlan,
	requestIds: readonly number[],
): Promise<void> {
	const pools = await context.tx
		.selectFrom("library")
		.select("pool_id")
		.distinct()
		.where("seq_request_id", "in", requestIds)
		.where("pool_id", "is not", null)
		.orderBy("pool_id")
		.execute();
	const poolIds = pools.map((pool) => pool.pool_id).filter((poolId) => poolId !== null);
	await addPools(context, id, poolIds);
	if (memberById(ExperimentWorkflow, plan.workflowId).combinedLanes) return;
	const lanes = await context.tx.selectFrom("lane").select("number").where("experiment_id", "=", id).execute();
	for (const number of lanes.map((lane) => lane.number).sort((left, right) => left - right)) {
		await togglePoolLane(context, id, poolIds[(number - 1) % poolIds.length] ?? 0, number);
	}
}

async function load(context: CommandContext, id: number, plan: ExperimentPlan): Promise<void> {
	const lanes = await context.tx
		.selectFrom("lane")
		.select(["id", "number"])
		.where("experiment_id", "=", id)
		.orderBy("number")
		.execute();
	const workflow = memberById(ExperimentWorkflow, plan.workflowId);
	await recordMeasurements(
		context,
		lanes.map((lane) => ({
			kind: "lane",
			id: lane.id,
			qubitConcentrationNgPerUl: measuredBetween(3, 6, workflow.combinedLanes ? id : lane.id),
			avgFragmentSizeBp: Math.round(measuredBetween(390, 450, workflow.combinedLanes ? id : lane.id)),
		})),
	);
	const loading = (laneNumber: number | null) => ({
		laneNumber,
		phiXPercent: 1,
		targetMolarityNm: 2,
		sequencingConcentrationNgPerUl: measuredBetween(0.5, 0.7, laneNumber ?? 0),
		totalVolumeUl: workflow.volumeTargetUl ?? 100,
	});
	await loadFlowCell(context, id, workflow.combinedLanes ? [loading(null)] : lanes.map((lane) => loading(lane.number)));
}
