import fc from "fast-check";
import { type CellStyle, type WriteSheet, writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { lookOf, tintColour } from "./cell-look.ts";
import { zipOf } from "./testing/zip-of.ts";
import { maxViewedRows, viewWorkbook } from "./view-workbook.ts";

const view = async (...sheets: WriteSheet[]) => viewWorkbook(await writeXlsx({ sheets }));

describe("what a workbook looks like", () => {
	it("has every worksheet with texts in their number formats, widths and looks", async () => {
		const styles: Record<string, CellStyle> = {
			"0,0": {
				font: { name: "Arial", size: 14, bold: true, italic: true, underline: true, strikethrough: true, color: { theme: 1 } },
				fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFE6EEF5" } },
				alignment: { horizontal: "center", vertical: "center", textRotation: 45, wrapText: true },
			},
			"1,0": { numFmt: "0.0%" },
			"1,1": { numFmt: "yyyy-mm-dd" },
		};
		const rows = [["Title"], [0.256, new Date("2026-01-02T00:00:00Z"), 0.1 + 0.2, "=1+1"]];
		const cells = new Map(
			Object.entries(styles).map(([at, style]) => {
				const [y = 0, x = 0] = at.split(",").map(Number);
				return [at, { value: rows[y]?.[x] ?? null, style }];
			}),
		);
		const [sheet, secret] = await view(
			{ name: "One", rows, cells, columns: [{ width: 30 }] },
			{ name: "Secret", rows: [["x"]], hidden: true },
		);
		expect(sheet?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
			["Title", "", "", ""],
			["25.6%", "2026-01-02", "0.3", "=1+1"],
		]);
		expect(sheet?.columnWidthsPx).toEqual([215, 64, 64, 64]);
		expect(sheet?.looks[sheet.rows[0]?.[0]?.look ?? -1]).toEqual({
			fontFamily: "Arial",
			fontSizePt: 14,
			isBold: true,
			isItalic: true,
			isUnderlined: true,
			isStruck: true,
			colour: "000000",
			fill: "e6eef5",
			horizontal: "center",
			vertical: "middle",
			rotationDegrees: 45,
			isWrapped: true,
		});
		expect(sheet?.rows[1]?.map((cell) => sheet.looks[cell.look ?? -1]?.horizontal)).toEqual([
			"right",
			"right",
			"right",
			undefined,
		]);
		expect([secret?.name, secret?.isHidden, sheet?.isHidden]).toEqual(["Secret", true, false]);
	});

	it("says when there is more than is shown", async () => {
		const rows = Array.from({ length: maxViewedRows + 5 }, (_, index) => [index]);
		const [long, wide, short] = await view(
			{ name: "Long", rows },
			{ name: "Wide", rows: [Array.from({ length: 300 }, (_, index) => index)] },
			{ name: "Short", rows: [[1]] },
		);
		expect([long?.rows.length, long?.isCut]).toEqual([maxViewedRows, true]);
		expect([wide?.rows[0]?.length, wide?.isCut, short?.isCut]).toEqual([100, true, false]);
	});

	it("is refused for a bomb and for what is no workbook", async () => {
		await expect(viewWorkbook(zipOf("xl/workbook.xml", new Uint8Array(90_000_000)))).rejects.toThrow(/more than is accepted/);
		await expect(viewWorkbook(new TextEncoder().encode("text that is long enough"))).rejects.toThrow(/not an Excel workbook/);
	});
});

describe("the look of a cell", () => {
	it("takes nothing from a file that could do something in a style sheet", () => {
		const font = { name: 'x"; background: url(//example.org)', size: 5000, color: { rgb: "red;}" } };
		expect(lookOf({ font, alignment: { textRotation: 255 } }, [])).toEqual({});
	});

	it.each([
		["4472c4", 0, "4472c4"],
		["4472c4", 0.8, "dae3f3"],
		["4472c4", -0.25, "2f5597"],
		["000000", 0.5, "808080"],
		["ffffff", -0.5, "808080"],
	])("tints %s by %d in HLS space", (rgb, tint, expected) => expect(tintColour(rgb, tint)).toBe(expected));

	it("stays a colour whatever the tint", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 0xffffff }), fc.double({ min: -1, max: 1, noNaN: true }), (number, tint) => {
				expect(tintColour(number.toString(16).padStart(6, "0"), tint)).toMatch(/^[0-9a-f]{6}$/);
			}),
		);
	});
});
