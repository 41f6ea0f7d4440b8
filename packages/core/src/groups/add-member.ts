import { AffiliationType, UserRole } from "@opengsync/domain/catalog";
import { groupAction } from "@opengsync/domain/group-actions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";
import { loadGroupForChange } from "./load-for-change.ts";

/** Who is to be added, and with which standing. */
export interface NewMember {
	/** Exact address of an active account, in any case. */
	readonly email: string;
	/** MANAGER or MEMBER of *affiliationType*; OWNER cannot be picked. */
	readonly affiliationTypeId: number;
}

const offered: readonly number[] = [AffiliationType.MANAGER.id, AffiliationType.MEMBER.id];

/**
 * Adds a member: MANAGER, OWNER or insider (access-and-web.md §3.5).
 * @returns name of the new member
 * @throws NotFoundError, ForbiddenError, InvalidInputError for an unknown address or somebody who belongs to the group already
 */
export async function addMember(context: CommandContext, groupId: number, input: NewMember): Promise<string> {
	const { tx, viewer } = context;
	const group = await loadGroupForChange(tx, viewer, groupId);
	requireAllowed(groupAction("addMember", { level: group.access_level }));
	if (!offered.includes(input.affiliationTypeId)) {
		throw new InvalidInputError([{ field: "affiliationTypeId", message: "Choose Manager or Member." }]);
	}
	const { rows } = await sql<{ id: number; name: string; is_member: boolean }>`
		SELECT u.id, u.first_name || ' ' || u.last_name AS name,
			EXISTS (SELECT 1 FROM user_affiliation a WHERE a.user_id = u.id AND a.group_id = ${groupId}) AS is_member
		FROM lims_user u WHERE lower(u.email) = lower(${input.email.trim()}) AND u.role_id <> ${UserRole.DEACTIVATED.id}`.execute(tx);
	const user = rows[0];
	if (!user) throw new InvalidInputError([{ field: "email", message: "There is no active account with this address." }]);
	if (user.is_member) throw new InvalidInputError([{ field: "email", message: "This user belongs to the group already." }]);
	const member = { user_id: user.id, group_id: groupId, affiliation_type_id: input.affiliationTypeId };
	await tx.insertInto("user_affiliation").values(member).execute();
	return user.name;
}
