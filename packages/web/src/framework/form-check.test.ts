import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineForm, type EnteredForm, formFromFields } from "./form.ts";
import { checkForm } from "./form-check.ts";

const form = defineForm({
	name: "test",
	submitLabel: "Save",
	fields: {
		name: { kind: "text", label: "Name", required: true, minLength: 3, maxLength: 5 },
		note: { kind: "textarea", label: "Note" },
		depth: { kind: "number", label: "Depth", min: 0 },
		cycles: { kind: "integer", label: "Cycles", max: 600 },
		readType: { kind: "select", label: "Read type", options: [{ value: 1, label: "One" }] },
		types: { kind: "multi-select", label: "Types", options: [{ value: 1, label: "One" }] },
		agreed: { kind: "switch", label: "Agreed" },
		report: { kind: "file", label: "Report", extensions: ["pdf"], maxSizeBytes: 10 },
		secret: { kind: "password", label: "Password" },
		role: { kind: "text", label: "Role", readOnly: true },
	},
});

function entered(values: Record<string, string | File | readonly string[]>): EnteredForm {
	return new Map(Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));
}

function errorOf(values: Record<string, string | File | readonly string[]>, field: string): string | undefined {
	const result = checkForm(form, entered({ name: "abcd", ...values }));
	return result.ok ? undefined : result.errors.find((error) => error.field === field)?.message;
}

describe("a form", () => {
	it("gives trimmed texts, numbers, ids and null for what was left empty", () => {
		const result = checkForm(
			form,
			entered({ name: " abcd ", depth: "2,5", cycles: "101", readType: "1", types: ["1"], secret: " x " }),
		);
		expect(result.ok && result.values).toEqual({
			...{
				name: "abcd",
				note: null,
				depth: 2.5,
				cycles: 101,
				readType: 1,
				types: [1],
				agreed: false,
				report: null,
				secret: " x ",
			},
		});
	});
	it("ignores fields that it does not have or that are read-only", () => {
		const result = checkForm(form, entered({ name: "abcd", role: "1", status_id: "6" }));
		expect(result.ok && Object.keys(result.values)).not.toContain("role");
		expect(result.ok && Object.keys(result.values)).not.toContain("status_id");
	});
	it.each([
		["name", "", "This field is required."],
		["name", "ab", "At least 3 characters."],
		["name", "abcdef", "At most 5 characters."],
		["depth", "-1", "At least 0."],
		["depth", "1e999", "Enter a number."],
		["depth", "abc", "Enter a number."],
		["cycles", "1.5", "Enter a whole number."],
		["cycles", "601", "At most 600."],
		["readType", "2", "Choose one of the list."],
		["types", "2", "Choose one of the list."],
		["report", new File(["x"], "a.exe"), "Allowed are: .pdf."],
		["report", new File(["x".repeat(11)], "a.PDF"), "The file is larger than 0 MB."],
	])("says at the field %s what is wrong with %s", (field, value, message) =>
		expect(errorOf({ [field]: value }, field)).toBe(message),
	);
	it("never throws, whatever is sent", () => {
		const anything = fc.dictionary(fc.constantFrom(...Object.keys(form.fields), "__proto__", "other"), fc.array(fc.string()));
		fc.assert(fc.property(anything, (values) => typeof checkForm(form, new Map(Object.entries(values))).ok === "boolean"));
	});
	it("can come from the step of a workflow as data", () => {
		const described = formFromFields("step", [{ name: "kit", kind: "text", label: "Kit", required: true }], {
			submitLabel: "Next",
		});
		expect(checkForm(described, entered({ kit: "A" })).ok).toBe(true);
		expect(checkForm(described, entered({})).ok).toBe(false);
	});
});

describe("a form whose rules a command knows", () => {
	const lenient = { ...form, checkedByCommand: true };
	it("is read as it was entered, so that all problems can be told at once", () => {
		const result = checkForm(lenient, entered({ name: "ab", depth: "x", cycles: "900", readType: "7", agreed: "true" }));
		expect(result.ok && result.values).toMatchObject({ name: "ab", depth: Number.NaN, cycles: 900, readType: 7, agreed: true });
	});
	it("gives null for what was left empty, also where something is required", () => {
		const result = checkForm(lenient, entered({}));
		expect(result.ok && result.values).toMatchObject({ name: null, depth: null, readType: null, agreed: false, types: [] });
	});
	it("still refuses files that are not permitted", () => {
		const result = checkForm(lenient, entered({ report: new File(["x"], "report.exe") }));
		expect(result.ok).toBe(false);
	});
});
