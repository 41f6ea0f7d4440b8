import { apiTokenValidity } from "@opengsync/domain/catalog";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { BadRequestError, ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { hashToken, randomToken } from "../shared/token-hash.ts";
import { type ApiTokenScope, isApiTokenScope } from "./scopes.ts";

/** For whom, for what and how long. */
export interface NewApiToken {
	readonly ownerId: number;
	/** What the token is for, at most 64 characters. */
	readonly name: string;
	/** What it may do; at least one. */
	readonly scopes: readonly ApiTokenScope[];
	/** One of the catalog's `apiTokenValidity`. */
	readonly timeValidMin: number;
}

/**
 * Makes an API token: 256 random bits, of which only the SHA-256 is kept (access-and-web.md §5, data-model.md §1, Tokens).
 * @returns id, and the token itself, which cannot be seen again
 * @throws ForbiddenError unless for oneself or by an admin, and while working as another user; NotPossibleError when the owner is no
 * insider; NotFoundError; BadRequestError for another validity, name or scope
 */
export async function createApiToken(context: CommandContext, input: NewApiToken): Promise<{ id: number; token: string }> {
	const { tx, viewer, actor } = context;
	if (actor.impersonatorId !== null) throw new ForbiddenError("API tokens are not made while working as another user.");
	if (viewer.id !== input.ownerId && !isAdmin(viewer.roleId)) throw new ForbiddenError();
	if (!apiTokenValidity.choices.some((choice) => choice.minutes === input.timeValidMin)) {
		throw new BadRequestError("This validity is not offered.");
	}
	const name = input.name.trim();
	if (name === "" || name.length > 64) throw new BadRequestError("The name must have 1 to 64 characters.");
	if (input.scopes.length === 0 || !input.scopes.every(isApiTokenScope)) throw new BadRequestError("This scope is not offered.");
	const owner = await tx.selectFrom("lims_user").select("role_id").where("id", "=", input.ownerId).executeTakeFirst();
	if (!owner) throw new NotFoundError("This user");
	if (!isInsider(owner.role_id)) throw new NotPossibleError("API tokens are for accounts of the staff.");
	const token = randomToken();
	const { id } = await tx
		.insertInto("api_token")
		.values({
			name,
			scopes: [...new Set(input.scopes)],
			token_hash: hashToken(token),
			time_valid_min: input.timeValidMin,
			created_utc: context.services.now(),
			owner_id: input.ownerId,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return { id, token };
}
