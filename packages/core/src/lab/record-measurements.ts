import { staffOnlyLevel } from "@opengsync/domain/access-level";
import { PoolStatus } from "@opengsync/domain/catalog";
import { experimentAction } from "@opengsync/domain/experiment-actions";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

/** A measured object; lanes take the value before the final dilution. */
export type MeasuredKind = "sample" | "library" | "pool" | "lane";

/** One measurement of mass concentration and, where it was measured too, fragment size. */
export interface Measurement {
	readonly kind: MeasuredKind;
	readonly id: number;
	/** ng/µL; null = not measured now, the known value stays. */
	readonly qubitConcentrationNgPerUl: number | null;
	/** bp; null = not measured now, the known value stays. */
	readonly avgFragmentSizeBp: number | null;
}

/**
 * Stores Qubit concentrations and fragment sizes (lab-workflows.md §6). A pool that is ACCEPTED becomes STORED, from no other status.
 * @throws InvalidInputError for negative values, NotFoundError for an unknown object, NotPossibleError for lanes of an experiment that
 * is no longer editable (§17.1)
 */
export async function recordMeasurements(context: CommandContext, measurements: readonly Measurement[]): Promise<void> {
	if (!isInsider(context.viewer.roleId)) throw new ForbiddenError();
	const errors = measurements.flatMap((measurement) => {
		const name = `${measurement.kind}_${measurement.id}`;
		const negative = (measurement.qubitConcentrationNgPerUl ?? 0) < 0 || (measurement.avgFragmentSizeBp ?? 0) < 0;
		return negative ? [{ field: name, message: "A measurement cannot be negative." }] : [];
	});
	if (errors.length > 0) throw new InvalidInputError(errors);
	await requireEditableLanes(
		context,
		measurements.filter((measurement) => measurement.kind === "lane").map((lane) => lane.id),
	);
	for (const measurement of measurements) await storeMeasurement(context, measurement);
}

async function requireEditableLanes({ tx, viewer }: CommandContext, laneIds: readonly number[]): Promise<void> {
	if (laneIds.length === 0) return;
	const { rows } = await sql<{ status_id: number }>`SELECT e.status_id FROM experiment e
		WHERE e.id IN (SELECT experiment_id FROM lane WHERE id = ANY(${[...laneIds]}::int[])) ORDER BY e.id FOR UPDATE OF e`.execute(
		tx,
	);
	const level = staffOnlyLevel(viewer);
	for (const experiment of rows) requireAllowed(experimentAction("prepare", { statusId: experiment.status_id, level }));
}

async function storeMeasurement({ tx, services }: CommandContext, measurement: Measurement): Promise<void> {
	const { kind, id, qubitConcentrationNgPerUl: qubit, avgFragmentSizeBp: size } = measurement;
	const concentration = sql.ref(kind === "lane" ? "original_qubit_concentration" : "qubit_concentration");
	const stored = sql`, status_id = CASE WHEN status_id = ${PoolStatus.ACCEPTED.id} THEN ${PoolStatus.STORED.id}::smallint ELSE status_id END,
		timestamp_stored_utc = CASE WHEN status_id = ${PoolStatus.ACCEPTED.id} THEN COALESCE(timestamp_stored_utc, ${services.now()}) ELSE timestamp_stored_utc END`;
	const { rows } = await sql`UPDATE ${sql.table(kind)}
		SET ${concentration} = COALESCE(${qubit}, ${concentration}), avg_fragment_size = COALESCE(${size}, avg_fragment_size)
		${kind === "pool" && (qubit !== null || size !== null) ? stored : sql``}
		WHERE id = ${id} RETURNING id`.execute(tx);
	if (rows.length === 0) throw new NotFoundError(`This ${kind}`);
}
