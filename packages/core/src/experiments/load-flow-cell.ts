import type { Tx } from "@opengsync/db/transaction";
import { ExperimentStatus } from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { loadExperimentForChange, requireEditable } from "./load-for-change.ts";

/** Loading values of a lane, or of all lanes when these are combined (lab-workflows.md §17.9). */
export interface LaneLoading {
	/** Null = all lanes (combined). */
	readonly laneNumber: number | null;
	/** %; 0 is a value. */
	readonly phiXPercent: number;
	/** nM */
	readonly targetMolarityNm: number | null;
	/** ng/µL, measured after the final dilution */
	readonly sequencingConcentrationNgPerUl: number | null;
	/** µL */
	readonly totalVolumeUl: number | null;
}

/**
 * Stores loading values; the library volume follows (F5: total × target ÷ molarity of the lane). When then all lanes are loaded, a
 * DRAFT experiment becomes LOADED. With combined lanes one set of values is given for all lanes.
 * @returns numbers of the lanes whose library is weaker than the target, so that more than the total volume were needed
 * @throws InvalidInputError with fields named after the value, with `_<lane>` for single lanes; NotPossibleError while a lane has no
 * concentration or size; NotFoundError for an unknown lane
 */
export async function loadFlowCell(
	context: CommandContext,
	experimentId: number,
	lanes: readonly LaneLoading[],
): Promise<readonly number[]> {
	const { tx, viewer } = context;
	const experiment = await loadExperimentForChange(tx, viewer, experimentId);
	requireEditable(experiment, viewer);
	const errors = lanes.flatMap(checkLane);
	if (errors.length > 0) throw new InvalidInputError(errors);
	if (lanes.some((lane) => (lane.laneNumber === null) !== experiment.combinedLanes)) throw new NotFoundError("This lane");
	await requireMeasuredLanes(tx, experimentId);
	const tooWeak: number[] = [];
	for (const lane of lanes) {
		const { rows } = await sql<{
			number: number;
			is_too_weak: boolean | null;
		}>`UPDATE lane l SET phi_x = ${lane.phiXPercent}, target_molarity = ${lane.targetMolarityNm},
				sequencing_qubit_concentration = ${lane.sequencingConcentrationNgPerUl}, total_volume_ul = ${lane.totalVolumeUl},
				library_volume_ul = ${lane.totalVolumeUl}::float8 * ${lane.targetMolarityNm}::float8 / NULLIF(e.molarity, 0)
			FROM (${effectiveLanes(experimentId)}) e
			WHERE l.id = e.id AND (${lane.laneNumber}::int IS NULL OR l.number = ${lane.laneNumber})
			RETURNING l.number, l.library_volume_ul > l.total_volume_ul AS is_too_weak`.execute(tx);
		if (rows.length === 0) throw new NotFoundError("This lane");
		tooWeak.push(...rows.filter((row) => row.is_too_weak).map((row) => row.number));
	}
	await sql`UPDATE experiment SET status_id = ${ExperimentStatus.LOADED.id}
		WHERE id = ${experimentId} AND status_id = ${ExperimentStatus.DRAFT.id}
		AND EXISTS (SELECT 1 FROM lane WHERE experiment_id = ${experimentId})
		AND NOT EXISTS (SELECT 1 FROM (${effectiveLanes(experimentId)}) e JOIN lane l ON l.id = e.id
			WHERE e.size IS NULL OR e.concentration IS NULL OR l.sequencing_qubit_concentration IS NULL OR l.total_volume_ul IS NULL
				OR l.library_volume_ul IS NULL OR l.target_molarity IS NULL OR l.phi_x IS NULL)`.execute(tx);
	return tooWeak.sort((a, b) => a - b);
}

/** Steps 9 and 10 of the checklist come first (lab-workflows.md §17.5); a lane that is loaded has its measurements. */
async function requireMeasuredLanes(tx: Tx, experimentId: number): Promise<void> {
	const { rows } = await sql`SELECT e.id FROM (${effectiveLanes(experimentId)}) e
		WHERE e.size IS NULL OR e.concentration IS NULL`.execute(tx);
	if (rows.length > 0) throw new NotPossibleError("Measure concentration and size of every lane first.");
}

/** Effective values of lanes (data-model.md §10): the own value, else that of the pool when the lane carries exactly one. */
const effectiveLanes = (experimentId: number) => sql`
	SELECT id, size, concentration, concentration / (NULLIF(size, 0) * 660.0) * 1000000 AS molarity FROM (
		SELECT l.id,
			COALESCE(l.avg_fragment_size, CASE WHEN count(p.id) = 1 THEN min(p.avg_fragment_size) END) AS size,
			COALESCE(l.original_qubit_concentration, CASE WHEN count(p.id) = 1 THEN min(p.qubit_concentration) END) AS concentration
		FROM lane l LEFT JOIN lane_pool_link k ON k.lane_id = l.id LEFT JOIN pool p ON p.id = k.pool_id
		WHERE l.experiment_id = ${experimentId} GROUP BY l.id) v`;

function checkLane(lane: LaneLoading): FieldError[] {
	const suffix = lane.laneNumber === null ? "" : `_${lane.laneNumber}`;
	const errors: FieldError[] = [];
	const refuse = (field: string, message: string) => errors.push({ field: `${field}${suffix}`, message });
	if (!(lane.phiXPercent >= 0 && lane.phiXPercent <= 100)) refuse("phiX", "PhiX must be between 0 and 100 %.");
	if (lane.targetMolarityNm !== null && !(lane.targetMolarityNm > 0))
		refuse("targetMolarity", "The target molarity must be above 0.");
	if (lane.totalVolumeUl !== null && !(lane.totalVolumeUl > 0)) refuse("totalVolume", "The total volume must be above 0.");
	if (lane.sequencingConcentrationNgPerUl !== null && lane.sequencingConcentrationNgPerUl < 0) {
		refuse("sequencingConcentration", "A concentration cannot be negative.");
	}
	return errors;
}
