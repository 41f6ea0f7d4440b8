import type { ReviewTab, StepView } from "@opengsync/domain/annotation/step";
import type { FieldError } from "@opengsync/domain/field-error";
import { flowKinds, flowWords, type MaterialFlow } from "@opengsync/domain/material-flow";
import type { Problem, RawSheet } from "@opengsync/domain/sheets/types";
import { ActionButton, CsrfField, SubmitButton } from "../../components/button.tsx";
import { FlowDiagram } from "../../components/flow-diagram.tsx";
import { FormFields } from "../../components/form.tsx";
import { Card, Notice, Tabs } from "../../components/parts.tsx";
import { PlainTable, PlainTables } from "../../components/plain-tables.tsx";
import { SheetFrame, SheetProblems } from "../../components/sheet-frame.tsx";
import { Steps } from "../../components/status.tsx";
import { SelectionField } from "./selection-field.tsx";
import { sheetFilesOf } from "./sheet-files.ts";
import { buildStepForm, toFormState } from "./step-form.ts";
import { type AnyWorkflowPages, stepTitle, type WorkflowSubject } from "./workflow-pages.ts";

/** What the page of a step shows. */
export interface StepPageProps {
	readonly pages: AnyWorkflowPages;
	readonly subject: WorkflowSubject;
	/** Address of the run. */
	readonly url: string;
	readonly uuid: string;
	readonly step: string;
	/** Names of the steps visited, this one last. */
	readonly visited: readonly string[];
	readonly view: StepView;
	readonly isFirst: boolean;
	/** The view shows what was sent and refused, which is not kept. */
	readonly refused: boolean;
	readonly problems: readonly Problem[];
	readonly fieldErrors: readonly FieldError[];
	/** What was typed into the step and not submitted; the view shows it unless an input was refused. */
	readonly draft: { readonly version: number; readonly changedAt: Date } | null;
}

/** One step of a workflow: line of steps, the form or sheet, and the way back and forward. */
export function StepPage(props: StepPageProps) {
	const { view, visited, step, pages, url } = props;
	const { noun } = pages.run;
	const before = visited.slice(0, -1).map((name) => ({ title: stepTitle(pages, name) }));
	const steps = [...before, { title: view.title }];
	return (
		<>
			<Steps steps={[...steps, ...(view.kind === "review" ? [] : [{ title: "…" }])]} present={steps.length - 1} />
			<div class="step-hints">{"hints" in view && view.hints?.map((hint) => <Notice>{hint}</Notice>)}</div>
			<form method="post" action={`${url}${step}/`} class="form step-form" novalidate data-form="">
				<CsrfField />
				<StepErrors {...props} />
				<StepBody {...props} />
				<div class="form-actions">
					<SubmitButton look="primary" {...(view.kind === "review" ? { confirm: pages.confirmCompletion } : {})}>
						{view.kind === "review" ? "Complete" : "Next"}
					</SubmitButton>
				</div>
			</form>
			<div class="step-side-actions">
				{!props.isFirst && (
					<ActionButton action={`${url}back/`} icon="arrow-left">
						Back
					</ActionButton>
				)}
				<ActionButton
					action={`${url}discard/`}
					look="quiet"
					icon="trash"
					confirm={{
						title: `Discard this ${noun}?`,
						text: "Everything entered in its steps is lost. Nothing has been changed yet.",
						yes: "Discard",
					}}
				>
					Discard
				</ActionButton>
				<a class="btn btn-ghost-secondary" href={props.subject.home}>
					Continue later
				</a>
			</div>
			{"tabs" in view && view.kind !== "review" && view.tabs && view.tabs.length > 0 && (
				<PlainTables title="Kits and tables" tables={view.tabs} />
			)}
			<p class="text-secondary small">
				Reference for questions: <code>{props.uuid}</code>
			</p>
		</>
	);
}

function StepErrors({ problems, fieldErrors, view }: StepPageProps) {
	const known = new Set(
		view.kind === "review" ? view.fields.map((field) => field.name) : (view.fields ?? []).map((field) => field.name),
	);
	const others = fieldErrors.filter((error) => !known.has(error.field)).map((error) => error.message);
	return <SheetProblems problems={problems} others={others} />;
}

function StepBody(props: StepPageProps) {
	const { view, fieldErrors } = props;
	const all = view.fields ?? [];
	const fields = all.filter((field) => field.type !== "selection");
	const selections = all.filter((field) => field.type === "selection");
	const values = view.values ?? {};
	return (
		<>
			{view.kind === "review" && <Review tabs={view.tabs} overview={view.overview} heading={view.heading} />}
			{selections.map((field) => (
				<SelectionField
					field={field}
					value={values[field.name]}
					error={fieldErrors.find((error) => error.field === field.name)?.message ?? null}
				/>
			))}
			{fields.length > 0 && (
				<Card>
					<FormFields form={buildStepForm(fields, values)} state={toFormState(fieldErrors)} />
				</Card>
			)}
			{view.kind === "sheet" && <Sheet {...props} sheet={view.sheet} initial={view.initial} />}
		</>
	);
}

function Sheet(props: StepPageProps & { sheet: { name: string; context: object }; initial: RawSheet }) {
	return (
		<SheetFrame
			{...props.sheet}
			initial={props.initial}
			refused={props.refused}
			problems={props.problems}
			draftKey={`${props.uuid}/${props.step}`}
			draft={{
				url: `${props.url}${props.step}/draft/`,
				version: props.draft?.version ?? 0,
				changedAt: props.draft?.changedAt.toISOString() ?? null,
			}}
			files={sheetFilesOf(`${props.url}${props.step}/`, props.step)}
		/>
	);
}

interface ReviewProps {
	readonly tabs: readonly ReviewTab[];
	readonly overview: MaterialFlow | undefined;
	readonly heading: string | undefined;
}

/** What completing will do, as a picture and in tables. */
function Review({ tabs, overview, heading = "What will be created" }: ReviewProps) {
	const wrong = tabs.filter((tab) => tab.severity === "error").map((tab) => tab.title);
	return (
		<Card title={heading}>
			{overview && <Overview overview={overview} />}
			{wrong.length > 0 && (
				<Notice look="error">
					<p>There are errors: look at {wrong.join(", ")} before you complete.</p>
				</Notice>
			)}
			<Tabs
				name="review"
				tabs={tabs.map((tab) => ({
					key: tab.key,
					title:
						tab.severity === "error"
							? `${tab.title} (errors)`
							: tab.severity === "warning"
								? `${tab.title} (warnings)`
								: tab.title,
					count: tab.count,
					content: <PlainTable table={tab} muted={tab.mutedRows} />,
					...(tab.disabledReason ? { disabledReason: tab.disabledReason } : {}),
				}))}
			/>
		</Card>
	);
}

/** What will be created, in numbers and as a picture. */
function Overview({ overview }: { overview: MaterialFlow }) {
	const counts = flowKinds.map((kind) => ({ kind, count: overview.nodes.filter((node) => node.kind === kind).length }));
	return (
		<>
			<ul class="review-counts">
				{counts
					.filter(({ count }) => count > 0)
					.map(({ kind, count }) => (
						<li>
							<strong>{count}</strong> {count === 1 ? flowWords[kind].one : flowWords[kind].many}
						</li>
					))}
			</ul>
			<FlowDiagram flow={overview} />
		</>
	);
}
