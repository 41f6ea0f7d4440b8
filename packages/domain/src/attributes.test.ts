import { describe, expect, it } from "vitest";
import { attributeTypeOf, changeAttributes, compareAttributes, faultOfAttributeName, readAttributes } from "./attributes.ts";
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

describe("changing the attributes of a sample", () => {
	const custom = AttributeType.CUSTOM.id;
	const before = { sex: { type_id: AttributeType.SEX.id, value: "F" }, dose: { type_id: custom, value: "1" } };
	it("replaces what is set, deletes where the value is empty, and keeps the others", () => {
		const changes = new Map(Object.entries({ sex: "", age: "10", batch: "", dose: "2" }));
		expect(changeAttributes(before, changes)).toEqual({
			dose: { type_id: custom, value: "2" },
			age: { type_id: AttributeType.AGE.id, value: "10" },
		});
		expect(changeAttributes(before, new Map([["sex", ""]]))).toEqual({ dose: before.dose });
		expect(before.sex.value).toBe("F");
	});
	it("leaves nothing behind when the last one is deleted", () => {
		expect(changeAttributes({ sex: before.sex }, new Map([["sex", ""]]))).toBeNull();
		expect(changeAttributes(null, new Map([["sex", "F"]]))).toEqual({ sex: before.sex });
	});
	it("meets names of an older database as they are meant, and only where something changes", () => {
		const old = { "Cell Type": { type_id: custom, value: "T" }, "Time Point": { type_id: custom, value: "d0" } };
		expect(readAttributes(old)).toEqual(new Map(Object.entries({ cell_type: "T", time_point: "d0" })));
		expect(changeAttributes(old, new Map([["cell_type", "B"]]))).toEqual({
			cell_type: { type_id: AttributeType.CELL_TYPE.id, value: "B" },
			"Time Point": old["Time Point"],
		});
	});
	it("says exactly what differs", () => {
		const present = new Map(Object.entries({ sex: "F", dose: "1", batch: "b" }));
		const wanted = new Map(Object.entries({ sex: "F", dose: "2", age: "10" }));
		expect(compareAttributes(present, wanted)).toEqual(new Map(Object.entries({ dose: "2", batch: "", age: "10" })));
		expect(compareAttributes(present, present).size).toBe(0);
	});
});
