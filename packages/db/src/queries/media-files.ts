// Media files: look-up.
import { sql } from "kysely";
import { mediaFileLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A file kept by the application, with the viewer's level to it. */
export interface MediaFileRow {
	readonly id: number;
	/** Without extension. */
	readonly name: string;
	/** With leading dot, lower case. */
	readonly extension: string;
	readonly type_id: number;
	readonly uuid: string;
	readonly size_bytes: number;
	readonly access_level: number;
}

/** The file with the viewer's level, in one statement; undefined when it does not exist. */
export async function findMediaFile(reader: Reader, viewer: Viewer, id: number): Promise<MediaFileRow | undefined> {
	const { rows } = await sql<MediaFileRow>`
		SELECT f.id, f.name, f.extension, f.type_id, f.uuid, f.size_bytes, ${mediaFileLevel(viewer, "f")} AS access_level
		FROM media_file f WHERE f.id = ${id}`.execute(reader);
	return rows[0];
}
