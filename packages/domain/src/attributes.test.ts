import { describe, expect, it } from "vitest";
import { attributeTypeOf, faultOfAttributeName } from "./attributes.ts";
import { AttributeType } from "./catalog.ts";
import { fieldNameOf } from "./sheets/match-headers.ts";

describe("names of sample attributes", () => {
	it.each([
		["Cell Type", "cell_type", AttributeType.CELL_TYPE.id],
		[" SEX ", "sex", AttributeType.SEX.id],
		["Time point", "time_point", AttributeType.CUSTOM.id],
		["constructor", "constructor", AttributeType.CUSTOM.id],
	])("%s is kept as %s", (name, key, type) => {
		expect(fieldNameOf(name)).toBe(key);
		expect(attributeTypeOf(key)).toBe(type);
	});
	it("have to describe something", () => {
		expect(faultOfAttributeName("x1")).toContain("descriptive");
		expect(faultOfAttributeName("dose")).toBeNull();
		expect(faultOfAttributeName("x".repeat(65))).toContain("64");
	});
});
