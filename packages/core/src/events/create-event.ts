import { EventType } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError } from "../errors.ts";

/** What an appointment says. */
export interface EventInput {
	readonly title: string;
	readonly note: string | null;
	/** Null for a text that was no time. */
	readonly time: Date | null;
}

/** Enters an appointment into the calendar (access-and-web.md §10). @returns its id */
export async function createEvent({ tx, viewer }: CommandContext, input: EventInput): Promise<number> {
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	if (!input.time) throw new InvalidInputError([{ field: "time", message: "Give day and time." }]);
	const { id } = await tx
		.insertInto("event")
		.values({
			title: input.title,
			note: input.note,
			timestamp_utc: input.time,
			type_id: EventType.CUSTOM.id,
			creator_id: viewer.id,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return id;
}
