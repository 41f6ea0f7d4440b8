// Groups: look-up.
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A group as an option of a form. */
export interface GroupOption {
	readonly id: number;
	readonly name: string;
}

/** Groups that the viewer may choose: insiders any, others their own; and the one chosen already. */
export async function listOwnGroups(reader: Reader, viewer: Viewer, chosenId: number | null): Promise<GroupOption[]> {
	const { rows } = await sql<GroupOption>`SELECT g.id, g.name FROM "group" g
		WHERE ${isInsider(viewer.roleId)} OR g.id = ${chosenId}
			OR EXISTS (SELECT 1 FROM user_affiliation a WHERE a.group_id = g.id AND a.user_id = ${viewer.id})
		ORDER BY lower(g.name)`.execute(reader);
	return rows;
}
