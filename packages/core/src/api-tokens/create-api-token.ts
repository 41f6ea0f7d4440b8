import { createHash, randomBytes } from "node:crypto";
import { apiTokenValidity } from "@opengsync/domain/catalog";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { BadRequestError, ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";

/** For whom and how long. */
export interface NewApiToken {
	readonly ownerId: number;
	/** One of the catalog's `apiTokenValidity`. */
	readonly timeValidMin: number;
}

/**
 * Makes an API token: 256 random bits, of which only the SHA-256 is kept (access-and-web.md §5, data-model.md §1, Tokens).
 * @returns id, and the token itself, which cannot be seen again
 * @throws ForbiddenError unless for oneself or by an admin; NotPossibleError when the owner is no insider; NotFoundError; BadRequestError
 * for another validity
 */
export async function createApiToken(context: CommandContext, input: NewApiToken): Promise<{ id: number; token: string }> {
	const { tx, viewer } = context;
	if (viewer.id !== input.ownerId && !isAdmin(viewer.roleId)) throw new ForbiddenError();
	if (!apiTokenValidity.choices.some((choice) => choice.minutes === input.timeValidMin)) {
		throw new BadRequestError("This validity is not offered.");
	}
	const owner = await tx.selectFrom("lims_user").select("role_id").where("id", "=", input.ownerId).executeTakeFirst();
	if (!owner) throw new NotFoundError("This user");
	if (!isInsider(owner.role_id)) throw new NotPossibleError("API tokens are for accounts of the staff.");
	const token = randomBytes(32).toString("base64url");
	const { id } = await tx
		.insertInto("api_token")
		.values({
			token_hash: createHash("sha256").update(token).digest("hex"),
			time_valid_min: input.timeValidMin,
			created_utc: context.services.now(),
			owner_id: input.ownerId,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return { id, token };
}
