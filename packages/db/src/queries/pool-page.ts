// The page of a pool (access-and-web.md §8.6).
import { type Selectable, sql } from "kysely";
import { poolLevel, requestLevel, type Viewer } from "../access.ts";
import type { Pool } from "../database.gen.ts";
import type { Reader } from "../transaction.ts";

/** A pool with all that the head and the metadata of its page show, and the viewer's level to it. */
export interface PoolPageRow extends Selectable<Pool> {
	readonly owner_name: string;
	readonly contact_name: string;
	readonly contact_email: string | null;
	readonly contact_phone: string | null;
	readonly seq_request_name: string | null;
	/** Level to its request, for the link. */
	readonly request_access_level: number | null;
	readonly lab_prep_name: string | null;
	readonly experiment_name: string | null;
	readonly merged_to_pool_name: string | null;
	readonly num_libraries: number;
	readonly num_dilutions: number;
	readonly access_level: number;
}

/** Loads a pool for its page: object, counts and access in one statement. */
export async function findPoolPage(reader: Reader, viewer: Viewer, id: number): Promise<PoolPageRow | undefined> {
	const { rows } = await sql<PoolPageRow>`
		SELECT p.*, u.first_name || ' ' || u.last_name AS owner_name, c.name AS contact_name, c.email AS contact_email,
			c.phone AS contact_phone, r.name AS seq_request_name, lp.name AS lab_prep_name, e.name AS experiment_name,
			m.name AS merged_to_pool_name,
			CASE WHEN r.id IS NOT NULL THEN ${requestLevel(viewer, "r")} END AS request_access_level,
			(SELECT count(*)::int FROM library l WHERE l.pool_id = p.id) AS num_libraries,
			(SELECT count(*)::int FROM pool_dilution d WHERE d.pool_id = p.id) AS num_dilutions,
			${poolLevel(viewer, "p")} AS access_level
		FROM pool p
		JOIN lims_user u ON u.id = p.owner_id
		JOIN contact c ON c.id = p.contact_id
		LEFT JOIN seq_request r ON r.id = p.seq_request_id
		LEFT JOIN lab_prep lp ON lp.id = p.lab_prep_id
		LEFT JOIN experiment e ON e.id = p.experiment_id
		LEFT JOIN pool m ON m.id = p.merged_to_pool_id
		WHERE p.id = ${id}`.execute(reader);
	return rows[0];
}

/** A dilution of a pool. */
export interface PoolDilutionRow {
	readonly id: number;
	/** A, B … Z, AA. */
	readonly identifier: string;
	readonly operator_name: string;
	readonly timestamp_utc: Date;
	/** ng/µL */
	readonly qubit_concentration: number;
	/** µL */
	readonly volume_ul: number | null;
}

/** Dilutions of a pool, newest first. */
export async function listPoolDilutions(reader: Reader, poolId: number): Promise<PoolDilutionRow[]> {
	const { rows } = await sql<PoolDilutionRow>`SELECT d.id, d.identifier, u.first_name || ' ' || u.last_name AS operator_name,
			d.timestamp_utc, d.qubit_concentration, d.volume_ul
		FROM pool_dilution d JOIN lims_user u ON u.id = d.operator_id WHERE d.pool_id = ${poolId}
		ORDER BY d.timestamp_utc DESC, d.id DESC`.execute(reader);
	return rows;
}
