import { EventType } from "@opengsync/domain/catalog";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";

/**
 * Takes an appointment out of the calendar: its creator or an admin. Deliveries are moved and removed with their request.
 * @throws NotFoundError, ForbiddenError, NotPossibleError
 */
export async function deleteEvent({ tx, viewer }: CommandContext, eventId: number): Promise<void> {
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	const event = await tx
		.selectFrom("event")
		.select(["type_id", "creator_id"])
		.where("id", "=", eventId)
		.forUpdate()
		.executeTakeFirst();
	if (!event) throw new NotFoundError("The appointment");
	if (event.type_id !== EventType.CUSTOM.id) throw new NotPossibleError("A delivery is changed with its request.");
	if (event.creator_id !== viewer.id && !isAdmin(viewer.roleId)) throw new ForbiddenError();
	await tx.deleteFrom("event").where("id", "=", eventId).execute();
}
