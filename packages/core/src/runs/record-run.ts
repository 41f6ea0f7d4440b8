import type { Tx } from "@opengsync/db/transaction";
import { RunStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { applyRunConsequences } from "./consequences.ts";

/** A quantity of a run in the base unit of its dimension (background-and-ops.md §2.5). */
export interface StoredQuantity {
	readonly value: number;
	readonly unit: string;
	readonly dimension: string;
}

/** A run folder as read from disk. */
export interface SeenRun {
	readonly experimentName: string;
	readonly runFolder: string;
	readonly instrumentName: string;
	readonly flowcellId: string;
	/** Id of *readType*. */
	readonly readTypeId: number;
	readonly rtaVersion: string | null;
	readonly recipeVersion: string | null;
	readonly side: string | null;
	readonly flowcellMode: string | null;
	readonly r1Cycles: number | null;
	readonly i1Cycles: number | null;
	readonly i2Cycles: number | null;
	readonly r2Cycles: number | null;
	readonly startedAt: Date | null;
	/** When `RTAComplete.txt` was written; null while the run goes on. */
	readonly completedAt: Date | null;
	/** Names, sizes and times of the files behind the metrics. */
	readonly fingerprint: string;
}

/** What became of a run folder in one scan. */
export type RunOutcome = "added" | "updated" | "unchanged" | "conflict";

const cut = (text: string | null, length: number) => (text === null ? null : text.slice(0, length));

/**
 * Writes what a run folder says: steps 3 to 10 of background-and-ops.md §2.4 B.
 * @param readQuantities reads the metrics; called only when they may have changed, since it is slow
 */
export async function recordRun(
	tx: Tx,
	seen: SeenRun,
	readQuantities: () => Promise<Readonly<Record<string, StoredQuantity>>>,
	now: Date,
): Promise<RunOutcome> {
	const seenStatusId: number = seen.completedAt ? RunStatus.FINISHED.id : RunStatus.RUNNING.id;
	const known = await tx
		.selectFrom("seq_run")
		.select(["id", "status_id", "run_folder", "timestamps", "quantities"])
		.where("experiment_name", "=", seen.experimentName)
		.forUpdate()
		.executeTakeFirst();
	const consequences = { experimentName: seen.experimentName, completedAt: seen.completedAt };

	if (!known) {
		const quantities = await readQuantities();
		const added = await tx
			.insertInto("seq_run")
			.values({
				experiment_name: seen.experimentName,
				status_id: seenStatusId,
				...columnsOf(seen),
				timestamps: JSON.stringify(timestampsOf(seen, {})),
				quantities: JSON.stringify(quantities),
			})
			.returning("id")
			.executeTakeFirstOrThrow();
		await rememberFingerprint(tx, added.id, seen.fingerprint);
		await applyRunConsequences(tx, { ...consequences, statusId: seenStatusId, cameBack: false }, now);
		return "added";
	}

	let statusId: number = known.status_id;
	let folderChanged = false;
	if (known.run_folder !== seen.runFolder) {
		if (statusId !== RunStatus.FAILED.id && seenStatusId <= statusId) return "conflict";
		if (statusId === RunStatus.FAILED.id) statusId = seenStatusId;
		folderChanged = true;
	}
	const before = asObject(known.timestamps);
	const timestamps = timestampsOf(seen, before);
	const timesChanged = JSON.stringify(before) !== JSON.stringify(timestamps);
	const write = { run_folder: seen.runFolder, timestamps: JSON.stringify(timestamps) };

	if (known.status_id === RunStatus.ARCHIVED.id) {
		await tx
			.updateTable("seq_run")
			.set({ ...write, status_id: seenStatusId })
			.where("id", "=", known.id)
			.execute();
		await applyRunConsequences(tx, { ...consequences, statusId: seenStatusId, cameBack: true }, now);
		return "updated";
	}

	const quantities = asObject(known.quantities);
	const finished = statusId === RunStatus.FINISHED.id;
	if (finished && Object.keys(quantities).length > 0 && (await sameFingerprint(tx, known.id, seen.fingerprint))) {
		if (folderChanged || timesChanged) await tx.updateTable("seq_run").set(write).where("id", "=", known.id).execute();
		return folderChanged || timesChanged ? "updated" : "unchanged";
	}
	if (
		!seen.completedAt &&
		known.status_id === RunStatus.RUNNING.id &&
		!folderChanged &&
		(await sameFingerprint(tx, known.id, seen.fingerprint))
	) {
		if (timesChanged) await tx.updateTable("seq_run").set(write).where("id", "=", known.id).execute();
		await applyRunConsequences(tx, { ...consequences, statusId, cameBack: false }, now);
		return timesChanged ? "updated" : "unchanged";
	}
	if (statusId !== RunStatus.FAILED.id) statusId = seenStatusId;
	await tx
		.updateTable("seq_run")
		.set({
			...columnsOf(seen),
			...write,
			status_id: statusId,
			quantities: JSON.stringify({ ...quantities, ...(await readQuantities()) }),
		})
		.where("id", "=", known.id)
		.execute();
	await rememberFingerprint(tx, known.id, seen.fingerprint);
	await applyRunConsequences(tx, { ...consequences, statusId, cameBack: false }, now);
	return "updated";
}

function columnsOf(seen: SeenRun) {
	return {
		instrument_name: seen.instrumentName.slice(0, 64),
		run_folder: seen.runFolder,
		flowcell_id: seen.flowcellId.slice(0, 64),
		read_type_id: seen.readTypeId,
		rta_version: cut(seen.rtaVersion, 32),
		recipe_version: cut(seen.recipeVersion, 32),
		side: cut(seen.side, 8),
		flowcell_mode: cut(seen.flowcellMode, 8),
		r1_cycles: seen.r1Cycles,
		i1_cycles: seen.i1Cycles,
		i2_cycles: seen.i2Cycles,
		r2_cycles: seen.r2Cycles,
	};
}

function timestampsOf(seen: SeenRun, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const { missing_since: _missingSince, ...kept } = before;
	return {
		...kept,
		...(seen.startedAt ? { started: seen.startedAt.toISOString() } : {}),
		...(seen.completedAt ? { completed: seen.completedAt.toISOString() } : {}),
	};
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

async function sameFingerprint(tx: Tx, runId: number, fingerprint: string): Promise<boolean> {
	const row = await tx
		.selectFrom("run_folder_fingerprint")
		.select("fingerprint")
		.where("seq_run_id", "=", runId)
		.executeTakeFirst();
	return row?.fingerprint === fingerprint;
}

async function rememberFingerprint(tx: Tx, runId: number, fingerprint: string): Promise<void> {
	await sql`INSERT INTO run_folder_fingerprint (seq_run_id, fingerprint) VALUES (${runId}, ${fingerprint})
		ON CONFLICT (seq_run_id) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, read_at = now()`.execute(tx);
}
