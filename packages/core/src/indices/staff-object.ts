import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";

const names = { seq_request: "This request", pool: "This pool", lab_prep: "This lab prep" } as const;

/** Kinds of objects of which staff handles the indices. */
export type StaffObject = keyof typeof names;

/** @throws ForbiddenError for everybody but insiders */
export function requireInsider(viewer: Viewer): void {
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
}

/** Whether an object is there, for insiders only; `lock` holds it until the transaction ends. @throws NotFoundError, ForbiddenError */
export async function requireStaffObject(
	reader: Db | Tx,
	viewer: Viewer,
	kind: StaffObject,
	id: number,
	lock = false,
): Promise<void> {
	const { rows } = await sql`SELECT id FROM ${sql.table(kind)} WHERE id = ${id} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
		reader,
	);
	if (rows.length === 0) throw new NotFoundError(names[kind]);
	requireInsider(viewer);
}
