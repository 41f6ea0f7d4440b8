import { expect, test } from "vitest";
import { buildPooledLibrarySheet } from "../annotation/pooled-library-annotation.ts";
import { buildSampleAnnotationSheet } from "../annotation/sample-annotation.ts";
import { buildSampleAttributeSheet } from "../annotation/sample-attribute-annotation.ts";
import { buildBarcodeInputSheet } from "../indices/barcode-input-sheet.ts";
import { buildTenxAtacBarcodeSheet } from "../indices/tenx-atac-barcode-sheet.ts";
import { isHeaderRow, matchHeaders } from "./match-headers.ts";
import type { SheetDefinition } from "./types.ts";

const indices = buildBarcodeInputSheet({ libraries: [], kits: [] });
const atac = buildTenxAtacBarcodeSheet({ libraries: [], kits: [] });

const keysOf = (definition: SheetDefinition, titles: readonly string[]) =>
	matchHeaders(definition, titles).map((match) => ("column" in match ? `${match.kind} ${match.column.key}` : match.kind));

const oldTitles = [
	"Sample Name",
	"Library Name",
	"Genome",
	"Project",
	"Library Type",
	"Pool",
	"Index Kit",
	"Adapter",
	"Index 1 (i7)",
	"Index 2 (i5)",
	"Index 3",
	"Index 4",
	"",
];

test("columns of an older form are found by their old names", () => {
	const known = (definition: SheetDefinition) => keysOf(definition, oldTitles).filter((match) => match.startsWith("known"));
	expect(known(indices)).toEqual([
		"known library_name",
		"known kit_i7",
		"known name_i7",
		"known sequence_i7",
		"known sequence_i5",
	]);
	expect(known(atac)).toEqual([
		"known library_name",
		"known kit",
		"known name",
		"known sequence_1",
		"known sequence_2",
		"known sequence_3",
		"known sequence_4",
	]);
	expect(known(buildSampleAnnotationSheet())).toEqual(["known sample_name", "known genome_id"]);
	expect(known(buildPooledLibrarySheet({ libraryNames: [] }))).toEqual(["known library_name", "known pool"]);
});

test("an exact title wins over an older one, wherever it stands", () => {
	expect(keysOf(indices, ["Index 1 (i7)", "i7 Sequence"])).toEqual(["repeated sequence_i7", "known sequence_i7"]);
});

test("where columns may be added, every other title becomes a field in lower case", () => {
	const attributes = buildSampleAttributeSheet({ samples: [], customAttributes: [] });
	expect(keysOf(attributes, ["Sample Name", "Cell Type", "Treatment Day", "treatment day", ""])).toEqual([
		"known sample_name",
		"known cell_type",
		"added treatment_day",
		"repeated treatment_day",
		"blank",
	]);
});

test("a pasted header row is told from data", () => {
	expect(isHeaderRow(indices, ["Library Name", "Index 1 (i7)", null])).toBe(true);
	expect(isHeaderRow(indices, ["lung_BULKRNA", "ACGT", null])).toBe(false);
	expect(isHeaderRow(indices, [null, null])).toBe(false);
});
