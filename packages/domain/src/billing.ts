/** The billing export: pools, experiments and lanes as tables (requests-and-annotation.md §12). */
import { ExperimentWorkflow, FlowCellType, findMember, LabChecklistType, memberById, PoolType, ServiceType } from "./catalog.ts";
import { type Cycles, readConfiguration } from "./identifiers.ts";

/** Whom a request is billed to. */
export interface BillingRequest {
	readonly id: number;
	readonly groupName: string | null;
	readonly contactName: string;
	readonly contactEmail: string | null;
	readonly billingName: string;
	readonly billingEmail: string | null;
	readonly billingCode: string | null;
}

/** A pool on an experiment. */
export interface BillingPool {
	readonly id: number;
	readonly name: string;
	/** Catalog poolType. */
	readonly typeId: number;
	readonly mReadsRequested: number | null;
	readonly contactName: string;
	readonly contactEmail: string | null;
	readonly numLibraries: number;
	/** Distinct, in any order. */
	readonly protocolNames: readonly string[];
	/** Requests of its libraries, each once. */
	readonly libraryRequestIds: readonly number[];
	/** Its own request; null = the facility's pool. */
	readonly requestId: number | null;
	readonly labPrep: { readonly name: string; readonly serviceTypeId: number; readonly checklistTypeId: number } | null;
}

/** An experiment with its pools on lanes. */
export interface BillingExperiment {
	readonly name: string;
	/** Catalog experimentWorkflow. */
	readonly workflowId: number;
	readonly cycles: Cycles;
	/** `YYYY-MM-DD HH:MM`; null = not sequenced yet. */
	readonly completedAt: string | null;
	readonly laneNumbers: readonly number[];
	readonly pools: readonly BillingPool[];
	/** Million reads of a pool in a lane; null = unknown. */
	readonly links: readonly { readonly laneNumber: number; readonly poolId: number; readonly mReads: number | null }[];
}

/** A cell of the export; null = blank. */
export type BillingCell = string | number | null;

/** A sheet of the export; the first column is always the experiment's name. */
export interface BillingTable {
	readonly name: "pools" | "experiments" | "lanes";
	readonly columns: readonly string[];
	readonly rows: readonly (readonly BillingCell[])[];
}

const poolColumns = [
	...(["experiment_name", "read_config", "workflow", "lanes", "pool_name", "pool_type", "pool_id", "num_libraries"] as const),
	...(["num_m_reads_requested", "protocol", "service", "checklist", "lab_prep", "num_m_reads_loaded"] as const),
	...(["lane_share", "flowcell_share", "group", "contact_name", "contact_email", "billing_name", "billing_email"] as const),
	...(["billing_code", "lab_contact_name", "lab_contact_email", "info"] as const),
] as const;
const experimentColumns = [
	...([
		"experiment_name",
		"workflow",
		"flow_cell_type",
		"max_m_reads",
		"max_m_reads_per_lane",
		"num_lanes",
		"num_pools",
	] as const),
	...(["read_config", "sequencing_completed", "loaded_m_reads"] as const),
] as const;
const laneColumns = ["experiment_name", "lane", "num_m_reads_loaded", "num_pools", "pools"] as const;

type Row<Columns extends readonly string[]> = Readonly<Record<Columns[number], BillingCell>>;

function tableOf<const Columns extends readonly string[]>(
	name: BillingTable["name"],
	columns: Columns,
	rows: readonly Row<Columns>[],
): BillingTable {
	return { name, columns, rows: rows.map((row) => columns.map((column) => row[column as Columns[number]] ?? null)) };
}

/** Sums of decimal figures carry no tail of binary fractions. */
const rounded = (value: number) => Number(value.toFixed(6));

/** The sum; null when a part is unknown. */
function sumOf(parts: readonly (number | null)[]): number | null {
	let sum = 0;
	for (const part of parts) {
		if (part === null) return null;
		sum += part;
	}
	return rounded(sum);
}

const linksOfPool = (experiment: BillingExperiment, pool: BillingPool) =>
	experiment.links.filter((link) => link.poolId === pool.id).sort((a, b) => a.laneNumber - b.laneNumber);

/** Reads of a pool over its lanes; null when those of a lane are unknown, or it is on no lane. */
function loadedReads(experiment: BillingExperiment, pool: BillingPool): number | null {
	const links = linksOfPool(experiment, pool);
	return links.length === 0 ? null : sumOf(links.map((link) => link.mReads));
}

function laneReads(experiment: BillingExperiment, laneNumber: number): number | null {
	return sumOf(experiment.links.filter((link) => link.laneNumber === laneNumber).map((link) => link.mReads));
}

/** `12.345%`; null when either is unknown or there is nothing to share. */
function shareText(part: number | null, whole: number | null): string | null {
	return part === null || whole === null || whole <= 0 ? null : `${((part / whole) * 100).toFixed(3)}%`;
}

/** Share of the pool in each of its lanes, in the order of the lanes; null when one is unknown. */
function laneShares(experiment: BillingExperiment, pool: BillingPool): string | null {
	const shares = linksOfPool(experiment, pool).map((link) => shareText(link.mReads, laneReads(experiment, link.laneNumber)));
	return shares.length === 0 || shares.includes(null) ? null : shares.join(", ");
}

/** The request that is billed: the pool's, else the only one of its libraries. */
function requestOf(pool: BillingPool, requests: ReadonlyMap<number, BillingRequest>): BillingRequest | null {
	const [only, ...others] = pool.libraryRequestIds;
	const id = pool.requestId ?? (others.length === 0 ? only : undefined);
	return id === undefined ? null : (requests.get(id) ?? null);
}

const flowCellOf = (experiment: BillingExperiment) =>
	memberById(FlowCellType, memberById(ExperimentWorkflow, experiment.workflowId).flowCellTypeId);

/** What somebody who writes the bill has to know about a pool. */
function warningsOf(experiment: BillingExperiment, pool: BillingPool, totalMReads: number | null): string[] {
	const warnings: string[] = [];
	const unknown = linksOfPool(experiment, pool).filter((link) => link.mReads === null);
	if (unknown.length > 0) {
		const lanes = unknown.map((link) => link.laneNumber).join(", ");
		warnings.push(`Loaded reads are missing for lane ${lanes}.`);
	}
	if (pool.libraryRequestIds.length > 1) warnings.push("The libraries come from different requests.");
	const { maxMReads } = flowCellOf(experiment);
	if (totalMReads !== null && Math.abs(totalMReads - maxMReads) > 1e-6 * maxMReads) {
		const side = totalMReads > maxMReads ? "above" : "below";
		warnings.push(`The total of ${totalMReads} M reads loaded is ${side} the flow cell's maximum of ${maxMReads} M.`);
	}
	return warnings;
}

function poolRow(
	experiment: BillingExperiment,
	pool: BillingPool,
	requests: ReadonlyMap<number, BillingRequest>,
): Row<typeof poolColumns> {
	const total = sumOf(experiment.pools.map((each) => loadedReads(experiment, each)));
	const loaded = loadedReads(experiment, pool);
	const request = requestOf(pool, requests);
	return {
		experiment_name: experiment.name,
		read_config: readConfiguration(experiment.cycles),
		workflow: memberById(ExperimentWorkflow, experiment.workflowId).label,
		lanes: linksOfPool(experiment, pool)
			.map((link) => link.laneNumber)
			.join(", "),
		pool_name: pool.name,
		pool_type: memberById(PoolType, pool.typeId).label,
		pool_id: pool.id,
		num_libraries: pool.numLibraries,
		num_m_reads_requested: pool.mReadsRequested ?? 0,
		protocol: [...pool.protocolNames].sort().join(", ") || null,
		service: findMember(ServiceType, pool.labPrep?.serviceTypeId)?.label ?? null,
		checklist: findMember(LabChecklistType, pool.labPrep?.checklistTypeId)?.label ?? null,
		lab_prep: pool.labPrep?.name ?? null,
		num_m_reads_loaded: loaded,
		lane_share: laneShares(experiment, pool),
		flowcell_share: shareText(loaded, total),
		group: request?.groupName ?? null,
		contact_name: request?.contactName ?? null,
		contact_email: request?.contactEmail ?? null,
		billing_name: request?.billingName ?? null,
		billing_email: request?.billingEmail ?? null,
		billing_code: request?.billingCode ?? null,
		lab_contact_name: pool.contactName,
		lab_contact_email: pool.contactEmail,
		info: warningsOf(experiment, pool, total).join(" ") || null,
	};
}

/** Lanes ascending, number by number; pools on no lane come last. */
function compareLanes(a: readonly number[], b: readonly number[]): number {
	if (a.length === 0 || b.length === 0) return b.length - a.length;
	for (let index = 0; index < Math.min(a.length, b.length); index++) {
		const difference = (a[index] ?? 0) - (b[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}

function sortPools(experiment: BillingExperiment): BillingPool[] {
	const lanesOf = (pool: BillingPool) => linksOfPool(experiment, pool).map((link) => link.laneNumber);
	return [...experiment.pools].sort((a, b) => compareLanes(lanesOf(a), lanesOf(b)) || a.id - b.id);
}

function experimentRow(experiment: BillingExperiment): Row<typeof experimentColumns> {
	const flowCell = flowCellOf(experiment);
	const known = experiment.pools.map((pool) => loadedReads(experiment, pool)).filter((reads) => reads !== null);
	return {
		experiment_name: experiment.name,
		workflow: memberById(ExperimentWorkflow, experiment.workflowId).label,
		flow_cell_type: flowCell.label,
		max_m_reads: flowCell.maxMReads,
		max_m_reads_per_lane: flowCell.maxMReadsPerLane,
		num_lanes: experiment.laneNumbers.length,
		num_pools: experiment.pools.length,
		read_config: readConfiguration(experiment.cycles),
		sequencing_completed: experiment.completedAt,
		loaded_m_reads: sumOf(known),
	};
}

function laneRow(experiment: BillingExperiment, lane: number): Row<typeof laneColumns> {
	const ids = new Set(experiment.links.filter((link) => link.laneNumber === lane).map((link) => link.poolId));
	const pools = experiment.pools.filter((pool) => ids.has(pool.id));
	return {
		experiment_name: experiment.name,
		lane,
		num_m_reads_loaded: laneReads(experiment, lane),
		num_pools: pools.length,
		pools: pools.map((pool) => pool.name).join(", ") || null,
	};
}

/** The three sheets of the billing export, newest experiment names first. */
export function billingTables(
	experiments: readonly BillingExperiment[],
	requests: ReadonlyMap<number, BillingRequest>,
): readonly BillingTable[] {
	const sorted = [...experiments].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
	return [
		tableOf(
			"pools",
			poolColumns,
			sorted.flatMap((experiment) => sortPools(experiment).map((pool) => poolRow(experiment, pool, requests))),
		),
		tableOf("experiments", experimentColumns, sorted.map(experimentRow)),
		tableOf(
			"lanes",
			laneColumns,
			sorted.flatMap((experiment) => [...experiment.laneNumbers].sort((a, b) => a - b).map((lane) => laneRow(experiment, lane))),
		),
	];
}
