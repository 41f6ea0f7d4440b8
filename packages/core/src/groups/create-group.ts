import { AffiliationType } from "@opengsync/domain/catalog";
import { isActive } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError } from "../errors.ts";
import { checkGroupInput, type GroupInput } from "./group-input.ts";
import { refuseTakenName } from "./load-for-change.ts";

/**
 * Creates a group whose OWNER is the viewer (access-and-web.md §3.5).
 * @returns id of the group
 * @throws InvalidInputError with the fields of the form, ForbiddenError for the deactivated
 */
export async function createGroup(context: CommandContext, input: GroupInput): Promise<number> {
	const { tx, viewer } = context;
	if (!isActive(viewer.roleId)) throw new ForbiddenError();
	const { name, typeId } = checkGroupInput(input);
	const group = await refuseTakenName(() =>
		tx.insertInto("group").values({ name, type_id: typeId }).returning("id").executeTakeFirstOrThrow(),
	);
	const owner = { user_id: viewer.id, group_id: group.id, affiliation_type_id: AffiliationType.OWNER.id };
	await tx.insertInto("user_affiliation").values(owner).execute();
	return group.id;
}
