import { groupAction } from "@opengsync/domain/group-actions";
import type { CommandContext } from "../context.ts";
import { requireAllowed } from "../require-allowed.ts";
import { checkGroupInput, type GroupInput } from "./group-input.ts";
import { loadGroupForChange, refuseTakenName } from "./load-for-change.ts";

/**
 * Renames a group or changes its type: OWNER or insider.
 * @throws NotFoundError, ForbiddenError, InvalidInputError with the fields of the form
 */
export async function updateGroup(context: CommandContext, groupId: number, input: GroupInput): Promise<void> {
	const { tx, viewer } = context;
	const group = await loadGroupForChange(tx, viewer, groupId);
	requireAllowed(groupAction("edit", { level: group.access_level }));
	const { name, typeId } = checkGroupInput(input);
	await refuseTakenName(() => tx.updateTable("group").set({ name, type_id: typeId }).where("id", "=", groupId).execute());
}
