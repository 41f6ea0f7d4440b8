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

/** One look at a run folder. */
interface Scan {
	readonly tx: Tx;
	readonly seen: SeenRun;
	readonly readQuantities: ReadQuantities;
	readonly now: Date;
}

type ReadQuantities = () => Promise<Readonly<Record<string, StoredQuantity>>>;

/** The run as it is stored. */
type KnownRun = NonNullable<Awaited<ReturnType<typeof lockRun>>>;

const cut = (text: string | null, length: number) => (text === null ? null : text.slice(0, length));

/**
 * Writes what a run folder says: steps 3 to 10 of background-and-ops.md §2.4 B.
 * @param readQuantities reads the metrics; called only when they may have changed, since it is slow
 */
export async function recordRun(tx: Tx, seen: SeenRun, readQuantities: ReadQuantities, now: Date): Promise<RunOutcome> {
	const known = await lockRun(tx, seen.experimentName);
	const scan: Scan = { tx, seen, readQuantities, now };
	return known ? updateRun(scan, known) : addRun(scan);
}

function lockRun(tx: Tx, experimentName: string) {
	return tx
		.selectFrom("seq_run")
		.select(["id", "status_id", "run_folder", "timestamps", "quantities"])
		.where("experiment_name", "=", experimentName)
		.forUpdate()
		.executeTakeFirst();
}

/** Step 3. */
async function addRun(scan: Scan): Promise<RunOutcome> {
	const { tx, seen } = scan;
	const quantities = await scan.readQuantities();
	const added = await tx
		.insertInto("seq_run")
		.values({
			experiment_name: seen.experimentName,
			status_id: seenStatusOf(seen),
			...columnsOf(seen),
			timestamps: JSON.stringify(timestampsOf(seen, {})),
			quantities: JSON.stringify(quantities),
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	await rememberFingerprint(tx, added.id, seen.fingerprint);
	await applyConsequences(scan, { statusId: seenStatusOf(seen) });
	return "added";
}

/** Steps 4 to 10. */
async function updateRun(scan: Scan, known: KnownRun): Promise<RunOutcome> {
	const { tx, seen } = scan;
	const statusId = statusInFolder(known, seen);
	if (statusId === null) return "conflict";

	const before = asObject(known.timestamps);
	const timestamps = timestampsOf(seen, before);
	const isMoved = known.run_folder !== seen.runFolder;
	const isChanged = isMoved || JSON.stringify(before) !== JSON.stringify(timestamps);
	const write = (columns: Partial<ReturnType<typeof columnsOf>> & { status_id?: number; quantities?: string }) =>
		tx
			.updateTable("seq_run")
			.set({ ...columns, run_folder: seen.runFolder, timestamps: JSON.stringify(timestamps) })
			.where("id", "=", known.id)
			.execute();

	if (known.status_id === RunStatus.ARCHIVED.id) {
		await write({ status_id: seenStatusOf(seen) });
		await applyConsequences(scan, { statusId: seenStatusOf(seen), cameBack: true });
		return "updated";
	}

	const quantities = asObject(known.quantities);
	const isFinished = statusId === RunStatus.FINISHED.id && Object.keys(quantities).length > 0;
	const isGoingOn = known.status_id === RunStatus.RUNNING.id && !seen.completedAt && !isMoved;
	if ((isFinished || isGoingOn) && (await sameFingerprint(tx, known.id, seen.fingerprint))) {
		if (isChanged) await write({});
		if (isGoingOn) await applyConsequences(scan, { statusId });
		return isChanged ? "updated" : "unchanged";
	}

	const nextStatusId = statusId === RunStatus.FAILED.id ? statusId : seenStatusOf(seen);
	const read = await scan.readQuantities();
	await write({ ...columnsOf(seen), status_id: nextStatusId, quantities: JSON.stringify({ ...quantities, ...read }) });
	await rememberFingerprint(tx, known.id, seen.fingerprint);
	await applyConsequences(scan, { statusId: nextStatusId });
	return "updated";
}

function seenStatusOf(seen: SeenRun): number {
	return seen.completedAt ? RunStatus.FINISHED.id : RunStatus.RUNNING.id;
}

/** Step 5: the state with which the run goes on in the folder that was seen; null when another folder is further on. */
function statusInFolder(known: KnownRun, seen: SeenRun): number | null {
	if (known.run_folder === seen.runFolder) return known.status_id;
	if (known.status_id === RunStatus.FAILED.id) return seenStatusOf(seen);
	return seenStatusOf(seen) > known.status_id ? known.status_id : null;
}

function applyConsequences(scan: Scan, run: { readonly statusId: number; readonly cameBack?: boolean }): Promise<void> {
	const { experimentName, completedAt } = scan.seen;
	return applyRunConsequences(scan.tx, { experimentName, completedAt, cameBack: false, ...run }, scan.now);
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
