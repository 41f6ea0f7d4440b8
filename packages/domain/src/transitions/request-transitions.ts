import { ProjectStatus, SeqRequestStatus } from "../catalog.ts";
import { transitionsOf } from "./types.ts";

const requests = "requests-and-annotation.md";
const job = "background-and-ops.md §3.1";

/** Transitions of requests (data-model.md §14). FAILED is reserved: nothing sets it. */
export const requestTransitions = transitionsOf("request", SeqRequestStatus, [
	{
		from: "new",
		to: ["DRAFT"],
		cause: "creation",
		who: "user",
		specifiedIn: `${requests} §2.1`,
		effects: "contacts and first delivery addresses are created",
	},
	{
		from: "new",
		to: ["DRAFT"],
		cause: "cloning",
		who: "insider",
		specifiedIn: `${requests} §2.8`,
		effects: "contacts are copied; libraries and pools are cloned as the method says",
	},
	{
		from: ["DRAFT"],
		to: ["SUBMITTED"],
		cause: "submission",
		who: "editor",
		specifiedIn: `${requests} §2.3`,
		guard: "submittable, unless an insider submits",
		effects:
			"submission time set, event created, moved or deleted, review checklist emptied, libraries and pools in DRAFT become SUBMITTED",
	},
	{
		from: ["SUBMITTED"],
		to: ["ACCEPTED"],
		cause: "review",
		who: "insider",
		specifiedIn: `${requests} §2.5`,
		effects:
			"samples in DRAFT await delivery, libraries become POOLED or ACCEPTED, pools ACCEPTED, projects PROCESSING; comment, e-mail",
	},
	{
		from: ["SUBMITTED"],
		to: ["DRAFT"],
		cause: "review",
		who: "insider",
		specifiedIn: `${requests} §2.5`,
		effects: "submission time and event removed, libraries and pools in SUBMITTED become DRAFT; comment, e-mail",
	},
	{
		from: ["SUBMITTED"],
		to: ["REJECTED"],
		cause: "review",
		who: "insider",
		specifiedIn: `${requests} §2.5`,
		effects:
			"submission time and event removed, samples in DRAFT, libraries and pools in SUBMITTED become REJECTED; comment, e-mail",
	},
	{
		from: ["ACCEPTED"],
		to: ["SAMPLES_RECEIVED"],
		cause: "progress",
		who: "insider",
		specifiedIn: "lab-workflows.md §5.1",
		guard: "raw samples: every sample stored; unpooled libraries: every library stored; QC only: every sample stored",
	},
	{
		from: ["ACCEPTED", "SAMPLES_RECEIVED"],
		to: ["PREPARED"],
		cause: "progress",
		who: "insider",
		specifiedIn: "lab-workflows.md §5.1",
		guard: "a library is POOLED and none below; pooled libraries: every pool stored",
	},
	{
		from: ["SAMPLES_RECEIVED"],
		to: ["FINISHED"],
		cause: "qualityControl",
		who: "insider",
		specifiedIn: "extensions.md §2",
		guard: "QC only; no library pending",
		effects: "finished time set, the requestor gets the report",
	},
	{ from: ["ACCEPTED"], to: ["SAMPLES_RECEIVED"], cause: "job", who: "system", specifiedIn: `${job} rule 8` },
	{ from: ["SAMPLES_RECEIVED"], to: ["PREPARED"], cause: "job", who: "system", specifiedIn: `${job} rule 9` },
	{
		from: ["ACCEPTED", "SAMPLES_RECEIVED", "PREPARED"],
		to: ["DATA_PROCESSING"],
		cause: "job",
		who: "system",
		specifiedIn: `${job} rule 10`,
	},
	{
		from: ["DATA_PROCESSING"],
		to: ["FINISHED"],
		cause: "job",
		who: "system",
		specifiedIn: `${job} rule 12`,
		effects: "finished time set",
	},
	{ from: ["DRAFT"], to: ["ARCHIVED"], cause: "archiving", who: "editor", specifiedIn: `${requests} §2.2` },
	{
		from: ["SUBMITTED", "ACCEPTED", "SAMPLES_RECEIVED", "PREPARED", "DATA_PROCESSING", "FINISHED", "FAILED", "REJECTED"],
		to: ["ARCHIVED"],
		cause: "archiving",
		who: "insider",
		specifiedIn: `${requests} §2.2`,
	},
	{
		from: ["ARCHIVED"],
		to: ["DRAFT"],
		cause: "unarchiving",
		who: "insider",
		specifiedIn: `${requests} §2.2`,
		effects:
			"submission time cleared, submission event deleted, libraries, pools and samples in SUBMITTED or REJECTED become DRAFT",
	},
]);

/** Transitions of projects (data-model.md §14). */
export const projectTransitions = transitionsOf("project", ProjectStatus, [
	{ from: "new", to: ["DRAFT"], cause: "creation", who: "user", specifiedIn: "data-model.md §5" },
	{
		from: "any",
		to: ["PROCESSING"],
		cause: "review",
		who: "insider",
		specifiedIn: `${requests} §2.5`,
		guard: "a request with its samples is accepted",
	},
	{ from: ["PROCESSING"], to: ["SEQUENCED"], cause: "job", who: "system", specifiedIn: `${job} rule 11` },
	{
		from: ["DRAFT", "PROCESSING", "SEQUENCED"],
		to: ["DELIVERED"],
		cause: "release",
		who: "insider",
		specifiedIn: "background-and-ops.md §5.6",
		guard: "asked for, or nothing said and no library below SEQUENCED",
	},
	{
		from: ["PROCESSING", "SEQUENCED"],
		to: ["DELIVERED"],
		cause: "completing",
		who: "insider",
		specifiedIn: "access-and-web.md §3.3",
		guard: "no library below SHARED, else a warning",
	},
	{
		from: ["DRAFT", "PROCESSING", "SEQUENCED", "DELIVERED"],
		to: ["ARCHIVED"],
		cause: "archiving",
		who: "insider",
		specifiedIn: "extensions.md §4",
		effects: "the project alone changes",
	},
	{
		from: ["ARCHIVED"],
		to: ["DRAFT", "DELIVERED", "PROCESSING"],
		cause: "unarchiving",
		who: "insider",
		specifiedIn: "extensions.md §4",
		guard: "status derived from its libraries",
	},
	{
		from: ["DRAFT", "PROCESSING", "SEQUENCED", "DELIVERED"],
		to: ["ARCHIVED"],
		cause: "merging",
		who: "insider",
		specifiedIn: "extensions.md §4",
		guard: "it is the source, now empty",
	},
	{ from: "any", to: "any", cause: "form", who: "insider", specifiedIn: "access-and-web.md §3.3" },
]);
