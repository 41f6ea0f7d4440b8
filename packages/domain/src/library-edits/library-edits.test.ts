import { describe, expect, it } from "vitest";
import type { FeatureKitFact } from "../annotation/facts.ts";
import { FeatureType, GenomeRef, LibraryType, MuxType, ServiceType } from "../catalog.ts";
import { buildAnySheet } from "../sheets/all-sheets.ts";
import type { RawCell, RawSheet, SheetDefinition } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { buildLibraryFeaturesSheet, resolveLibraryFeatures, rowsOfFeatures, type StoredFeature } from "./library-features.ts";
import { buildLibraryMuxSheet, type LibraryMuxContext, muxSheetKind, readLibraryMux } from "./library-mux.ts";
import {
	buildLibraryPropertiesSheet,
	buildPropertyTableSheet,
	cellsOfProperties,
	editableProperties,
	mergeProperties,
	type PropertyTableContext,
	readPropertyTable,
} from "./library-properties.ts";
import { buildLibraryTableSheet, cellsOfLibrary, type LibraryTableRow, libraryOfRow } from "./library-table.ts";

const raw = (definition: SheetDefinition, rows: readonly Readonly<Record<string, RawCell>>[]): RawSheet => ({
	columns: definition.columns.map((column) => column.label),
	rows: rows.map((row) => definition.columns.map((column) => row[column.key] ?? null)),
});
const codesOf = (definition: SheetDefinition, rows: readonly Readonly<Record<string, RawCell>>[]) =>
	validateSheet(definition, raw(definition, rows)).problems.map(({ row, code }) => `${row ?? "-"} ${code}`);

describe("the table of libraries (requests-and-annotation.md §10)", () => {
	const one: LibraryTableRow = {
		id: 7,
		sampleName: "liver_1",
		name: "liver_1_RNA",
		typeId: LibraryType.BULK_RNA_SEQ.id,
		genomeRefId: GenomeRef.HUMAN.id,
		serviceTypeId: ServiceType.BULK_RNA_SEQ.id,
		nucleiIsolation: true,
	};
	const old = { ...one, id: 9, sampleName: "ä", name: "old name" };
	const sheet = buildLibraryTableSheet({ libraries: [one, old] });
	const rows = [cellsOfLibrary(one), cellsOfLibrary(old)];

	it("gives back unchanged what was stored, odd names of an older database included", () => {
		const checked = validateSheet(sheet, raw(sheet, rows));
		expect(checked.problems).toEqual([]);
		expect(checked.rows.map(libraryOfRow)).toEqual([one, old]);
	});
	it.each([
		["a short name", { sample_name: "abc" }, ["1 sample_name.invalid"]],
		["a name with a space", { library_name: "two words" }, ["1 library_name.invalid"]],
		["a name of 87 characters", { library_name: "x".repeat(87) }, ["1 library_name.invalid"]],
		["a name of 86 characters", { library_name: "x".repeat(86) }, []],
		["a sample name of 65 characters", { sample_name: "x".repeat(65) }, ["1 sample_name.invalid"]],
		["no genome", { genome_ref_id: null }, ["1 genome_ref_id.missing"]],
		["a type that there is not", { library_type_id: "Sourdough" }, ["1 library_type_id.invalid"]],
		["nuclei neither yes nor no", { nuclei: "maybe" }, ["1 nuclei.invalid"]],
		["the id of a library that was not chosen", { library_id: 8 }, ["- rows.unknown", "- rows.missing"]],
		["the id of another chosen library", { library_id: 9 }, ["- rows.repeated", "- rows.missing"]],
	])("refuses or takes %s", (_, change, expected) => {
		expect(codesOf(sheet, [{ ...cellsOfLibrary(one), ...change }, cellsOfLibrary(old)])).toEqual(expected);
	});
	it("refuses a library that is missing", () => expect(codesOf(sheet, rows.slice(0, 1))).toEqual(["- rows.missing"]));
});

describe("the features of an antibody library", () => {
	const feature = (id: number, identifier: string | null, name: string): StoredFeature & { kitId: number } => ({
		id,
		kitId: 1,
		identifier,
		name,
		sequence: "ACGT".repeat(3) + "ACGT"[id % 4],
		pattern: "5P(BC)",
		read: "R2",
	});
	const features = [feature(1, "B1", "CD3"), feature(2, "B2", "CD4"), feature(3, "B3", "CD4")];
	const kit: FeatureKitFact = { id: 1, identifier: "K1", name: "Panel", typeId: FeatureType.ANTIBODY.id, features };
	const custom: StoredFeature = { ...feature(9, null, "mine"), kitId: null, sequence: "TTTTTTTTTTTTTTT" };
	const sheet = buildLibraryFeaturesSheet({ kits: [kit] });
	const resolve = (stored: readonly StoredFeature[]) => {
		const checked = validateSheet(sheet, raw(sheet, rowsOfFeatures(stored, [kit])));
		expect(checked.problems).toEqual([]);
		return resolveLibraryFeatures(checked.rows, [kit], () => undefined).map(({ id, name }) => id ?? name);
	};

	it.each([
		["a whole kit", features, [1, 2, 3]],
		["one feature of a kit", features.slice(0, 1), [1]],
		["two features of a kit with the same name", features.slice(1), [2, 3]],
		["a custom feature beside a kit", [...features, custom], [1, 2, 3, "mine"]],
	])("shows %s so that saving it unchanged loses nothing", (_, stored, expected) => {
		expect(resolve(stored)).toEqual(expected);
	});
	it.each([
		["nothing", [], ["- sheet.empty"]],
		["an unknown identifier", [{ kit: "[K1] Panel", identifier: "B77" }], ["1 identifier.invalid"]],
		["an incomplete feature of one's own", [{ feature: "mine", sequence: "ACGT" }], ["1 kit.missing"]],
		["own values beside a whole kit", [{ kit: "[K1] Panel", sequence: "ACGT" }], ["1 sequence.invalid"]],
		["the same kit twice", [{ kit: "[K1] Panel" }, { kit: "[K1] Panel" }], ["2 kit.duplicate"]],
		["a name too short to be stored", [{ feature: "H2", sequence: "ACGT", pattern: "5P", read: "R2" }], ["1 feature.invalid"]],
		["a sequence that is none", [{ feature: "xyz", sequence: "ACGU", pattern: "5P", read: "R2" }], ["1 sequence.invalid"]],
	])("refuses %s", (_, rows, expected) => expect(codesOf(sheet, rows)).toEqual(expected));
});

describe("the properties of one library", () => {
	const sheet = buildLibraryPropertiesSheet({ protectedNames: ["crispr_guides", "nested"] });
	it.each([
		["nothing at all", [], []],
		["a property without value", [{ property: "slide" }], ["1 value.missing"]],
		["a value without property", [{ value: "V01" }], ["1 property.missing"]],
		[
			"the same property twice",
			[
				{ property: "a", value: "1" },
				{ property: "a", value: "2" },
			],
			["1 property.duplicate", "2 property.duplicate"],
		],
		["a name of 65 characters", [{ property: "x".repeat(65), value: "1" }], ["1 property.invalid"]],
		["a value of 1025 characters", [{ property: "a", value: "x".repeat(1025) }], ["1 value.invalid"]],
		["the list of guides", [{ property: "crispr_guides", value: "none" }], ["1 property.invalid"]],
		["a formula, which is a text", [{ property: "a", value: "=1+1" }], []],
	])("takes or refuses %s", (_, rows, expected) => expect(codesOf(sheet, rows)).toEqual(expected));

	it("keep guides and whatever else is no text", () => {
		const stored = { crispr_guides: [{ guide_name: "g" }], nested: { a: 1 }, slide: "V01", gone: "x" };
		expect([...editableProperties(stored)]).toEqual([
			["slide", "V01"],
			["gone", "x"],
		]);
		expect(mergeProperties(stored, new Map([["slide", "V02"]]))).toEqual({
			crispr_guides: [{ guide_name: "g" }],
			nested: { a: 1 },
			slide: "V02",
		});
		expect(mergeProperties({ slide: "V01" }, new Map())).toBeNull();
		expect(mergeProperties(null, new Map([["__proto__", "x"]]))).toHaveProperty("__proto__", "x");
	});
});

describe("the properties of many libraries", () => {
	const libraries = [
		{ id: 1, name: "lib_1", properties: { Slide: "V01", area: "A1", crispr_guides: [] } },
		{ id: 2, name: "lib_2", properties: { Slide: "V02" } },
	];
	const context: PropertyTableContext = {
		libraries,
		properties: ["Slide", "area"],
		protectedNames: ["crispr_guides"],
	};
	const sheet = buildPropertyTableSheet(context);
	const initial = raw(sheet, libraries.map(cellsOfProperties));
	const read = (change: (sheet: RawSheet) => RawSheet) => {
		const checked = validateSheet(sheet, change(initial));
		return {
			codes: checked.problems.map((problem) => problem.code),
			values: [...readPropertyTable(checked)].map(([id, map]) => [id, Object.fromEntries(map)]),
		};
	};
	const rename = (from: string, to: string) => (sheet: RawSheet) => ({
		...sheet,
		columns: sheet.columns.map((column) => (column === from ? to : column)),
	});

	it("are given back unchanged, in their own spelling", () => {
		expect(read((same) => same)).toEqual({
			codes: [],
			values: [
				[1, { Slide: "V01", area: "A1" }],
				[2, { Slide: "V02" }],
			],
		});
	});
	it("follow columns that are renamed or deleted", () => {
		expect(read(rename("area", "Capture Area")).values).toEqual([
			[1, { Slide: "V01", capture_area: "A1" }],
			[2, { Slide: "V02" }],
		]);
		const without = read((all) => ({ columns: all.columns.slice(0, 3), rows: all.rows.map((row) => row.slice(0, 3)) }));
		expect(without).toEqual({
			codes: [],
			values: [
				[1, { Slide: "V01" }],
				[2, { Slide: "V02" }],
			],
		});
	});
	it.each([
		["a name of 65 characters", "x".repeat(65), ["property.name"]],
		["the name of the guides", "CRISPR guides", ["property.name"]],
		["the name of another column", "Slide", ["columns.duplicate"]],
		["the name of the id", "library_id", ["columns.duplicate"]],
	])("refuse %s as a title", (_, title, expected) => expect(read(rename("area", title)).codes).toEqual(expected));
	it("are never written to a library that is not in the table", () => {
		const foreign = read((all) => ({ ...all, rows: [...all.rows, [3, "lib_3", "V03", "A1"]] }));
		expect(foreign.codes).toEqual(["rows.unknown"]);
	});
});

describe("the multiplexing of one library (lab-workflows.md §10.5)", () => {
	it.each([
		["oligo", MuxType.TENX_OLIGO.id, LibraryType.TENX_MUX_OLIGO.id],
		["oligo", MuxType.TENX_ABC_HASH.id, LibraryType.TENX_ANTIBODY_CAPTURE.id],
		["flex", MuxType.TENX_FLEX_PROBE.id, LibraryType.TENX_SC_GEX_FLEX.id],
		["flexAntibody", MuxType.TENX_FLEX_PROBE.id, LibraryType.TENX_SC_ABC_FLEX.id],
		["onChip", MuxType.TENX_ON_CHIP.id, LibraryType.TENX_SC_GEX_3PRIME.id],
		["wells", MuxType.PARSE_WELLS.id, LibraryType.PARSE_SC_CRISPR.id],
		[null, null, LibraryType.BULK_RNA_SEQ.id],
	])("has the sheet %s", (expected, muxTypeId, typeId) => expect(muxSheetKind({ muxTypeId, typeId })).toBe(expected));

	const samples = [
		{ id: 1, name: "same name" },
		{ id: 2, name: "same name" },
	];
	const rowsWith = (barcodes: readonly RawCell[]) =>
		barcodes.map((barcode, index) => ({ sample_id: index + 1, library_id: 5, sample_name: "same name", barcode }));
	it.each<[string, LibraryMuxContext["kind"], RawCell[], string[], (string | null)[]]>([
		["probes are cleaned and sorted", "flex", [" bc002; BC001 ", "BC003"], [], ["BC001;BC002", "BC003"]],
		["a cleared probe is taken away", "flex", ["BC001", null], [], ["BC001", null]],
		["a probe of another kit only warns", "flex", ["BC099", "A-A01"], ["1 barcode.unusual"], ["BC099", "A-A01"]],
		["the same probe twice", "flex", ["BC001;BC002", "BC002"], ["2 barcode.duplicate"], ["BC001;BC002", "BC002"]],
		["antibody probes are AB", "flexAntibody", ["AB001", "BC002"], ["2 barcode.unusual"], ["AB001", "BC002"]],
		["chip barcodes are completed", "onChip", ["1;ob3", "2"], [], ["OB1;OB3", "OB2"]],
		["the chip has four", "onChip", ["OB5", "OB1"], ["1 barcode.invalid"], ["OB5", "OB1"]],
		["the chip needs all", "onChip", ["OB1", null], ["2 barcode.missing"], ["OB1", null]],
		["wells are free text", "wells", ["a1-a4", "B1"], [], ["A1-A4", "B1"]],
		["the same wells twice", "wells", ["A1", "a1"], ["2 barcode.duplicate"], ["A1", "A1"]],
	])("%s", (_, kind, barcodes, codes, values) => {
		const sheet = buildLibraryMuxSheet({ kind, libraryId: 5, serviceTypeId: null, samples });
		expect(codesOf(sheet, rowsWith(barcodes))).toEqual(codes);
		expect([...readLibraryMux(validateSheet(sheet, raw(sheet, rowsWith(barcodes)))).values()]).toEqual(values);
	});
});

it("the browser builds these sheets from JSON, and the annotation's too", () => {
	expect(buildAnySheet("library_properties", JSON.parse('{"protectedNames":[]}')).title).toBe("Properties");
	expect(buildAnySheet("sample_annotation", {}).name).toBe("sample_annotation");
	expect(() => buildAnySheet("constructor", {})).toThrow(/no sheet/);
});
