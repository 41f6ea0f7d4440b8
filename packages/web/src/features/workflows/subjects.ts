import { NotFoundError } from "@opengsync/core/errors";
import { findExperimentPage } from "@opengsync/db/queries/experiment-page";
import { findPoolPage } from "@opengsync/db/queries/pool-page";
import { findPrep } from "@opengsync/db/queries/prep-samples";
import { findRequest } from "@opengsync/db/queries/seq-requests";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import type { ObjectExchange, WorkflowSubject } from "./workflow-pages.ts";

const lists = {
	requests: { label: "Requests", href: "/seq_requests/", noun: "request" },
	pools: { label: "Pools", href: "/pools/", noun: "pool" },
	preps: { label: "Preps", href: "/lab_preps/", noun: "prep" },
	experiments: { label: "Experiments", href: "/experiments/", noun: "experiment" },
} as const;

/** An object of one of the lists as the pages about it show it. `name` is its name among the breadcrumbs. */
function subjectIn(active: keyof typeof lists, id: number, name: string, subtitle = name): WorkflowSubject {
	const { label, href, noun } = lists[active];
	const home = `${href}${id}/`;
	return {
		home,
		homeLabel: `the ${noun}`,
		subtitle,
		active,
		breadcrumbs: [
			{ label, href },
			{ label: name, href: home },
		],
	};
}

/** The request of the address, with the viewer's level checked. */
export async function loadRequestSubject(exchange: ObjectExchange): Promise<WorkflowSubject> {
	const { id, name } = exchange.authorize(await findRequest(exchange.db, exchange.viewer, exchange.params.id));
	const identifier = requestIdentifier(id);
	return subjectIn("requests", id, identifier, `${identifier} · ${name}`);
}

/** The pool of the address, with the viewer's level checked. */
export async function loadPoolSubject(exchange: ObjectExchange): Promise<WorkflowSubject> {
	const { id, name } = exchange.authorize(await findPoolPage(exchange.db, exchange.viewer, exchange.params.id));
	return subjectIn("pools", id, name);
}

/** The experiment of the address; who may see it is the policy's business, for it has no levels. */
export async function loadExperimentSubject(exchange: ObjectExchange): Promise<WorkflowSubject> {
	const experiment = await findExperimentPage(exchange.db, exchange.params.id);
	if (!experiment) throw new NotFoundError("This experiment");
	return subjectIn("experiments", experiment.id, experiment.name);
}

/** The lab prep of the address; who may see it is the policy's business, for it has no levels. */
export async function loadPrepSubject(exchange: ObjectExchange): Promise<WorkflowSubject> {
	const prep = await findPrep(exchange.db, exchange.params.id);
	if (!prep) throw new NotFoundError("This prep");
	return subjectIn("preps", prep.id, prep.name);
}
