import { noObject, type RunDefinition } from "@opengsync/core/workflow-runs/definition";
import { z } from "zod";
import type { Confirmation } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import type { PageOptions } from "../../framework/page.ts";
import type { Policy } from "../../framework/policy.ts";
import { idInPath } from "../../framework/route.ts";

/** The object of a run as its pages show it. */
export interface WorkflowSubject {
	/** Address of the page from which the workflow is started and to which it leads back. */
	readonly home: string;
	/** What that page is called: "the request". */
	readonly homeLabel: string;
	readonly subtitle: string | null;
	readonly active: NonNullable<PageOptions["active"]>;
	readonly breadcrumbs: NonNullable<PageOptions["breadcrumbs"]>;
}

/** A multi-step workflow as pages: where it is, who may open it, and its words (requests-and-annotation.md §4). */
export interface WorkflowPages<Facts, Completed> {
	readonly run: RunDefinition<Facts, Completed>;
	/** Address of the runs of an object, with `:id` where there is an object: `/seq_requests/:id/annotation/`. */
	readonly path: string;
	readonly policy: Policy;
	/** Last breadcrumb, e.g. "Add samples". */
	readonly title: string;
	/** Asked before a run is completed. */
	readonly confirmCompletion: Confirmation;
	/** Loads the object with the viewer's level and lets the policy decide; called with every request. */
	load(exchange: ObjectExchange): Promise<WorkflowSubject>;
	/** What to say once a run is completed. */
	describeCompletion(completed: Completed): string;
}

/** Pages of which only what all workflows have in common is used. */
export type AnyWorkflowPages = Pick<WorkflowPages<never, never>, "path" | "policy" | "title" | "confirmCompletion" | "load"> & {
	readonly run: Pick<WorkflowPages<never, never>["run"], "noun" | "objectType" | "isEditor" | "authorize" | "lockObject"> & {
		readonly workflow: { readonly name: string; readonly steps: readonly { readonly name: string; readonly title: string }[] };
	};
};

const objectId = idInPath.optional().transform((id) => id ?? noObject);

/** Parameters of the addresses of an object's runs, of a run, and of a step of it. */
export const ofObject = z.object({ id: objectId });
export const ofRun = z.object({ id: objectId, run: z.string().max(36) });
export const ofStep = z.object({ id: objectId, run: z.string().max(36), step: z.string().max(64) });

/** An exchange about the runs of an object, about one run, and about a step of it. */
export type ObjectExchange = Exchange<z.output<typeof ofObject>>;
export type RunExchange = Exchange<z.output<typeof ofRun>>;
export type StepExchange = Exchange<z.output<typeof ofStep>>;

/** Address of the runs of an object. */
export function runsUrl(pages: Pick<AnyWorkflowPages, "path">, id: number): string {
	return pages.path.replace(":id", String(id));
}

/** Address of a run. */
export function runUrl(pages: Pick<AnyWorkflowPages, "path">, id: number, uuid: string): string {
	return `${runsUrl(pages, id)}${uuid}/`;
}

/** Title of a step, or its name when the workflow has it no longer. */
export function stepTitle(pages: AnyWorkflowPages, step: string): string {
	return pages.run.workflow.steps.find((candidate) => candidate.name === step)?.title ?? step;
}
