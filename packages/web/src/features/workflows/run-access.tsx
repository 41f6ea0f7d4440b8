import { NotPossibleError } from "@opengsync/core/errors";
import { RunOfColleagueError } from "@opengsync/core/workflow-runs/own-run";
import { type ColleagueRun, listColleagueRuns } from "@opengsync/core/workflow-runs/take-over";
import { currentStepName, WorkflowError } from "@opengsync/domain/annotation/engine";
import { ColleaguePage } from "./colleague-page.tsx";
import type { AnyWorkflowPages, ObjectExchange, WorkflowSubject } from "./workflow-pages.ts";

/** A step that cannot be called now is the caller's mistake, not ours. */
export async function asExpected<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof WorkflowError) throw new NotPossibleError(error.message);
		throw error;
	}
}

/** The page about colleagues' runs for the object. */
export async function showColleagueRuns(
	exchange: ObjectExchange,
	pages: AnyWorkflowPages,
	subject: WorkflowSubject,
	takenOver: ColleagueRun | null = null,
): Promise<Response> {
	const { id } = exchange.params;
	const runs = takenOver ? [takenOver] : await listColleagueRuns(exchange.db, exchange.viewer, pages.run, id);
	return exchange.page(
		{
			title: `${capitalize(pages.run.noun)} of a colleague`,
			active: subject.active,
			breadcrumbs: [...subject.breadcrumbs, { label: pages.title }],
			...(takenOver ? { httpStatus: 409 } : {}),
		},
		<ColleaguePage
			pages={pages}
			subject={subject}
			objectId={id}
			runs={runs}
			wasTakenOver={takenOver !== null && exchange.request.method === "POST"}
		/>,
	);
}

function capitalize(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Runs `work`; when the run is a colleague's now, a page says whose and offers to take it over. */
export async function withOwnRun(
	exchange: ObjectExchange,
	pages: AnyWorkflowPages,
	subject: WorkflowSubject,
	work: () => Promise<Response>,
): Promise<Response> {
	try {
		return await asExpected(work);
	} catch (error) {
		if (!(error instanceof RunOfColleagueError)) throw error;
		const { uuid, userId, userName, state, changedAt } = error.run;
		const step = currentStepName(state) ?? "";
		return showColleagueRuns(exchange, pages, subject, { uuid, ownerId: userId, ownerName: userName, step, changedAt });
	}
}
