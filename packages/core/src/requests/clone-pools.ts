import { PoolStatus } from "@opengsync/domain/catalog";
import { clonedPoolName } from "@opengsync/domain/clone-names";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";

interface PoolToClone {
	readonly id: number;
	readonly root_id: number;
	readonly name: string;
	readonly clone_number: number;
}

/**
 * Clones pools for a new request: STORED, with size, concentration, report, requested reads and a copy of the contact
 * (requests-and-annotation.md §2.8). Numbers count per original pool, also when several people clone at once.
 * @returns id of the clone by id of the pool
 */
export async function clonePools(
	context: CommandContext,
	poolIds: readonly number[],
	requestId: number,
): Promise<ReadonlyMap<number, number>> {
	const { tx, services } = context;
	const ids = [...poolIds];
	await sql`SELECT 1 FROM pool WHERE id = ANY(${ids}::int[])
		OR id IN (SELECT original_pool_id FROM pool WHERE id = ANY(${ids}::int[])) ORDER BY id FOR UPDATE`.execute(tx);
	const { rows } = await sql<PoolToClone>`
		SELECT p.id, root.id AS root_id, p.name AS name, ((row_number() OVER (PARTITION BY root.id ORDER BY p.id)) +
			(SELECT max(x.clone_number) FROM pool x WHERE x.id = root.id OR x.original_pool_id = root.id))::int AS clone_number
		FROM pool p JOIN pool root ON root.id = COALESCE(p.original_pool_id, p.id)
		WHERE p.id = ANY(${ids}::int[]) ORDER BY p.id`.execute(tx);
	const clones = new Map<number, number>();
	for (const pool of rows) {
		const { rows: made } = await sql<{ id: number }>`
			WITH copied AS (
				INSERT INTO contact (name, email, phone, address)
				SELECT c.name, c.email, c.phone, c.address FROM pool p JOIN contact c ON c.id = p.contact_id WHERE p.id = ${pool.id}
				RETURNING id
			)
			INSERT INTO pool (name, status_id, type_id, timestamp_stored_utc, clone_number, original_pool_id, num_m_reads_requested,
				avg_fragment_size, qubit_concentration, owner_id, seq_request_id, contact_id, ba_report_id)
			SELECT ${clonedPoolName(pool.name, pool.clone_number)}, ${PoolStatus.STORED.id}, p.type_id, ${services.now()},
				${pool.clone_number}, ${pool.root_id}, p.num_m_reads_requested, p.avg_fragment_size, p.qubit_concentration, p.owner_id,
				${requestId}, copied.id, p.ba_report_id
			FROM pool p, copied WHERE p.id = ${pool.id} RETURNING id`.execute(tx);
		const [clone] = made;
		if (clone) clones.set(pool.id, clone.id);
	}
	return clones;
}
