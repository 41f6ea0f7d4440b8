import type { ColleagueRun } from "@opengsync/core/annotation/take-over";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { ActionButton } from "../../components/button.tsx";
import { Card, Notice, Time } from "../../components/parts.tsx";

/** What the page about colleagues' annotations shows. */
export interface ColleaguePageProps {
	readonly requestId: number;
	readonly runs: readonly ColleagueRun[];
	/** The viewer came with an input for a run that is now a colleague's. */
	readonly wasTakenOver: boolean;
}

const titleOf = (step: string) => annotationWorkflow.steps.find((candidate) => candidate.name === step)?.title ?? step;

/** Whose unfinished annotations there are and when they were last changed, to take over or leave alone (extensions.md §9). */
export function ColleaguePage({ requestId, runs, wasTakenOver }: ColleaguePageProps) {
	const url = `/seq_requests/${requestId}/annotation/`;
	return (
		<>
			{wasTakenOver && (
				<Notice look="warning" title="This annotation is a colleague's now">
					Your last input was not applied. What you had submitted before is part of the annotation. What you typed last is kept in
					this browser: take the annotation over to go on with it.
				</Notice>
			)}
			<Card title="Unfinished annotation of a colleague">
				<ul class="list-unstyled">
					{runs.map((run) => (
						<li class="mb-3">
							<p>
								<strong>{run.ownerName}</strong> is at “{titleOf(run.step)}”, last changed <Time at={run.changedAt} />.
							</p>
							<ActionButton
								action={`${url}${run.uuid}/take-over/`}
								values={{ owner_id: run.ownerId }}
								confirm={{
									title: `Take over the annotation of ${run.ownerName}?`,
									text: "You continue with everything that was entered. Your colleague is told and can only look on.",
									yes: "Take over",
								}}
							>
								Take over
							</ActionButton>
						</li>
					))}
				</ul>
			</Card>
			<div class="step-side-actions">
				<ActionButton action={url} values={{ anew: 1 }} look="quiet">
					Begin one of your own
				</ActionButton>
				<a class="btn btn-ghost-secondary" href={`/seq_requests/${requestId}/`}>
					Back to the request
				</a>
			</div>
		</>
	);
}
