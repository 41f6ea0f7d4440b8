import type { ExperimentPageRow } from "@opengsync/db/queries/experiment-page";
import { ExperimentStatus, memberById, ReadType, RunStatus } from "@opengsync/domain/catalog";
import { countSteps, experimentChecklist } from "@opengsync/domain/experiment-checklist";
import { readConfiguration } from "@opengsync/domain/identifiers";
import { Form } from "../../components/form.tsx";
import { Card, Metadata, Notice, ObjectLink, type Tab, Tabs, Time } from "../../components/parts.tsx";
import { StatusBadge, StatusBar } from "../../components/status.tsx";
import { untouched } from "../../framework/form.ts";
import { historyTab } from "../history/addresses.ts";
import { clashTab } from "../indices/index-buttons.tsx";
import { Quantities } from "../runs/quantities.tsx";
import { ChecklistTab } from "./checklist-tab.tsx";
import { checklistFacts, cyclesOf, type LoadedExperiment, matchesRun, refusalToEdit, workflowOf } from "./facts.ts";
import { buildCyclesForm } from "./forms.ts";
import { LanesTab } from "./lanes-tab.tsx";

const segments = [
	ExperimentStatus.DRAFT,
	ExperimentStatus.LOADED,
	ExperimentStatus.SEQUENCING,
	ExperimentStatus.SEQUENCED,
	ExperimentStatus.DEMULTIPLEXED,
];

/** Status bar of an experiment (access-and-web.md §7.7), and a notice when its run has other cycles. */
export function ExperimentStatusBar({ experiment }: { experiment: ExperimentPageRow }) {
	return (
		<>
			<StatusBar segments={segments} present={memberById(ExperimentStatus, experiment.status_id)} />
			{matchesRun(experiment) === false && <MismatchNotice experiment={experiment} />}
		</>
	);
}

function MismatchNotice({ experiment }: { experiment: ExperimentPageRow }) {
	const planned = readConfiguration(cyclesOf(experiment));
	const real = experiment.run ? readConfiguration(cyclesOf(experiment.run), "0") : "";
	return (
		<Notice look="error">
			<p>
				The read configuration {planned} does not match the associated run config {real}.
			</p>
		</Notice>
	);
}

/** Workflow, read configuration and lanes in one line. */
export function experimentSubtitle(experiment: ExperimentPageRow): string {
	const { label, flowCell, combinedLanes } = workflowOf(experiment);
	const lanes = `${flowCell.numLanes} ${flowCell.numLanes === 1 ? "lane" : "lanes"}${combinedLanes ? " (shared)" : ""}`;
	return [label, readConfiguration(cyclesOf(experiment)), lanes].join(" · ");
}

/** The tabs of an experiment: lab-workflows.md §17.3. */
export function ExperimentTabs({ loaded }: { loaded: LoadedExperiment }) {
	const { experiment } = loaded;
	const fragment = `/htmx/experiments/${experiment.id}`;
	const { done, total } = countSteps(experimentChecklist(checklistFacts(loaded)));
	const run: Tab = experiment.run
		? { key: "run", title: "Run", content: <RunTab experiment={experiment} /> }
		: { key: "run", title: "Run", disabledReason: "No run of this name has been found yet." };
	const stats: Tab =
		experiment.num_read_counts > 0
			? { key: "stats", title: "Stats", href: `${fragment}/stats` }
			: { key: "stats", title: "Stats", disabledReason: "No reads have been reported yet." };
	return (
		<Tabs
			tabs={[
				{ key: "pools", title: "Pools", count: experiment.num_pools, href: `${fragment}/pools` },
				{ key: "checklist", title: "Checklist", count: `${done}/${total}`, content: <ChecklistTab loaded={loaded} /> },
				{ key: "lanes", title: "Lanes", count: loaded.lanes.length, content: <LanesTab loaded={loaded} /> },
				{ key: "cycles", title: "Cycles", content: <CyclesTab loaded={loaded} /> },
				{ key: "libraries", title: "Libraries", count: experiment.num_libraries, href: `${fragment}/libraries` },
				clashTab("experiments", experiment.id),
				{ key: "metadata", title: "Metadata", content: <ExperimentMetadata experiment={experiment} /> },
				run,
				stats,
				historyTab("experiment", experiment.id),
			]}
		/>
	);
}

function CyclesTab({ loaded }: { loaded: LoadedExperiment }) {
	const refusal = refusalToEdit(loaded);
	return (
		<Card title="Cycles">
			{refusal === null ? (
				<Form
					form={buildCyclesForm(loaded.experiment)}
					state={untouched}
					action={`/experiments/${loaded.experiment.id}/cycles/`}
				/>
			) : (
				<>
					<Notice>
						<p>{refusal}</p>
					</Notice>
					<p class="font-mono">{readConfiguration(cyclesOf(loaded.experiment))}</p>
				</>
			)}
		</Card>
	);
}

function ExperimentMetadata({ experiment }: { experiment: ExperimentPageRow }) {
	const workflow = workflowOf(experiment);
	return (
		<Card>
			<Metadata
				items={[
					{ label: "ID", value: experiment.id, copy: String(experiment.id), mono: true },
					{ label: "Name", value: experiment.name, copy: experiment.name },
					{ label: "Workflow", value: workflow.label },
					{ label: "Flow cell", value: `${workflow.flowCell.label}, ${workflow.flowCell.maxMReads} M reads` },
					{
						label: "Lanes",
						value: workflow.combinedLanes ? `${workflow.flowCell.numLanes} (shared)` : workflow.flowCell.numLanes,
					},
					{ label: "Read configuration", value: readConfiguration(cyclesOf(experiment)), mono: true },
					{ label: "Sequencer", value: experiment.sequencer_name },
					{ label: "Operator", value: experiment.operator_name },
					{ label: "Created", value: <Time at={experiment.timestamp_created_utc} /> },
					{ label: "Finished", value: <Time at={experiment.timestamp_finished_utc} /> },
				]}
			/>
		</Card>
	);
}

/** Tab *Run*: the run of the same name. */
function RunTab({ experiment }: { experiment: ExperimentPageRow }) {
	const { run } = experiment;
	if (!run) return null;
	return (
		<>
			<Card
				title={
					<ObjectLink href={`/seq_runs/${run.id}/`} from={{ page: "experiment", id: experiment.id }}>
						{run.run_folder}
					</ObjectLink>
				}
			>
				<Metadata
					items={[
						{ label: "State", value: <StatusBadge status={memberById(RunStatus, run.status_id)} /> },
						{ label: "Cycles (R1-I1-I2-R2)", value: readConfiguration(cyclesOf(run), "0"), mono: true },
						{ label: "Planned cycles", value: readConfiguration(cyclesOf(experiment)), mono: true },
						{ label: "Read type", value: memberById(ReadType, run.read_type_id).label },
						{ label: "Flow cell ID", value: run.flowcell_id, copy: run.flowcell_id, mono: true },
						{ label: "Instrument", value: run.instrument_name, mono: true },
					]}
				/>
			</Card>
			<Card title="Metrics">
				<Quantities quantities={run.quantities} />
			</Card>
		</>
	);
}
