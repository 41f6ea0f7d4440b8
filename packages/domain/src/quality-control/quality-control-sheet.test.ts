import { describe, expect, it } from "vitest";
import { buildAnySheet } from "../sheets/all-sheets.ts";
import type { RawCell } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { markQualityControl, measurementOfRow } from "./quality-control-sheet.ts";

const definition = buildAnySheet("quality_control", {
	samples: [
		{ id: 11, isMeasured: false },
		{ id: 12, isMeasured: true },
	],
});
const columns = definition.columns.map((column) => column.label);
const validate = (...rows: RawCell[][]) => validateSheet(definition, { columns, rows });
const codes = (...rows: RawCell[][]) => validate(...rows).problems.map((problem) => `${problem.row} ${problem.code}`);
const done: RawCell[] = [12, "b", 20, null, null, null, null];

describe("the QC sheet", () => {
	it("takes what was measured, and leaves what waits", () => {
		const sheet = validate([11, "a", null, null, null, null, null], [12, "b", "48,5", 1850, "8.7", 30, "fine"]);
		expect(sheet.problems).toEqual([]);
		expect(sheet.rows.map(measurementOfRow)).toEqual([
			null,
			{
				sampleId: 12,
				measurement: {
					concentrationNgPerUl: 48.5,
					fragmentSizeBp: 1850,
					integrityNumber: 8.7,
					volumeUl: 30,
					comment: "fine",
				},
			},
		]);
	});

	it("takes 0 for a sample in which nothing was found", () => {
		expect(
			measurementOfRow(validate([11, "a", 0, null, null, null, "empty tube"], done).rows[0] ?? { number: 0, values: {} }),
		).toMatchObject({
			measurement: { concentrationNgPerUl: 0, comment: "empty tube" },
		});
	});

	it.each([
		["values without concentration", [[11, "a", null, 300, null, null, null], done], ["1 concentration.missing"]],
		["a comment alone", [[11, "a", null, null, null, null, "later"], done], ["1 concentration.missing"]],
		[
			"a measured sample emptied",
			[
				[11, "a", 5, null, null, null, null],
				[12, "b", null, null, null, null, null],
			],
			["2 concentration.missing"],
		],
		[
			"impossible numbers",
			[[11, "a", -1, 0, 10.5, -2, null], done],
			["1 concentration.invalid", "1 fragment_size.invalid", "1 integrity.invalid", "1 volume.invalid"],
		],
		["half a base pair", [[11, "a", 1, 300.5, null, null, null], done], ["1 fragment_size.invalid"]],
		["a missing row", [done], ["null rows.missing"]],
		["a foreign sample", [[99, "a", 1, null, null, null, null], done], ["null rows.unknown", "null rows.missing"]],
	] as [string, RawCell[][], string[]][])("refuses %s", (_, rows, expected) => expect(codes(...rows)).toEqual(expected));

	it("marks requests that are only measured", () => {
		expect(markQualityControl("Old RNA", 4)).toBe("Old RNA (QC)");
		expect(markQualityControl("Old RNA", 1)).toBe("Old RNA");
	});
});
