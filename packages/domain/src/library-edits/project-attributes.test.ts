import { describe, expect, it } from "vitest";
import { AttributeType } from "../catalog.ts";
import type { RawCell, RawSheet } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import {
	applyProjectAttributes,
	buildProjectAttributesSheet,
	describeProjectAttributes,
	type SampleOfProject,
} from "./project-attributes.ts";

const custom = AttributeType.CUSTOM.id;
const text = (value: string, type_id: number = custom) => ({ type_id, value });

/** `od` is shorter than a name that is typed; `lung_2` came with another request and has less. */
const samples: readonly SampleOfProject[] = [
	{ id: 1, name: "lung_1", attributes: { sex: text("F", AttributeType.SEX.id), dose: text("5"), od: text("0.4") } },
	{ id: 2, name: "lung_2", attributes: { sex: text("M", AttributeType.SEX.id) } },
	{
		id: 3,
		name: "lung_2",
		attributes: { sex: text("M", AttributeType.SEX.id), sample_id: text("old"), constructor: text("Bob") },
	},
];

const sheetOf = (columns: readonly string[], ...rows: RawCell[][]): RawSheet => ({ columns, rows });
const { context, rows } = describeProjectAttributes(samples);
const definition = buildProjectAttributesSheet(context);
const validate = (sheet: RawSheet) => validateSheet(definition, sheet);
const codesOf = (sheet: RawSheet) => validate(sheet).problems.map(({ row, code }) => `${row ?? "*"} ${code}`);
const apply = (sheet: RawSheet) => applyProjectAttributes(samples, validate(sheet));

const stored = sheetOf(
	definition.columns.map((column) => column.label),
	...rows.map((row) => definition.columns.map((column) => row[column.key] ?? null)),
);
const identity = ["Sample Name", "Sample ID"];

describe("the sheet of the attributes of a project", () => {
	it("has the well-known attributes and those that any sample has, and what is stored is right as it stands", () => {
		const well = ["Sex", "Genotype", "Cell Type", "Condition", "Age", "Tissue", "Disease"];
		expect(stored.columns).toEqual([...identity, ...well, "constructor", "dose", "od"]);
		expect(stored.rows[1]).toEqual(["lung_2", "2", "M", ...Array.from({ length: 9 }, () => null)]);
		expect(codesOf(stored)).toEqual([]);
		expect(apply(stored)).toEqual([]);
	});

	it.each<[string, RawSheet, string[]]>([
		[
			"an attribute that all had",
			sheetOf([...identity, "Sex"], ["lung_1", 1, "F"], ["lung_2", 2, null], ["lung_2", 3, "M"]),
			["2 sex.missing"],
		],
		[
			"a new attribute",
			sheetOf([...identity, "Age"], ["lung_1", 1, 10], ["lung_2", 2, 11], ["lung_2", 3, null]),
			["3 age.missing"],
		],
		[
			"one that some lack already",
			sheetOf([...identity, "dose"], ["lung_1", 1, null], ["lung_2", 2, 7], ["lung_2", 3, null]),
			[],
		],
	])("demands values for all samples or for none: %s", (_, sheet, codes) => expect(codesOf(sheet)).toEqual(codes));

	it("refuses short names that are typed, and rows of other samples", () => {
		const line: RawCell[][] = [
			["lung_1", 1, "a"],
			["lung_2", 2, "b"],
			["lung_2", 3, "c"],
		];
		expect(codesOf(sheetOf([...identity, "x1"], ...line))).toEqual(["* attribute.name"]);
		expect(codesOf(sheetOf([...identity, "OD"], ...line))).toEqual([]);
		expect(codesOf(sheetOf([...identity, "Age"], ["lung_1", 1, 1], ["lung_2", 2, 1], ["lung_2", 4, 1]))).toEqual([
			"* rows.unknown",
			"* rows.missing",
		]);
	});

	it("replaces, renames and deletes; an empty cell deletes, and what the sheet cannot show stays", () => {
		const changed = sheetOf(
			[...identity, "Sex", "Drug Dose"],
			["lung_1", 1, "F", "5"],
			["lung_2", 2, "F", "0"],
			["lung_2", 3, "M", "1"],
		);
		expect(apply(changed)).toEqual([
			{ id: 1, attributes: { sex: text("F", AttributeType.SEX.id), drug_dose: text("5") } },
			{ id: 2, attributes: { sex: text("F", AttributeType.SEX.id), drug_dose: text("0") } },
			{ id: 3, attributes: { sex: text("M", AttributeType.SEX.id), drug_dose: text("1"), sample_id: text("old") } },
		]);
		const emptied = sheetOf(identity, ["lung_1", 1], ["lung_2", 2], ["lung_2", 3]);
		expect(apply(emptied).map(({ attributes }) => attributes)).toEqual([null, null, { sample_id: text("old") }]);
	});
});
