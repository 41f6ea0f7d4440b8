import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { isInsider } from "@opengsync/domain/roles";
import { type RawBuilder, sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";
import type { RunAccess } from "../workflow-runs/definition.ts";

const names = { seq_request: "This request", pool: "This pool", lab_prep: "This lab prep" } as const;

/** Kinds of objects of which staff handles the indices. */
export type StaffObject = keyof typeof names;

/** Runs for insiders only, about an object of this kind; null for none. The object is looked for first. */
export function staffAccess(kind: StaffObject | null): RunAccess {
	const require = async (reader: Db | Tx, viewer: Viewer, id: number, locking: RawBuilder<unknown>) => {
		if (kind !== null) await requireObject(reader, kind, id, locking);
		if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	};
	return {
		objectType: kind,
		isEditor: async (_reader, viewer) => isInsider(viewer.roleId),
		authorize: (reader, viewer, id) => require(reader, viewer, id, sql``),
		lockObject: ({ tx, viewer }, id) => require(tx, viewer, id, sql`FOR UPDATE`),
	};
}

async function requireObject(reader: Db | Tx, kind: StaffObject, id: number, locking: RawBuilder<unknown>): Promise<void> {
	const { rows } = await sql`SELECT id FROM ${sql.table(kind)} WHERE id = ${id} ${locking}`.execute(reader);
	if (rows.length === 0) throw new NotFoundError(names[kind]);
}
