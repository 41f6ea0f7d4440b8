// Accounts at institutions with which a user signs in (issue 3, OpenID Connect).
import type { Reader } from "../transaction.ts";

/** A linked account at an institution. */
export interface ExternalIdentityRow {
	readonly id: number;
	/** Name of the provider in the configuration. */
	readonly provider: string;
	readonly created_at: Date;
	readonly last_used_at: Date | null;
}

/** Linked accounts of a user, the oldest first. */
export function listExternalIdentities(reader: Reader, userId: number): Promise<ExternalIdentityRow[]> {
	return reader
		.selectFrom("external_identity")
		.select(["id", "provider", "created_at", "last_used_at"])
		.where("user_id", "=", userId)
		.orderBy("id")
		.execute();
}
