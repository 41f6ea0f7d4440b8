import { describe, expect, it } from "vitest";
import { allKits, atacKit } from "../../fixtures/index-kits/load-kits.ts";
import type { RawCell } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { kitLabel } from "./kit.ts";
import { buildTenxAtacBarcodeSheet, resolveTenxAtacRows, type TenxAtacContext } from "./tenx-atac-barcode-sheet.ts";

const kit = kitLabel(atacKit);
const sequencesA1 = ["AAACGGCG", "CCTACCAT", "GGCGTTTC", "TTGTAAGA"];
const _ = null;

function validate(rows: readonly (readonly RawCell[])[], context: Partial<TenxAtacContext> = {}) {
	const definition = buildTenxAtacBarcodeSheet({ libraries: [{ name: "a" }], kits: allKits, ...context });
	return validateSheet(definition, { columns: definition.columns.map((column) => column.label), rows });
}

describe("tenx_atac_barcode_input", () => {
	it.each([
		["kit and name", ["a", _, kit, "SI-NA-A1"], 1, atacKit.id],
		["kit and well", ["a", "a01", kit], 1, atacKit.id],
		["four typed sequences", ["a", _, _, _, ...sequencesA1], 3, null],
	])("gives four index rows from %s", (_title, cells, orientationId, kitId) => {
		const sheet = validate([cells]);
		expect(sheet.problems).toEqual([]);
		const [row] = resolveTenxAtacRows(sheet.rows, allKits);
		expect(row?.i7.map((index) => index.sequence)).toEqual(sequencesA1);
		for (const index of row?.i7 ?? []) expect(index).toMatchObject({ orientationId, kitId });
	});

	it.each([
		["kit alone", ["a", _, kit], "address_missing", "missing", ["index_well", "name"]],
		["unknown well", ["a", "Z9", kit], "well_unknown", "invalid", ["index_well"]],
		["unknown name", ["a", _, kit, "SI-XX"], "name_unknown", "invalid", ["name"]],
		["well and name of different adapters", ["a", "A2", kit, "SI-NA-A1"], "well_name_differ", "invalid", ["index_well", "name"]],
		["typed sequence differs", ["a", "A1", kit, _, _, "ACGTACGT"], "sequence_differs", "invalid", ["sequence_2"]],
		["well without kit", ["a", "A1"], "kit_missing", "missing", ["kit"]],
		["name without kit, three sequences", ["a", _, _, "n", "AC", "CA", "GT"], "kit_missing", "missing", ["kit"]],
		[
			"three of four sequences",
			["a", _, _, _, "AC", "CA", "GT"],
			"kit_or_sequence_missing",
			"missing",
			["kit", "name", "sequence_1", "sequence_2", "sequence_3", "sequence_4"],
		],
	])("refuses: %s", (_title, cells, code, kind, columns) => {
		const { problems } = validate([cells]);
		expect(problems).toMatchObject([{ row: 1, code: `index.${code}`, kind, columns }]);
	});

	it("deletes in re-index, and a new name replaces the prefilled sequences", () => {
		const prefilled = {
			libraryId: 7,
			libraryName: "a",
			indexWell: null,
			kit: atacKit.id,
			name: "SI-NA-A1",
			sequences: sequencesA1,
			orientationId: 1,
		} as const;
		const context = { libraries: [{ id: 7, name: "a" }], withLibraryId: true, prefilled: [prefilled] };
		const deleted = validate([[7, "a", "del"]], context);
		expect(deleted.problems).toEqual([]);
		expect(resolveTenxAtacRows(deleted.rows, allKits, context)).toMatchObject([{ isDeleted: true, i7: [] }]);
		const changed = validate([[7, "a", _, kit, "SI-NA-B1", ...sequencesA1]], context);
		expect(changed.problems).toEqual([]);
		expect(resolveTenxAtacRows(changed.rows, allKits, context)[0]?.i7[0]?.sequence).toBe("AGGCTACC");
	});
});
