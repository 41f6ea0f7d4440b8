import { AffiliationType } from "@opengsync/domain/catalog";
import { groupAction, memberAction } from "@opengsync/domain/group-actions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { requireAllowed } from "../require-allowed.ts";
import { loadGroupForChange, loadStanding } from "./load-for-change.ts";

/**
 * Makes a member the OWNER; the former OWNER becomes a MANAGER: OWNER or insider (access-and-web.md §3.5). Of two at once the second finds that the
 * first has been done: an owner who is none any more is refused.
 * @throws NotFoundError, also for who is no member; ForbiddenError; NotPossibleError for who is the OWNER already
 */
export async function handOverGroup(context: CommandContext, groupId: number, userId: number): Promise<void> {
	const { tx, viewer } = context;
	const { access_level: level } = await loadGroupForChange(tx, viewer, groupId);
	requireAllowed(groupAction("handOver", { level }));
	const affiliationTypeId = await loadStanding(tx, groupId, userId);
	requireAllowed(memberAction("makeOwner", { level, affiliationTypeId, isViewer: userId === viewer.id }));
	const { OWNER, MANAGER } = AffiliationType;
	await sql`UPDATE user_affiliation SET affiliation_type_id = ${MANAGER.id}
		WHERE group_id = ${groupId} AND affiliation_type_id = ${OWNER.id}`.execute(tx);
	await sql`UPDATE user_affiliation SET affiliation_type_id = ${OWNER.id}
		WHERE group_id = ${groupId} AND user_id = ${userId}`.execute(tx);
}
