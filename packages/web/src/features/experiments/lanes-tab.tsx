import type { ExperimentLaneRow } from "@opengsync/db/queries/experiment-page";
import { experimentChecklist } from "@opengsync/domain/experiment-checklist";
import { dilute } from "@opengsync/domain/molarity";
import { LinkButton } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Card, Notice } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Badge, Missing, Present } from "../../components/status.tsx";
import { untouched } from "../../framework/form.ts";
import { formatNumber, Molarity } from "../lab/figures.tsx";
import { checklistFacts, effectiveLaneOf, type LoadedExperiment, refusalToEdit, workflowOf } from "./facts.ts";
import { buildLoadForm } from "./forms.ts";

/** Tab *Lanes*: effective values, and what is loaded (lab-workflows.md §4.1, §17.6, §17.9). */
export function LanesTab({ loaded }: { loaded: LoadedExperiment }) {
	const { experiment, lanes } = loaded;
	const { combinedLanes } = workflowOf(experiment);
	const step = experimentChecklist(checklistFacts(loaded)).find((candidate) => candidate.step === "loadFlowCell");
	const measure = (
		<LinkButton
			href={`/experiments/${experiment.id}/lane-measurements/`}
			dialog={`/htmx/experiments/${experiment.id}/lane-measurements`}
			dialogSize="lg"
			icon="test-pipe"
			disabledReason={refusalToEdit(loaded)}
		>
			Enter measurements
		</LinkButton>
	);
	return (
		<>
			<Card title={combinedLanes ? "Lanes (shared)" : "Lanes"} actions={measure} padded={false}>
				<SimpleTable
					label="Lanes of the experiment"
					titles={[
						"Lane",
						{ numeric: "Size (bp)" },
						{ numeric: "Concentration (ng/µL)" },
						"Molarity",
						{ numeric: "PhiX (%)" },
						{ numeric: "Target (nM)" },
						{ numeric: "Library (µL)" },
						{ numeric: "EB (µL)" },
						"Sequencing molarity",
						"Loaded",
					]}
				>
					{lanes.map((lane) => (
						<LaneRow lane={lane} loaded={loaded} />
					))}
				</SimpleTable>
			</Card>
			<Card title="Load flow cell">
				{step?.enabled ? (
					<Form form={buildLoadForm(loaded)} state={untouched} action={`/experiments/${experiment.id}/load/`} />
				) : (
					<Notice>
						<p>{step?.reason}</p>
					</Notice>
				)}
			</Card>
		</>
	);
}

function LaneRow({ lane, loaded }: { lane: ExperimentLaneRow; loaded: LoadedExperiment }) {
	const effective = effectiveLaneOf(lane, loaded.pools);
	const dilution = dilute({
		stockNm: effective.originalMolarityNm,
		targetNm: lane.target_molarity,
		totalVolumeUl: lane.total_volume_ul,
	});
	const tag = (name: (typeof effective.fromSinglePool)[number]) =>
		effective.fromSinglePool.includes(name) && <Badge title="Taken over from the only pool of the lane">single pool</Badge>;
	return (
		<tr>
			<td class="font-mono">{lane.number}</td>
			<td class="cell-numeric">
				{effective.avgFragmentSizeBp ?? <Missing />} {tag("avgFragmentSizeBp")}
			</td>
			<td class="cell-numeric">
				{formatNumber(effective.originalConcentrationNgPerUl) || <Missing />} {tag("originalConcentrationNgPerUl")}
			</td>
			<td>
				<Molarity valueNm={effective.originalMolarityNm} />
			</td>
			<td class="cell-numeric">{formatNumber(lane.phi_x)}</td>
			<td class="cell-numeric">{formatNumber(lane.target_molarity)}</td>
			<td class="cell-numeric">{formatNumber(lane.library_volume_ul, 3)}</td>
			<td class="cell-numeric">
				{formatNumber(dilution?.bufferVolumeUl ?? null, 3)}
				{dilution?.isTargetReachable === false && <Badge tone="warning">cannot reach target molarity</Badge>}
			</td>
			<td>
				<Molarity valueNm={effective.sequencingMolarityNm} />
			</td>
			<td>{effective.isLoaded ? <Present label="loaded" /> : <Missing label="not loaded" />}</td>
		</tr>
	);
}
