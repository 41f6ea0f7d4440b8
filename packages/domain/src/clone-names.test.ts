import { describe, expect, it } from "vitest";
import { clonedPoolName, clonedRequestName } from "./clone-names.ts";

describe("names of clones", () => {
	it.each([
		["pool", 1, "pool_re1"],
		["x".repeat(64), 3, `${"x".repeat(60)}_re3`],
		["x".repeat(64), 12, `${"x".repeat(59)}_re12`],
	])("a pool keeps its number however long its name is", (name, number, expected) =>
		expect(clonedPoolName(name, number)).toBe(expected),
	);
	it("a request says that it is a clone, within 128 characters", () => {
		expect(clonedRequestName("Mouse lungs")).toBe("RE: Mouse lungs");
		expect(clonedRequestName("x".repeat(128))).toHaveLength(128);
	});
});
