// Data paths: look-up.
import { sql } from "kysely";
import { dataPathLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A data path with the viewer's level to it. */
export interface DataPathRow {
	readonly id: number;
	/** Relative to the share root. */
	readonly path: string;
	/** VIEW for a customer with at least VIEW on the project, request or library; NONE for a path of an experiment. */
	readonly access_level: number;
}

/** Loads a data path with the viewer's level in one statement. */
export async function findDataPath(reader: Reader, viewer: Viewer, id: number): Promise<DataPathRow | undefined> {
	const { rows } = await sql<DataPathRow>`
		SELECT d.id, d.path, ${dataPathLevel(viewer, "d")} AS access_level FROM data_path d WHERE d.id = ${id}`.execute(reader);
	return rows[0];
}
