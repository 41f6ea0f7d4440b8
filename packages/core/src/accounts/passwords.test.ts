import { describe, expect, it } from "vitest";
import { checkPassword, hashPassword, newPasswordErrors, unusablePassword } from "./passwords.ts";

const fieldsWrong = (password: string, repetition = password) =>
	newPasswordErrors({ password, repetition }).map((error) => error.field);

describe("a new password", () => {
	it("has 8 characters to 72 bytes of any kind", () => {
		expect(fieldsWrong("1234567")).toEqual(["password"]);
		expect(fieldsWrong("12345678")).toEqual([]);
		expect(fieldsWrong(" 🧬 🧬 🧬 ")).toEqual(["password"]);
		expect(fieldsWrong(" 🧬 🧬 🧬  ")).toEqual([]);
		expect(fieldsWrong("ü".repeat(36))).toEqual([]);
		expect(fieldsWrong(`${"ü".repeat(36)}x`)).toEqual(["password"]);
	});

	it("is typed twice alike", () => {
		expect(fieldsWrong("correct horse", "correct horse ")).toEqual(["repetition"]);
		expect(fieldsWrong("short", "other")).toEqual(["password", "repetition"]);
	});
});

it("fits only the hash that was made of it", async () => {
	const stored = await hashPassword("correct horse");
	expect(stored).not.toContain("correct");
	expect(await checkPassword("correct horse", stored)).toEqual({ right: true, outdated: false });
	expect((await checkPassword("Correct horse", stored)).right).toBe(false);
});

it("fits no account without a password, whatever is typed", async () => {
	const stored = unusablePassword();
	for (const typed of [stored, stored.slice(1), "", "!"]) expect((await checkPassword(typed, stored)).right).toBe(false);
	expect(unusablePassword()).not.toBe(stored);
	expect(stored.length).toBeLessThanOrEqual(128);
});
