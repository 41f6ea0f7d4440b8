import { ExperimentStatus, PrepStatus, RunStatus } from "../catalog.ts";
import { transitionsOf } from "./types.ts";

const lab = "lab-workflows.md";
const ops = "background-and-ops.md";

/** Transitions of lab preps (data-model.md §14). ARCHIVED is reserved. */
export const prepTransitions = transitionsOf("prep", PrepStatus, [
	{ from: "new", to: ["PREPARING"], cause: "creation", who: "insider", specifiedIn: `${lab} §7.3` },
	{
		from: ["PREPARING"],
		to: ["COMPLETED"],
		cause: "completingPrep",
		who: "insider",
		specifiedIn: `${lab} §7.5`,
		guard: "checklist steps 1, 9 and 10 done",
		effects: "its pools below STORED become STORED; request progress",
	},
	{ from: ["COMPLETED"], to: ["PREPARING"], cause: "reopeningPrep", who: "admin", specifiedIn: `${lab} §7.3` },
]);

/** Transitions of experiments (data-model.md §14). When one first is SEQUENCED, DEMULTIPLEXED or ARCHIVED its finished time is set. */
export const experimentTransitions = transitionsOf("experiment", ExperimentStatus, [
	{
		from: "new",
		to: ["DRAFT"],
		cause: "creation",
		who: "insider",
		specifiedIn: `${lab} §17.1`,
		effects: "its lanes are created",
	},
	{
		from: ["DRAFT"],
		to: ["LOADED"],
		cause: "loading",
		who: "insider",
		specifiedIn: `${lab} §17.9`,
		guard: "every lane is loaded",
	},
	{
		from: ["DRAFT", "LOADED", "ARCHIVED"],
		to: ["SEQUENCING"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4`,
		guard: "its run is RUNNING; from ARCHIVED only when the folder came back",
	},
	{
		from: ["DRAFT", "LOADED", "SEQUENCING", "ARCHIVED"],
		to: ["SEQUENCED", "DEMULTIPLEXED"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4`,
		guard: "its run is FINISHED; from ARCHIVED only when the folder came back; DEMULTIPLEXED if every library has reads (§3.3)",
		effects: "its pools and libraries are raised to SEQUENCED",
	},
	{
		from: ["DRAFT", "LOADED", "SEQUENCING", "SEQUENCED", "DEMULTIPLEXED"],
		to: ["ARCHIVED"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4`,
		guard: "the folder of its run has vanished",
		effects: "its pools and libraries are raised to SEQUENCED",
	},
	{ from: ["DRAFT", "LOADED"], to: ["SEQUENCING"], cause: "job", who: "system", specifiedIn: `${ops} §3.1 rule 1` },
	{
		from: ["DRAFT", "LOADED", "SEQUENCING"],
		to: ["DEMULTIPLEXED", "SEQUENCED"],
		cause: "job",
		who: "system",
		specifiedIn: `${ops} §3.1 rule 2`,
	},
	{ from: ["DRAFT", "LOADED", "SEQUENCING"], to: ["ARCHIVED"], cause: "job", who: "system", specifiedIn: `${ops} §3.1 rule 3` },
	{ from: ["DRAFT", "LOADED", "SEQUENCING"], to: ["FAILED"], cause: "job", who: "system", specifiedIn: `${ops} §3.1 rule 4` },
	{
		from: ["DRAFT", "LOADED", "SEQUENCING", "SEQUENCED"],
		to: ["DEMULTIPLEXED"],
		cause: "reads",
		who: "system",
		specifiedIn: `${ops} §5.4`,
		guard: "every library has reads (§3.3)",
	},
	{ from: "any", to: "any", cause: "form", who: "insider", specifiedIn: `${lab} §17.1` },
]);

/** Transitions of runs (data-model.md §14). */
export const runTransitions = transitionsOf("run", RunStatus, [
	{ from: "new", to: ["RUNNING", "FINISHED"], cause: "scan", who: "system", specifiedIn: `${ops} §2.4 B3` },
	{
		from: ["IDLE", "FINISHED"],
		to: ["RUNNING"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4 B9`,
		guard: "RTAComplete.txt is not there",
	},
	{
		from: ["IDLE", "RUNNING"],
		to: ["FINISHED"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4 B9`,
		guard: "RTAComplete.txt is there",
	},
	{
		from: ["RUNNING", "FINISHED"],
		to: ["ARCHIVED"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4 A`,
		guard: "folder vanished; RUNNING: for 24 hours",
	},
	{
		from: ["ARCHIVED"],
		to: ["RUNNING", "FINISHED"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4 B7`,
		guard: "the folder came back",
	},
	{
		from: ["FAILED"],
		to: ["RUNNING", "FINISHED"],
		cause: "scan",
		who: "system",
		specifiedIn: `${ops} §2.4 B5`,
		guard: "another folder of the same experiment name",
	},
	{
		from: ["IDLE", "RUNNING", "FINISHED", "ARCHIVED"],
		to: ["FAILED"],
		cause: "script",
		who: "insider",
		specifiedIn: `${ops} §2.2`,
	},
	{
		from: "new",
		to: ["IDLE", "RUNNING", "FINISHED", "ARCHIVED", "FAILED"],
		cause: "script",
		who: "insider",
		specifiedIn: `${ops} §2.2`,
	},
	{ from: ["IDLE"], to: ["RUNNING", "FINISHED", "ARCHIVED"], cause: "script", who: "insider", specifiedIn: `${ops} §2.2` },
]);
