import type { LaneLoading } from "@opengsync/core/experiments/load-flow-cell";
import type { PlannedReads } from "@opengsync/core/experiments/pools";
import type { Measurement } from "@opengsync/core/lab/record-measurements";
import type { ExperimentPageRow, OperatorRow, SelectablePoolRow, SequencerRow } from "@opengsync/db/queries/experiment-page";
import { ExperimentWorkflow, findMember, membersOf, SequencerModel } from "@opengsync/domain/catalog";
import {
	defineForm,
	type Field,
	type FieldMap,
	type FormDefinition,
	memberOptions,
	type NumberField,
} from "../../framework/form.ts";
import { effectiveLaneOf, type LoadedExperiment, workflowOf } from "./facts.ts";

const mostCycles = 100_000;

function cycleField(label: string, value: number | null) {
	return {
		kind: "integer",
		label,
		min: 0,
		max: mostCycles,
		half: true,
		section: "cycles",
		...(value === null ? {} : { value }),
	} as const satisfies NumberField;
}

function cycleFields(experiment: ExperimentPageRow | null) {
	return {
		r1Cycles: cycleField("Read 1", experiment?.r1_cycles ?? null),
		i1Cycles: cycleField("Index 1 (i7)", experiment?.i1_cycles ?? null),
		i2Cycles: cycleField("Index 2 (i5)", experiment?.i2_cycles ?? null),
		r2Cycles: cycleField("Read 2", experiment?.r2_cycles ?? null),
	};
}

/** The form of an experiment: lab-workflows.md §17.1. */
export function buildExperimentForm(facts: {
	readonly viewerId: number;
	readonly sequencers: readonly SequencerRow[];
	readonly operators: readonly OperatorRow[];
}) {
	return defineForm({
		name: "experiment-form",
		submitLabel: "Create experiment",
		sections: [{ key: "cycles", title: "Cycles", help: "Can be set later, too. 0 is a value." }],
		fields: {
			name: {
				kind: "text",
				label: "Name",
				required: true,
				minLength: 3,
				maxLength: 64,
				help: "The run number: the run folder is found by it.",
			},
			workflowId: {
				kind: "select",
				label: "Workflow",
				required: true,
				options: memberOptions(membersOf(ExperimentWorkflow)),
			},
			sequencerId: {
				kind: "select",
				label: "Sequencer",
				required: true,
				half: true,
				options: facts.sequencers.map((sequencer) => ({
					value: sequencer.id,
					label: `${sequencer.name} (${findMember(SequencerModel, sequencer.model_id)?.label ?? "unknown"})`,
				})),
			},
			operatorId: {
				kind: "select",
				label: "Operator",
				required: true,
				half: true,
				value: facts.viewerId,
				options: facts.operators.map((operator) => ({ value: operator.id, label: operator.name })),
			},
			...cycleFields(null),
		},
	});
}

/** Cycles of an experiment: lab-workflows.md §17.10. */
export function buildCyclesForm(experiment: ExperimentPageRow) {
	return defineForm({ name: "cycles-form", submitLabel: "Save cycles", fields: cycleFields(experiment) });
}

/** Pools to put on an experiment: lab-workflows.md §17.4. */
export function buildAddPoolsForm(pools: readonly SelectablePoolRow[]) {
	return defineForm({
		name: "add-pools-form",
		submitLabel: "Add pools",
		fields: {
			poolIds: {
				kind: "multi-select",
				label: "Pools",
				required: true,
				help: "Stored pools that are on no experiment. Select at least one pool.",
				options: pools.map((pool) => ({
					value: pool.id,
					label: `${pool.name} (#${pool.id}, ${pool.num_libraries} libraries, ${pool.num_m_reads_requested ?? "–"} M reads)`,
				})),
			},
		},
	});
}

/** Values of a form whose fields depend on the pools and lanes. */
export type DynamicValues = Readonly<Record<string, unknown>>;

function numberOf(values: DynamicValues, name: string): number | null {
	const value = values[name];
	return typeof value === "number" ? value : null;
}

function numberField(label: string, unit: string, value: number | null, more: Partial<NumberField> = {}): NumberField {
	return { kind: "number", label, unit, min: 0, half: true, ...(value === null ? {} : { value }), ...more };
}

/** Fields for each pool on each of its lanes, or for each pool with combined lanes. */
function readTargets({ experiment, pools, lanes }: LoadedExperiment) {
	if (workflowOf(experiment).combinedLanes) {
		return pools.map((pool) => {
			const reads = lanes.flatMap((lane) =>
				lane.links.filter((link) => link.pool_id === pool.id).map((link) => link.num_m_reads),
			);
			const planned = reads.filter((count) => count !== null);
			const mReads = planned.length === 0 ? null : planned.reduce((sum, count) => sum + count, 0);
			return { field: `pool_${pool.id}`, label: pool.name, poolId: pool.id, laneNumber: null, mReads };
		});
	}
	return lanes.flatMap((lane) =>
		lane.links.map((link) => ({
			field: `pool_${link.pool_id}_lane_${lane.number}`,
			label: `${pools.find((pool) => pool.id === link.pool_id)?.name ?? `Pool ${link.pool_id}`} on lane ${lane.number}`,
			poolId: link.pool_id,
			laneNumber: lane.number,
			mReads: link.num_m_reads,
		})),
	);
}

/** *Distribute reads*: lab-workflows.md §17.4. */
export function buildReadsForm(loaded: LoadedExperiment): FormDefinition {
	const fields = readTargets(loaded).map(({ field, label, mReads }): [string, Field] => [
		field,
		numberField(label, "M reads", mReads),
	]);
	return { name: "reads-form", submitLabel: "Save reads", fields: Object.fromEntries(fields) };
}

/** Planned reads as the command takes them; blank clears. */
export function toPlannedReads(loaded: LoadedExperiment, values: DynamicValues): PlannedReads[] {
	return readTargets(loaded).map(({ field, poolId, laneNumber }) => ({ poolId, laneNumber, mReads: numberOf(values, field) }));
}

interface MeasuredObject {
	/** Ending of its field names. */
	readonly key: string;
	readonly label: string;
	readonly kind: "pool" | "lane";
	readonly ids: readonly number[];
	readonly qubitConcentrationNgPerUl: number | null;
	readonly avgFragmentSizeBp: number | null;
}

/** Pools or lanes to measure; combined lanes are one entry, whose values go to each (lab-workflows.md §17.6). */
function measuredObjects({ experiment, pools, lanes }: LoadedExperiment, kind: "pool" | "lane"): MeasuredObject[] {
	if (kind === "pool") {
		return pools.map((pool) => ({
			key: String(pool.id),
			label: pool.name,
			kind,
			ids: [pool.id],
			qubitConcentrationNgPerUl: pool.qubit_concentration,
			avgFragmentSizeBp: pool.avg_fragment_size,
		}));
	}
	const objects = lanes.map((lane) => ({
		key: String(lane.number),
		label: `${experiment.name}-L${lane.number}`,
		kind,
		ids: [lane.id],
		qubitConcentrationNgPerUl: lane.original_qubit_concentration,
		avgFragmentSizeBp: lane.avg_fragment_size,
	}));
	const [first] = objects;
	if (!workflowOf(experiment).combinedLanes || !first) return objects;
	return [{ ...first, key: "all", label: "All lanes", ids: lanes.map((lane) => lane.id) }];
}

/** Concentration and size of the pools or lanes of an experiment: lab-workflows.md §17.6. */
export function buildMeasurementsForm(loaded: LoadedExperiment, kind: "pool" | "lane"): FormDefinition {
	const fields: Record<string, Field> = {};
	for (const object of measuredObjects(loaded, kind)) {
		fields[`qubit_${object.key}`] = numberField(`${object.label}: concentration`, "ng/µL", object.qubitConcentrationNgPerUl);
		fields[`size_${object.key}`] = numberField(`${object.label}: fragment size`, "bp", object.avgFragmentSizeBp, {
			kind: "integer",
			max: 1_000_000,
		});
	}
	return { name: `${kind}-measurements-form`, submitLabel: "Save measurements", fields };
}

/** Measurements as the command takes them; what was left empty is left out. */
export function toMeasurements(loaded: LoadedExperiment, kind: "pool" | "lane", values: DynamicValues): Measurement[] {
	return measuredObjects(loaded, kind).flatMap((object) => {
		const qubitConcentrationNgPerUl = numberOf(values, `qubit_${object.key}`);
		const avgFragmentSizeBp = numberOf(values, `size_${object.key}`);
		if (qubitConcentrationNgPerUl === null && avgFragmentSizeBp === null) return [];
		return object.ids.map((id) => ({ kind, id, qubitConcentrationNgPerUl, avgFragmentSizeBp }));
	});
}

/** Endings of the field names and numbers of the lanes that are loaded one by one; one without number for combined lanes. */
function loadedLanes({ experiment, lanes }: LoadedExperiment) {
	const [first] = lanes;
	if (workflowOf(experiment).combinedLanes && first) return [{ lane: first, suffix: "", laneNumber: null }];
	return lanes.map((lane) => ({ lane, suffix: `_${lane.number}`, laneNumber: lane.number }));
}

/** *Load flow cell*: unified for combined lanes, a section per lane otherwise (lab-workflows.md §17.9). */
export function buildLoadForm(loaded: LoadedExperiment): FormDefinition {
	const fields: Record<string, Field> = {};
	const { volumeTargetUl } = workflowOf(loaded.experiment);
	for (const { lane, suffix } of loadedLanes(loaded)) {
		const section = `lane${suffix}`;
		const above0 = { section } as const;
		fields[`phiX${suffix}`] = numberField("PhiX", "%", lane.phi_x, { required: true, max: 100, section });
		fields[`targetMolarity${suffix}`] = numberField("Target molarity", "nM", lane.target_molarity, above0);
		fields[`sequencingConcentration${suffix}`] = numberField(
			"Sequencing concentration",
			"ng/µL",
			lane.sequencing_qubit_concentration,
			{ section, help: "Measured after the final dilution." },
		);
		fields[`totalVolume${suffix}`] = numberField("Total volume", "µL", lane.total_volume_ul ?? volumeTargetUl, above0);
	}
	return { name: "load-form", submitLabel: "Save", sections: loadSections(loaded), fields };
}

function loadSections(loaded: LoadedExperiment) {
	return loadedLanes(loaded).map(({ lane, suffix, laneNumber }) => {
		const { avgFragmentSizeBp, originalMolarityNm } = effectiveLaneOf(lane, loaded.pools);
		const size = avgFragmentSizeBp === null ? "unknown" : `${avgFragmentSizeBp} bp`;
		const molarity = originalMolarityNm === null ? "unknown" : `${originalMolarityNm.toFixed(2)} nM`;
		return {
			key: `lane${suffix}`,
			title: laneNumber === null ? "All lanes" : `Lane ${laneNumber}`,
			help: `Fragment size ${size}, molarity ${molarity}.`,
		};
	});
}

/** Loading values as the command takes them. */
export function toLaneLoadings(loaded: LoadedExperiment, values: DynamicValues): LaneLoading[] {
	return loadedLanes(loaded).map(({ suffix, laneNumber }) => ({
		laneNumber,
		phiXPercent: numberOf(values, `phiX${suffix}`) ?? Number.NaN,
		targetMolarityNm: numberOf(values, `targetMolarity${suffix}`),
		sequencingConcentrationNgPerUl: numberOf(values, `sequencingConcentration${suffix}`),
		totalVolumeUl: numberOf(values, `totalVolume${suffix}`),
	}));
}

/** The form of a sequencer: lab-workflows.md §19.6. */
export const sequencerForm = defineForm({
	name: "sequencer-form",
	submitLabel: "Create sequencer",
	fields: {
		name: { kind: "text", label: "Name", required: true, minLength: 3, maxLength: 32 },
		modelId: {
			kind: "select",
			label: "Model",
			required: true,
			options: memberOptions(membersOf(SequencerModel)),
		},
		ip: { kind: "text", label: "IP address or host name", maxLength: 64 },
	},
} satisfies FormDefinition<FieldMap>);
