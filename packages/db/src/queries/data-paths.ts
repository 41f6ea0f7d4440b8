// Data paths: look-up and those of an object.
import { sql } from "kysely";
import { dataPathLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A file or folder of the share that belongs to an object. */
export interface DataPathRow {
	readonly id: number;
	/** Relative to the share root. */
	readonly path: string;
	/** Catalog dataPathType. */
	readonly type_id: number;
}

/** Data paths of a project or request by path. */
export async function listDataPaths(reader: Reader, of: "project" | "seq_request", id: number): Promise<DataPathRow[]> {
	const { rows } = await sql<DataPathRow>`
		SELECT id, path, type_id FROM data_path WHERE ${sql.ref(`${of}_id`)} = ${id} ORDER BY path`.execute(reader);
	return rows;
}

/** A data path with the viewer's level to it. */
export interface DataPathAccess {
	readonly id: number;
	/** Relative to the share root. */
	readonly path: string;
	/** VIEW for a customer with at least VIEW on the project, request or library; NONE for a path of an experiment. */
	readonly access_level: number;
}

/** Loads a data path with the viewer's level in one statement. */
export async function findDataPath(reader: Reader, viewer: Viewer, id: number): Promise<DataPathAccess | undefined> {
	const { rows } = await sql<DataPathAccess>`
		SELECT d.id, d.path, ${dataPathLevel(viewer, "d")} AS access_level FROM data_path d WHERE d.id = ${id}`.execute(reader);
	return rows[0];
}
