import {
	type ChecklistState,
	type ExperimentStep,
	type ExperimentStepName,
	experimentChecklist,
} from "@opengsync/domain/experiment-checklist";
import { LinkButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { Card } from "../../components/parts.tsx";
import { checklistFacts, type LoadedExperiment, refusalToArrange } from "./facts.ts";

const signs: Record<ChecklistState, { readonly icon: IconName; readonly look: string; readonly word: string }> = {
	done: { icon: "circle-check", look: "sign-present", word: "done" },
	todo: { icon: "alert-triangle", look: "sign-missing", word: "to do" },
	blocked: { icon: "alert-circle", look: "sign-missing", word: "something is missing before" },
	optional: { icon: "circle", look: "text-secondary", word: "optional" },
	notApplicable: { icon: "circle-x", look: "text-secondary", word: "not applicable" },
};

interface StepButton {
	readonly label: string;
	/** Below `/experiments/<id>/`; opens as a dialog, too. */
	readonly form?: string;
	readonly tab?: string;
	/** Possible in DRAFT only, except for admins. */
	readonly isArrangement?: boolean;
}

const buttons: Partial<Record<ExperimentStepName, StepButton>> = {
	addPools: { label: "Add pools", form: "pools/add" },
	assignLanes: { label: "Assign lanes", tab: "pools", isArrangement: true },
	checkClashes: { label: "Show clashes", tab: "clashes" },
	assignReads: { label: "Distribute reads", form: "reads", isArrangement: true },
	measurePoolConcentration: { label: "Enter concentrations", form: "pool-measurements" },
	measurePoolSize: { label: "Enter sizes", form: "pool-measurements" },
	measureLaneConcentration: { label: "Enter concentrations", form: "lane-measurements" },
	measureLaneSize: { label: "Enter sizes", form: "lane-measurements" },
	loadFlowCell: { label: "Load flow cell", tab: "lanes" },
	setCycles: { label: "Set cycles", tab: "cycles" },
};

/** Nobody has to do it; the sign alone does not say so. */
function isSetAside(state: ChecklistState): boolean {
	return state === "optional" || state === "notApplicable";
}

/** Tab *Checklist* of an experiment: lab-workflows.md §17.5. */
export function ChecklistTab({ loaded }: { loaded: LoadedExperiment }) {
	return (
		<Card>
			<ol class="checklist">
				{experimentChecklist(checklistFacts(loaded)).map((step) => (
					<li class={`checklist-step${step.state === "done" ? " is-done" : ""}`}>
						<div class="checklist-text">
							<p class="checklist-title">
								<Icon name={signs[step.state].icon} class={signs[step.state].look} /> {step.label}
								<span class={isSetAside(step.state) ? "fw-normal text-secondary" : "visually-hidden"}>
									{" "}
									({signs[step.state].word})
								</span>
							</p>
							{step.missing.length > 0 && <p class="text-secondary">Missing: {step.missing.join(", ")}</p>}
						</div>
						<ActionOf step={step} loaded={loaded} />
					</li>
				))}
			</ol>
		</Card>
	);
}

function ActionOf({ step, loaded }: { step: ExperimentStep; loaded: LoadedExperiment }) {
	const button = buttons[step.step];
	if (!button) return null;
	const { id } = loaded.experiment;
	const reason = step.reason ?? (button.isArrangement ? refusalToArrange(loaded) : null);
	const look = step.state === "todo" ? "primary" : "secondary";
	if (!button.form) {
		return (
			<LinkButton href={`/experiments/${id}/?tab=${button.tab}`} small look={look} disabledReason={reason}>
				{button.label}
			</LinkButton>
		);
	}
	return (
		<LinkButton
			href={`/experiments/${id}/${button.form}/`}
			dialog={`/htmx/experiments/${id}/${button.form}`}
			dialogSize="lg"
			small
			look={look}
			disabledReason={reason}
		>
			{button.label}
		</LinkButton>
	);
}
