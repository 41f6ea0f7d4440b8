import { describe, expect, it } from "vitest";
import { attributeTypeOf, changeAttributes, checkAttributeName, normalizeAttributeName } from "./attributes.ts";
import { AttributeType } from "./catalog.ts";
import { formatFileSize } from "./file-size.ts";

describe("names of sample attributes", () => {
	it.each([
		["Cell Type", "cell_type", AttributeType.CELL_TYPE.id],
		[" SEX ", "sex", AttributeType.SEX.id],
		["Time point", "time_point", AttributeType.CUSTOM.id],
		["constructor", "constructor", AttributeType.CUSTOM.id],
	])("%s is kept as %s", (name, key, type) => {
		expect(normalizeAttributeName(name)).toBe(key);
		expect(attributeTypeOf(name)).toBe(type);
	});
	it("have to describe something", () => {
		expect(checkAttributeName("x1")).toContain("descriptive");
		expect(checkAttributeName("dose")).toBeNull();
		expect(checkAttributeName("x".repeat(65))).toContain("64");
	});
});

it("setting an attribute replaces it, an empty value deletes it, others stay", () => {
	const before = { sex: { type_id: AttributeType.SEX.id, value: "F" }, dose: { type_id: AttributeType.CUSTOM.id, value: "1" } };
	expect(changeAttributes(before, { Sex: " ", Age: " 10 ", batch: null })).toEqual({
		dose: { type_id: 0, value: "1" },
		age: { type_id: AttributeType.AGE.id, value: "10" },
	});
	expect(before.sex.value).toBe("F");
});

describe("sizes of files", () => {
	it.each<[number | null, string]>([
		[null, "–"],
		[0, "0 B"],
		[1023, "1023 B"],
		[1024, "1.0 KB"],
		[1_572_864, "1.5 MB"],
		[1_048_575, "1.0 MB"],
		[5 * 1024 ** 4, "5.0 TB"],
		[1024 ** 6, "1024.0 PB"],
	])("%s bytes are shown as %s", (bytes, text) => expect(formatFileSize(bytes)).toBe(text));
});
