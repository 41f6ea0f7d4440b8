import { randomInt } from "node:crypto";
import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { hashToken } from "../shared/token-hash.ts";

/** How many recovery codes somebody has. */
const recoveryCodeCount = 10;

// 32 characters that nobody mistakes for each other; 16 of them are 80 random bits.
const alphabet = "abcdefghjkmnpqrstuvwxyz023456789";
const groups = 4;
const charactersPerGroup = 4;

function newCode(): string {
	const group = () => Array.from({ length: charactersPerGroup }, () => alphabet[randomInt(alphabet.length)]).join("");
	return Array.from({ length: groups }, group).join("-");
}

/** What is stored of a code: it may be typed with or without hyphens and in capitals. */
function hashCode(code: string): string {
	return hashToken(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ""));
}

/** Replaces all recovery codes of a user. @returns the new ones, which are not stored in clear */
export async function replaceRecoveryCodes(tx: Tx, userId: number): Promise<string[]> {
	const codes = Array.from({ length: recoveryCodeCount }, newCode);
	await tx.deleteFrom("recovery_code").where("user_id", "=", userId).execute();
	const rows = codes.map((code) => ({ user_id: userId, code_hash: hashCode(code) }));
	await tx.insertInto("recovery_code").values(rows).execute();
	return codes;
}

/** Uses a recovery code up. @returns whether it was one of the user's and unused */
export async function takeRecoveryCode(tx: Tx, userId: number, code: string, now: Date): Promise<boolean> {
	const taken = await tx
		.updateTable("recovery_code")
		.set({ used_at: now })
		.where("user_id", "=", userId)
		.where("code_hash", "=", hashCode(code))
		.where("used_at", "is", null)
		.returning("id")
		.executeTakeFirst();
	return taken !== undefined;
}

/** How many recovery codes of a user are unused. */
export async function countRecoveryCodes(db: Db, userId: number): Promise<number> {
	const { count } = await db
		.selectFrom("recovery_code")
		.select(({ fn }) => fn.countAll<number>().as("count"))
		.where("user_id", "=", userId)
		.where("used_at", "is", null)
		.executeTakeFirstOrThrow();
	return Number(count);
}
