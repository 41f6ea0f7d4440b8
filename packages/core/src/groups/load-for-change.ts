import { groupLevel } from "@opengsync/db/access";
import type { Tx } from "@opengsync/db/transaction";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError } from "../errors.ts";

/** A group locked for a change, with the viewer's level to it. */
export interface GroupForChange {
	readonly id: number;
	readonly name: string;
	readonly type_id: number;
	readonly access_level: AccessLevel;
}

/**
 * Locks a group, then reads it and the viewer's level: members change only under this lock, so that two people who change the group at the same
 * time see each other's change and exactly one owner remains.
 * @throws NotFoundError, ForbiddenError for who does not belong to it
 */
export async function loadGroupForChange(tx: Tx, viewer: Viewer, groupId: number): Promise<GroupForChange> {
	const locked = await sql`SELECT 1 FROM "group" WHERE id = ${groupId} FOR UPDATE`.execute(tx);
	if (locked.rows.length === 0) throw new NotFoundError("This group");
	const { rows } = await sql<GroupForChange>`
		SELECT g.id, g.name, g.type_id, ${groupLevel(viewer, "g")} AS access_level FROM "group" g WHERE g.id = ${groupId}`.execute(
		tx,
	);
	const group = rows[0];
	if (!group) throw new NotFoundError("This group");
	if (group.access_level === 0) throw new ForbiddenError();
	return group;
}

/** Standing of a user in a group (catalog affiliationType). @throws NotFoundError when the user is not a member */
export async function loadStanding(tx: Tx, groupId: number, userId: number): Promise<number> {
	const { rows } = await sql<{ affiliation_type_id: number }>`
		SELECT affiliation_type_id FROM user_affiliation WHERE group_id = ${groupId} AND user_id = ${userId}`.execute(tx);
	const member = rows[0];
	if (!member) throw new NotFoundError("This member");
	return member.affiliation_type_id;
}

/**
 * Runs a change of a group's name; the database's unique key decides, also between two people who take the same name at once.
 * @throws InvalidInputError at the field `name`
 */
export async function refuseTakenName<Result>(change: () => Promise<Result>): Promise<Result> {
	try {
		return await change();
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "23505")) throw error;
		throw new InvalidInputError([{ field: "name", message: "Another group has this name." }]);
	}
}
