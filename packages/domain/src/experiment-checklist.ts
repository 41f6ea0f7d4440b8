import { ExperimentStatus, isBelow, memberById } from "./catalog.ts";
import type { Cycles } from "./identifiers.ts";
import { effectiveLane, type LanePoolValues, type LaneValues } from "./lanes.ts";

/** ✅ done · ⚠️ to do · ❗ a prerequisite is missing · 🔘 optional · 🚫 not applicable. */
export type ChecklistState = "done" | "todo" | "blocked" | "optional" | "notApplicable";

/** Steps of the checklist of an experiment. */
export type ExperimentStepName =
	| "addPools"
	| "assignLanes"
	| "checkClashes"
	| "assignReads"
	| "measurePoolConcentration"
	| "measurePoolSize"
	| "dilutePools"
	| "lanePools"
	| "measureLaneConcentration"
	| "measureLaneSize"
	| "loadFlowCell"
	| "setCycles"
	| "createLoadingChecklist";

/** A step as the page shows it. */
export interface ExperimentStep {
	readonly number: number;
	readonly step: ExperimentStepName;
	readonly label: string;
	readonly state: ChecklistState;
	/** Its button works. */
	readonly enabled: boolean;
	/** Why not; null while enabled. */
	readonly reason: string | null;
	/** What is still missing, by name: pools without lane, without reads, …; lanes as `Lane 1`. */
	readonly missing: readonly string[];
}

/** A pool of an experiment. */
export interface ChecklistPool extends LanePoolValues {
	readonly id: number;
	readonly name: string;
}

/** A lane of an experiment with its links to pools. */
export interface ChecklistLane extends LaneValues {
	readonly number: number;
	readonly links: readonly { readonly poolId: number; readonly mReads: number | null }[];
}

/** Facts on which the checklist depends. */
export interface ExperimentFacts {
	readonly statusId: number;
	readonly isAdmin: boolean;
	/** Of the workflow: one mix for all lanes. */
	readonly combinedLanes: boolean;
	/** The workflow has a template of a loading checklist. */
	readonly hasLoadingChecklistTemplate: boolean;
	readonly pools: readonly ChecklistPool[];
	readonly lanes: readonly ChecklistLane[];
	readonly cycles: Cycles;
	readonly hasLanePoolingTable: boolean;
	readonly hasLoadingChecklist: boolean;
}

/** What the checklist drives may be changed while the status is below SEQUENCING, afterwards by admins (lab-workflows.md §17.1). */
export function isExperimentEditable(statusId: number, isAdmin: boolean): boolean {
	return isAdmin || isBelow(memberById(ExperimentStatus, statusId), ExperimentStatus.SEQUENCING);
}

interface StepRule {
	readonly isDone: boolean;
	/** Prerequisite that is missing; null = none. */
	readonly blockedBy?: string | null;
	readonly missing?: readonly string[];
	readonly isOptional?: boolean;
	readonly isApplicable?: boolean;
	/** Works although the experiment is no longer editable. */
	readonly isAlwaysUsable?: boolean;
}

function lanePools(facts: ExperimentFacts, lane: ChecklistLane): ChecklistPool[] {
	return facts.pools.filter((pool) => lane.links.some((link) => link.poolId === pool.id));
}

function poolsWithoutLane(facts: ExperimentFacts): string[] {
	const placed = new Set(facts.lanes.flatMap((lane) => lane.links.map((link) => link.poolId)));
	return facts.pools.filter((pool) => !placed.has(pool.id)).map((pool) => pool.name);
}

/** Links without reads on lanes that several pools share; a pool that has its lane for itself needs none. */
function linksWithoutReads(facts: ExperimentFacts): string[] {
	const names = new Map(facts.pools.map((pool) => [pool.id, pool.name]));
	return facts.lanes
		.filter((lane) => lane.links.length > 1)
		.flatMap((lane) =>
			lane.links
				.filter((link) => link.mReads === null)
				.map((link) => `${names.get(link.poolId) ?? "Pool"} on lane ${lane.number}`),
		);
}

function lanesWithout(facts: ExperimentFacts, has: (lane: ReturnType<typeof effectiveLane>) => boolean): string[] {
	return facts.lanes.filter((lane) => !has(effectiveLane(lane, lanePools(facts, lane)))).map((lane) => `Lane ${lane.number}`);
}

const withoutPools = "Add pools first.";

type NamedRule = StepRule & { readonly step: ExperimentStepName; readonly label: string };

function poolRules(facts: ExperimentFacts): NamedRule[] {
	const hasPools = facts.pools.length > 0;
	const blockedBy = hasPools ? null : withoutPools;
	const unplaced = poolsWithoutLane(facts);
	const unread = linksWithoutReads(facts);
	const hasLinks = facts.lanes.some((lane) => lane.links.length > 0);
	const unweighed = facts.pools.filter((pool) => pool.concentrationNgPerUl === null).map((pool) => pool.name);
	const unsized = facts.pools.filter((pool) => pool.avgFragmentSizeBp === null).map((pool) => pool.name);
	return [
		{ step: "addPools", label: "Add pools", isDone: hasPools },
		{
			step: "assignLanes",
			label: "Assign a lane to each pool",
			isDone: facts.combinedLanes || unplaced.length === 0,
			blockedBy,
			missing: facts.combinedLanes ? [] : unplaced,
		},
		{ step: "checkClashes", label: "Check barcode clashes", isDone: false, isOptional: true, blockedBy, isAlwaysUsable: true },
		{
			step: "assignReads",
			label: "Assign target reads",
			isDone: hasLinks && unread.length === 0,
			blockedBy,
			missing: unread,
		},
		{
			step: "measurePoolConcentration",
			label: "Measure pool concentration",
			isDone: unweighed.length === 0,
			blockedBy,
			missing: unweighed,
		},
		{ step: "measurePoolSize", label: "Measure pool size", isDone: unsized.length === 0, blockedBy, missing: unsized },
		{ step: "dilutePools", label: "Dilute pools", isDone: false, isOptional: true, blockedBy },
	];
}

function laneRules(facts: ExperimentFacts): NamedRule[] {
	const hasPools = facts.pools.length > 0;
	const hasLanes = facts.lanes.length > 0;
	const unplaced = poolsWithoutLane(facts);
	const unweighed = lanesWithout(facts, (lane) => lane.originalConcentrationNgPerUl !== null);
	const unsized = lanesWithout(facts, (lane) => lane.avgFragmentSizeBp !== null);
	const unloaded = lanesWithout(facts, (lane) => lane.isLoaded);
	const isEveryLaneSingle = hasLanes && facts.lanes.every((lane) => lane.links.length === 1);
	const isLaned = hasPools && unplaced.length === 0 && (isEveryLaneSingle || facts.hasLanePoolingTable);
	const isLoaded = hasLanes && unloaded.length === 0;
	const areMeasured = hasLanes && unweighed.length === 0 && unsized.length === 0;
	const blockedWhile = (missing: readonly string[]) => (!isLaned && missing.length > 0 ? "Lane the pools first." : null);
	return [
		{
			step: "lanePools",
			label: "Lane pools",
			isDone: isLaned,
			blockedBy: hasPools ? null : withoutPools,
			missing: unplaced,
		},
		{
			step: "measureLaneConcentration",
			label: "Measure lane concentration",
			isDone: hasLanes && unweighed.length === 0,
			blockedBy: blockedWhile(unweighed),
			missing: unweighed,
		},
		{
			step: "measureLaneSize",
			label: "Measure lane size",
			isDone: hasLanes && unsized.length === 0,
			blockedBy: blockedWhile(unsized),
			missing: unsized,
		},
		{
			step: "loadFlowCell",
			label: "Load flow cell",
			isDone: isLoaded,
			blockedBy: isLoaded || areMeasured ? null : "Measure concentration and size of every lane first.",
			missing: unloaded,
		},
	];
}

function sequencerRules(facts: ExperimentFacts): NamedRule[] {
	const areCyclesSet = Object.values(facts.cycles).every((count) => count !== null);
	return [
		{ step: "setCycles", label: "Set cycles", isDone: areCyclesSet },
		{
			step: "createLoadingChecklist",
			label: "Create sequencer loading checklist",
			isDone: facts.hasLoadingChecklist,
			blockedBy: areCyclesSet ? null : "Set the cycles first.",
			isApplicable: facts.hasLoadingChecklistTemplate,
		},
	];
}

function stateOf(rule: StepRule): ChecklistState {
	if (rule.isApplicable === false) return "notApplicable";
	if (rule.blockedBy) return "blocked";
	if (rule.isOptional) return "optional";
	return rule.isDone ? "done" : "todo";
}

function refusalOf(rule: StepRule, isEditable: boolean): string | null {
	if (rule.isApplicable === false) return "The workflow has no loading checklist.";
	if (rule.blockedBy) return rule.blockedBy;
	return isEditable || rule.isAlwaysUsable ? null : "Sequencing has begun: only an admin can change this.";
}

/** The checklist of an experiment, steps 1 to 13 (lab-workflows.md §17.5). */
export function experimentChecklist(facts: ExperimentFacts): readonly ExperimentStep[] {
	const isEditable = isExperimentEditable(facts.statusId, facts.isAdmin);
	const rules = [...poolRules(facts), ...laneRules(facts), ...sequencerRules(facts)];
	return rules.map((rule, index) => {
		const reason = refusalOf(rule, isEditable);
		return {
			number: index + 1,
			step: rule.step,
			label: rule.label,
			state: stateOf(rule),
			enabled: reason === null,
			reason,
			missing: rule.missing ?? [],
		};
	});
}

const optionalSteps: readonly ExperimentStepName[] = ["checkClashes", "dilutePools"];

/** Figures of the tab title: done and counted steps; optional and not applicable ones are in neither. */
export function countSteps(steps: readonly ExperimentStep[]): { readonly done: number; readonly total: number } {
	const counted = steps.filter((step) => step.state !== "notApplicable" && !optionalSteps.includes(step.step));
	return { done: counted.filter((step) => step.state === "done").length, total: counted.length };
}
