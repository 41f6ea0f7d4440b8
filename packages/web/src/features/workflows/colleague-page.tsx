import type { ColleagueRun } from "@opengsync/core/workflow-runs/take-over";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, Notice, Time } from "../../components/parts.tsx";
import { type AnyWorkflowPages, runsUrl, runUrl, stepTitle, type WorkflowSubject } from "./workflow-pages.ts";

/** What the page about colleagues' runs shows. */
export interface ColleaguePageProps {
	readonly pages: AnyWorkflowPages;
	readonly subject: WorkflowSubject;
	readonly objectId: number;
	readonly runs: readonly ColleagueRun[];
	/** The viewer came with an input for a run that is now a colleague's. */
	readonly wasTakenOver: boolean;
}

/** Whose unfinished runs there are and when they were last changed, to take over or leave alone (extensions.md §9). */
export function ColleaguePage({ pages, subject, objectId, runs, wasTakenOver }: ColleaguePageProps) {
	const { noun } = pages.run;
	return (
		<>
			{wasTakenOver && (
				<Notice look="warning" title={`This ${noun} is a colleague's now`}>
					Your last input was not applied. Nothing is lost: what you had submitted is part of the {noun}, and what you typed last
					is kept in this browser.
				</Notice>
			)}
			<Card title={`Unfinished ${noun} of a colleague`}>
				<ul class="list-unstyled">
					{runs.map((run) => (
						<li class="mb-3">
							<p>
								<strong>{run.ownerName}</strong> is at “{stepTitle(pages, run.step)}”, last changed <Time at={run.changedAt} />.
							</p>
							<ActionButton
								action={`${runUrl(pages, objectId, run.uuid)}take-over/`}
								values={{ owner_id: run.ownerId }}
								confirm={{
									title: `Take over the ${noun} of ${run.ownerName}?`,
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
			<div class="form-actions">
				<LinkButton href={subject.home} look="quiet">
					Back to {subject.homeLabel}
				</LinkButton>
				<ActionButton action={runsUrl(pages, objectId)} values={{ anew: 1 }}>
					Begin one of your own
				</ActionButton>
			</div>
		</>
	);
}
