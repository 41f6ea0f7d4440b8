import { hash, verify } from "@node-rs/argon2";
import type { FieldError } from "@opengsync/domain/field-error";
import { compare } from "bcryptjs";
import { randomToken } from "../shared/token-hash.ts";

/** Longest password in bytes of UTF-8 (access-and-web.md §4.5). */
const longestPasswordBytes = 72;

/** Shortest password in characters. */
const shortestPasswordCharacters = 8;

const argon2Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What is wrong with a new password, or null. */
function passwordProblem(password: string): string | null {
	if ([...password].length < shortestPasswordCharacters) return `At least ${shortestPasswordCharacters} characters.`;
	if (Buffer.byteLength(password) > longestPasswordBytes) return `At most ${longestPasswordBytes} bytes.`;
	return null;
}

/** A new password as typed. */
export interface NewPassword {
	readonly password: string;
	readonly repetition: string;
}

/** What is wrong with a new password and its repetition, by field. */
export function newPasswordErrors({ password, repetition }: NewPassword): FieldError[] {
	const problem = passwordProblem(password);
	return [
		...(problem ? [{ field: "password", message: problem }] : []),
		...(password === repetition ? [] : [{ field: "repetition", message: "The two passwords differ." }]),
	];
}

/** Stands in place of a hash where nobody can sign in by password; no two are equal, since links are bound to it. */
export function unusablePassword(): string {
	return `!${randomToken()}`;
}

/** Hash (argon2id) under which a password is stored. */
export function hashPassword(password: string): Promise<string> {
	return hash(password, argon2Options);
}

/** Outcome of checking a password. */
export interface PasswordCheck {
	readonly right: boolean;
	/** The stored hash is of an older kind and should be replaced. */
	readonly outdated: boolean;
}

/**
 * Checks a password against a stored hash: argon2id, or bcrypt of an imported account. Anything else never fits, and takes as long to
 * find out.
 */
export async function checkPassword(password: string, stored: string): Promise<PasswordCheck> {
	if (stored.startsWith("$argon2")) {
		const right = await verify(stored, password).catch(() => false);
		return { right, outdated: right && !stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$") };
	}
	if (/^\$2[aby]\$/.test(stored)) {
		const right = await compare(password, stored).catch(() => false);
		return { right, outdated: right };
	}
	await pretendToCheckPassword(password);
	return { right: false, outdated: false };
}

let unknownAddressHash: Promise<string> | null = null;

/** Takes as long as a real check, for addresses that nobody has. */
export async function pretendToCheckPassword(password: string): Promise<void> {
	unknownAddressHash ??= hashPassword("of nobody");
	await checkPassword(password, await unknownAddressHash);
}
