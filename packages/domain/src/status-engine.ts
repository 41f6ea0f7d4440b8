import type { StatusEntity } from "./transitions.ts";

/** A rule of the automatic status engine. Statuses are keys of the entity's enumeration. */
export interface StatusEngineRule {
	/** Position in the order of execution and number in the specification. */
	readonly number: number;
	readonly entity: StatusEntity;
	readonly from: readonly string[];
	/** One status, or two of which the condition tells which. */
	readonly to: readonly string[];
	/** What must hold, in words; the query of the rule implements it. */
	readonly condition: string;
	readonly effects?: string;
}

const beforeSequenced = ["DRAFT", "LOADED", "SEQUENCING"] as const;

/**
 * Rules 1 to 12 of background-and-ops.md §3.1 in the order in which they are executed, each on the state that those before it left.
 * Rules 6 to 12 leave out QC-only requests and what belongs to them (extensions.md §2).
 */
export const statusEngineRules: readonly StatusEngineRule[] = [
	{ number: 1, entity: "experiment", from: ["DRAFT", "LOADED"], to: ["SEQUENCING"], condition: "its run is RUNNING" },
	{
		number: 2,
		entity: "experiment",
		from: beforeSequenced,
		to: ["DEMULTIPLEXED", "SEQUENCED"],
		condition:
			"its run is FINISHED; DEMULTIPLEXED if every library that is not FAILED, REJECTED or REMOVED has reads for this experiment, of which there is one, else SEQUENCED",
		effects: "finished time set when it is first reached",
	},
	{
		number: 3,
		entity: "experiment",
		from: beforeSequenced,
		to: ["ARCHIVED"],
		condition: "its run is ARCHIVED",
		effects: "finished time set when it is first reached",
	},
	{ number: 4, entity: "experiment", from: beforeSequenced, to: ["FAILED"], condition: "its run is FAILED" },
	{
		number: 5,
		entity: "library",
		from: ["DRAFT", "SUBMITTED", "ACCEPTED", "PREPARING", "STORED", "POOLED"],
		to: ["SEQUENCED"],
		condition: "its experiment is SEQUENCED, DEMULTIPLEXED or ARCHIVED",
	},
	{
		number: 6,
		entity: "sample",
		from: ["WAITING_DELIVERY"],
		to: ["STORED"],
		condition: "it has at least one library that is neither REJECTED nor REMOVED, and all of these are at least STORED",
	},
	{
		number: 7,
		entity: "pool",
		from: ["DRAFT", "SUBMITTED", "ACCEPTED", "STORED"],
		to: ["SEQUENCED"],
		condition: "its experiment is SEQUENCED, DEMULTIPLEXED or ARCHIVED",
	},
	{
		number: 8,
		entity: "request",
		from: ["ACCEPTED"],
		to: ["SAMPLES_RECEIVED"],
		condition:
			"at least one of its libraries has a sample; no sample of its libraries is below STORED (one without status is not waited for); no pool that holds one of its libraries is below STORED",
	},
	{
		number: 9,
		entity: "request",
		from: ["SAMPLES_RECEIVED"],
		to: ["PREPARED"],
		condition: "at least one of its libraries is POOLED; none is below POOLED",
	},
	{
		number: 10,
		entity: "request",
		from: ["ACCEPTED", "SAMPLES_RECEIVED", "PREPARED"],
		to: ["DATA_PROCESSING"],
		condition: "at least one of its libraries is SEQUENCED, SHARED or ARCHIVED; none is below SEQUENCED",
	},
	{
		number: 11,
		entity: "project",
		from: ["PROCESSING"],
		to: ["SEQUENCED"],
		condition: "at least one library of its samples is SEQUENCED, SHARED or ARCHIVED; none is below SEQUENCED",
	},
	{
		number: 12,
		entity: "request",
		from: ["DATA_PROCESSING"],
		to: ["FINISHED"],
		condition: "it has libraries and none is below SHARED",
		effects: "finished time set",
	},
];
