import { memberAction } from "@opengsync/domain/group-actions";
import type { CommandContext } from "../context.ts";
import { requireAllowed } from "../require-allowed.ts";
import { loadGroupForChange, loadStanding } from "./load-for-change.ts";

/**
 * Removes a member, or lets the viewer leave. Own requests and projects stay; the others' are out of sight at once (access-and-web.md §3.5).
 * @throws NotFoundError, ForbiddenError, NotPossibleError for the OWNER
 */
export async function removeMember(context: CommandContext, groupId: number, userId: number): Promise<void> {
	const { tx, viewer } = context;
	const group = await loadGroupForChange(tx, viewer, groupId);
	const isViewer = userId === viewer.id;
	const affiliationTypeId = await loadStanding(tx, groupId, userId);
	requireAllowed(memberAction("remove", { level: group.access_level, affiliationTypeId, isViewer }));
	await tx.deleteFrom("user_affiliation").where("group_id", "=", groupId).where("user_id", "=", userId).execute();
}
