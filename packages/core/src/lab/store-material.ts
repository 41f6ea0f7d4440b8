import { LibraryStatus, PoolStatus, SampleStatus, SeqRequestStatus, SubmissionType } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError } from "../errors.ts";
import { notifySamplesReceived } from "../notifications/notify-requests.ts";
import { advanceRequests } from "../requests/advance-requests.ts";
import { idsBelow } from "../shared/status-lists.ts";

/** What has arrived at the bench (lab-workflows.md §5). */
export interface StoreMaterialInput {
	readonly sampleIds: readonly number[];
	readonly libraryIds: readonly number[];
	readonly poolIds: readonly number[];
}

/**
 * Registers that samples, libraries or pools have arrived; no status is lowered (lab-workflows.md §5). Requests move on; of one that leaves
 * ACCEPTED requestor and contact person are told. Libraries of
 * QC-only requests then wait for their measurements (extensions.md §2).
 * @throws NotFoundError for an id that does not exist, InvalidInputError when nothing is selected
 */
export async function storeMaterial(context: CommandContext, input: StoreMaterialInput): Promise<void> {
	const { tx, viewer, services } = context;
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	const samples = [...new Set(input.sampleIds)];
	const libraries = [...new Set(input.libraryIds)];
	const pools = [...new Set(input.poolIds)];
	if (samples.length + libraries.length + pools.length === 0) {
		throw new InvalidInputError([{ field: "", message: "Select at least one sample, library or pool." }]);
	}
	const now = services.now();
	await requireAll(context, "sample", samples);
	await requireAll(context, "library", libraries);
	await requireAll(context, "pool", pools);

	await sql`UPDATE sample SET timestamp_stored_utc = ${now},
		status_id = CASE WHEN status_id IN (${idsBelow(SampleStatus, SampleStatus.STORED)}) THEN ${SampleStatus.STORED.id}::smallint ELSE status_id END
		WHERE id = ANY(${samples}::int[])`.execute(tx);
	await sql`UPDATE library SET timestamp_stored_utc = ${now},
		status_id = CASE
			WHEN pool_id IS NOT NULL AND status_id IN (${idsBelow(LibraryStatus, LibraryStatus.POOLED)}) THEN ${LibraryStatus.POOLED.id}::smallint
			WHEN status_id IN (${idsBelow(LibraryStatus, LibraryStatus.STORED)}) THEN ${LibraryStatus.STORED.id}::smallint
			ELSE status_id END
		WHERE id = ANY(${libraries}::int[])`.execute(tx);
	await sql`UPDATE pool SET timestamp_stored_utc = ${now},
		status_id = CASE WHEN status_id IN (${idsBelow(PoolStatus, PoolStatus.STORED)}) THEN ${PoolStatus.STORED.id}::smallint ELSE status_id END
		WHERE id = ANY(${pools}::int[])`.execute(tx);

	await waitForQualityControl(context, samples, libraries);

	const { rows } = await sql<{ id: number }>`
		SELECT l.seq_request_id AS id FROM library l JOIN sample_library_link k ON k.library_id = l.id WHERE k.sample_id = ANY(${samples}::int[])
		UNION SELECT l.seq_request_id FROM library l WHERE l.id = ANY(${libraries}::int[])
		UNION SELECT p.seq_request_id FROM pool p WHERE p.id = ANY(${pools}::int[]) AND p.seq_request_id IS NOT NULL`.execute(tx);
	const moves = await advanceRequests(
		tx,
		rows.map((row) => row.id),
	);
	const received = moves.filter((move) => move.from === SeqRequestStatus.ACCEPTED.id).map((move) => move.id);
	await notifySamplesReceived(context, received);
}

async function waitForQualityControl(
	{ tx }: CommandContext,
	samples: readonly number[],
	libraries: readonly number[],
): Promise<void> {
	const upToStored = sql`${idsBelow(LibraryStatus, LibraryStatus.STORED)}, ${sql.lit(LibraryStatus.STORED.id)}`;
	await sql`UPDATE library l SET status_id = ${LibraryStatus.QC_PENDING.id} FROM seq_request r
		WHERE r.id = l.seq_request_id AND r.submission_type_id = ${SubmissionType.QC_ONLY.id} AND l.status_id IN (${upToStored})
			AND (l.id = ANY(${[...libraries]}::int[])
				OR EXISTS (SELECT 1 FROM sample_library_link k WHERE k.library_id = l.id AND k.sample_id = ANY(${[...samples]}::int[])))`.execute(
		tx,
	);
}

async function requireAll(context: CommandContext, entity: "sample" | "library" | "pool", ids: readonly number[]): Promise<void> {
	const { rows } =
		await sql`SELECT id FROM ${sql.table(entity)} WHERE id = ANY(${[...ids]}::int[]) ORDER BY id FOR UPDATE`.execute(context.tx);
	if (rows.length !== ids.length) throw new NotFoundError(`A selected ${entity}`);
}
