import { ExperimentStatus, LibraryStatus, PoolStatus } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError, ForbiddenError, NotFoundError } from "../errors.ts";
import { idsBelow } from "../shared/status-lists.ts";
import { isDemultiplexed } from "../status-engine/demultiplexed.ts";

/** Reads that an experiment yielded for one library in one lane (background-and-ops.md §5.4). */
export interface LaneReads {
	readonly experimentName: string;
	readonly lane: number;
	/** Null = undetermined reads. */
	readonly libraryId: number | null;
	/** Up to 64 bit. */
	readonly numReads: number;
	/** Metrics; replaced as a whole, null clears. */
	readonly qc: Readonly<Record<string, unknown>> | null;
}

/** What the caller should log. */
export interface LaneReadsResult {
	/** The library is not on this experiment: accepted, since pools can be moved. */
	readonly libraryElsewhere: boolean;
}

const librariesBelow = idsBelow(LibraryStatus, LibraryStatus.SEQUENCED);
const poolsBelow = idsBelow(PoolStatus, PoolStatus.SEQUENCED);

/**
 * Stores a read count, one row per (experiment, lane, library or none); repeating the call changes nothing. The library and its pool
 * are raised to SEQUENCED, the experiment to DEMULTIPLEXED once every library has reads.
 * @throws NotFoundError for the experiment or library, BadRequestError for the lane
 */
export async function setLibraryLaneReads(context: CommandContext, input: LaneReads): Promise<LaneReadsResult> {
	const { tx, viewer, services } = context;
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	const { rows } = await sql<{ id: number; has_lane: boolean; library_id: number | null; library_experiment_id: number | null }>`
		SELECT e.id, EXISTS (SELECT 1 FROM lane n WHERE n.experiment_id = e.id AND n.number = ${input.lane}) AS has_lane,
			l.id AS library_id, l.experiment_id AS library_experiment_id
		FROM experiment e LEFT JOIN library l ON l.id = ${input.libraryId}::int
		WHERE e.name = ${input.experimentName} FOR UPDATE OF e`.execute(tx);
	const found = rows[0];
	if (!found) throw new NotFoundError(`The experiment "${input.experimentName}"`);
	if (!found.has_lane) throw new BadRequestError(`lane: ${input.lane} is not a lane of this experiment.`);
	if (input.libraryId !== null && found.library_id === null) throw new NotFoundError(`The library ${input.libraryId}`);

	if (input.libraryId !== null) {
		await sql`UPDATE library SET status_id = ${LibraryStatus.SEQUENCED.id}
			WHERE id = ${input.libraryId} AND status_id IN (${librariesBelow})`.execute(tx);
		await sql`UPDATE pool p SET status_id = ${PoolStatus.SEQUENCED.id} FROM library l
			WHERE l.id = ${input.libraryId} AND p.id = l.pool_id AND p.status_id IN (${poolsBelow})`.execute(tx);
	}
	await sql`INSERT INTO seq_quality (experiment_id, lane, library_id, num_reads, qc)
		VALUES (${found.id}, ${input.lane}, ${input.libraryId}, ${input.numReads}, ${input.qc === null ? null : JSON.stringify(input.qc)}::jsonb)
		ON CONFLICT (experiment_id, lane, library_id) DO UPDATE SET num_reads = EXCLUDED.num_reads, qc = EXCLUDED.qc
		WHERE (seq_quality.num_reads, seq_quality.qc) IS DISTINCT FROM (EXCLUDED.num_reads, EXCLUDED.qc)`.execute(tx);
	await sql`UPDATE experiment e SET status_id = ${ExperimentStatus.DEMULTIPLEXED.id},
			timestamp_finished_utc = COALESCE(e.timestamp_finished_utc,
				(SELECT (r.timestamps->>'completed')::timestamptz FROM seq_run r WHERE r.experiment_name = e.name), ${services.now()})
		WHERE e.id = ${found.id} AND e.status_id < ${ExperimentStatus.DEMULTIPLEXED.id} AND ${isDemultiplexed(sql.ref("e.id"))}`.execute(
		tx,
	);
	return { libraryElsewhere: input.libraryId !== null && found.library_experiment_id !== found.id };
}
