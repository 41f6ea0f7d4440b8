import type { Tx } from "@opengsync/db/transaction";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import { InvalidInputError, NotFoundError } from "../errors.ts";

/** The object that staff look after. The caller has locked it and checked the viewer's level. */
export interface Assigned {
	readonly kind: "request" | "project";
	readonly id: number;
}

const links = {
	request: { table: sql.table("seq_request_assignee_link"), reference: sql.ref("seq_request_id") },
	project: { table: sql.table("project_assignee_link"), reference: sql.ref("project_id") },
} as const;

/**
 * Adds an assignee, once; only insiders can be assigned (access-and-web.md §3.3, requests-and-annotation.md §2.8).
 * @returns false when the user was assigned already
 * @throws InvalidInputError at the field `userId`
 */
export async function addAssignee(tx: Tx, { kind, id }: Assigned, userId: number): Promise<boolean> {
	const user = await tx.selectFrom("lims_user").select("role_id").where("id", "=", userId).executeTakeFirst();
	if (!user || !isInsider(user.role_id)) {
		throw new InvalidInputError([{ field: "userId", message: "Only staff can be assigned." }]);
	}
	const { table, reference } = links[kind];
	const { rows } = await sql`INSERT INTO ${table} (${reference}, user_id) VALUES (${id}, ${userId})
		ON CONFLICT DO NOTHING RETURNING user_id`.execute(tx);
	return rows.length > 0;
}

/** Removes an assignee. @throws NotFoundError when the user is not assigned to this object */
export async function removeAssignee(tx: Tx, { kind, id }: Assigned, userId: number): Promise<void> {
	const { table, reference } = links[kind];
	const { rows } = await sql`DELETE FROM ${table} WHERE ${reference} = ${id} AND user_id = ${userId} RETURNING user_id`.execute(
		tx,
	);
	if (rows.length === 0) throw new NotFoundError("This assignee");
}
