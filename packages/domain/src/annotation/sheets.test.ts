import { expect, test } from "vitest";
import { LibraryType, MuxType, ServiceType } from "../catalog.ts";
import type { CellValue, RawCell, RawSheet, SheetDefinition } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { buildCustomAssaySheet } from "./custom-assay-annotation.ts";
import { buildDefineMuxSamplesSheet, namePoolsByRowOrder } from "./define-mux-samples.ts";
import { buildFeatureSheet } from "./feature-annotation.ts";
import { buildFlexMuxSheet } from "./flex-mux-annotation.ts";
import { buildOcmSheet } from "./ocm-annotation.ts";
import { buildOligoMuxSheet } from "./oligo-mux-annotation.ts";
import { buildParseCrisprGuideSheet } from "./parse-crispr-guide-annotation.ts";
import { buildParseMuxSheet } from "./parse-mux-annotation.ts";
import { buildPooledLibrarySheet } from "./pooled-library-annotation.ts";
import { buildSampleAttributeSheet } from "./sample-attribute-annotation.ts";
import { buildVisiumSheet } from "./spatial-annotation.ts";
import { antibodyKit, oligoKit, sheet, shorten } from "./test-runs.ts";

const judge = (definition: SheetDefinition, raw: RawSheet) => shorten(validateSheet(definition, raw).problems);
const valuesOf = (definition: SheetDefinition, raw: RawSheet, column: string): (CellValue | undefined)[] =>
	validateSheet(definition, raw).rows.map((row) => row.values[column]);

const muxContext = (...rows: readonly (readonly [string, string])[]) => ({
	rows: rows.map(([sampleName, pool]) => ({ sampleName, pool })),
	serviceTypeId: null,
});

// sample_attribute_annotation
const attributes = buildSampleAttributeSheet({
	samples: [
		{ name: "lung_1", id: null },
		{ name: "lung_2", id: 4 },
	],
	customAttributes: [],
});
const attributeHeader = ["Sample Name", "Sample ID", "Sex", "Age", "Tissue"];

test("an attribute is given for all samples or for none; empty columns do not matter", () => {
	const raw = sheet(attributeHeader, ["lung_1", "new", "F", 10, null], ["lung_2", "4", "M", null, null]);
	expect(judge(attributes, raw)).toEqual(["2 missing age"]);
	expect(judge(attributes, sheet(attributeHeader, ["lung_1", "new", "F", 10, null], ["lung_2", "4", "M", 11, null]))).toEqual([]);
});

test.each([
	["too short", ["Sample Name", "x1"], ["lung_1", "a"], ["* invalid x1"]],
	["given twice", ["Sample Name", "Day", "day"], ["lung_1", "a", "b"], ["* duplicate day"]],
	["longer than a database takes", ["Sample Name", "d".repeat(65)], ["lung_1", "a"], [`* invalid ${"d".repeat(65)}`]],
])("a column name that is %s is refused before anything else", (_name, header, row, problems) => {
	expect(judge(attributes, sheet(header, row))).toEqual(problems);
});

test("samples that are missing, unknown or doubled are named", () => {
	const raw = sheet(["Sample Name"], ["lung_1"], ["lung_1"], ["liver"]);
	const { problems } = validateSheet(attributes, raw);
	expect(problems.map((problem) => problem.code)).toEqual(["rows.repeated", "rows.unknown", "rows.missing"]);
	expect(problems.at(-1)?.message).toContain("lung_2");
});

// define_mux_samples
const muxSamples = buildDefineMuxSamplesSheet({
	serviceTypeId: ServiceType.TENX_SC_GEX_3PRIME.id,
	sampleNames: ["brain_1", "lung_1", "heart_1"],
	libraryTypeIds: [LibraryType.TENX_SC_GEX_3PRIME.id],
	existingLibraries: [],
});

test("every example of the multiplexing pools is judged as the specification says", () => {
	const raw = sheet(
		["Sample Name", "Multiplexing Pool"],
		["brain_1", "pool_1"],
		["lung_1", "pool_1"],
		["brain_1", "pool_2"],
		["brain_1", "pool_1"],
		["heart_1", null],
		["heart_1", "p1"],
	);
	expect(judge(muxSamples, raw)).toEqual(["4 duplicate sample_name,pool", "5 missing pool", "6 invalid pool"]);
});

test("a sample without any pool row and a library that the request has already are found together", () => {
	const definition = buildDefineMuxSamplesSheet({
		serviceTypeId: ServiceType.TENX_SC_GEX_3PRIME.id,
		sampleNames: ["brain_1", "lung_1"],
		libraryTypeIds: [LibraryType.TENX_SC_GEX_3PRIME.id],
		existingLibraries: [{ sampleName: "brain_1", libraryTypeId: LibraryType.TENX_SC_GEX_3PRIME.id }],
	});
	expect(judge(definition, sheet(["Sample Name", "Multiplexing Pool"], ["brain_1", "pool_1"]))).toEqual([
		"1 duplicate sample_name",
		"* missing sample_name",
	]);
});

test.each([
	[ServiceType.TENX_SC_4_PLEX_FLEX.id, ["flex_pool_1", "flex_pool_1", "flex_pool_1", "flex_pool_1", "flex_pool_2"]],
	[ServiceType.TENX_SC_16_PLEX_FLEX.id, Array(5).fill("flex_pool_1")],
	[ServiceType.TENX_SC_GEX_3PRIME.id, ["hto_pool_1", "hto_pool_2", "hto_pool_3", "hto_pool_4", "hto_pool_5"]],
])("without any pool, service %i fills the pools by row order", (serviceTypeId, names) => {
	expect(namePoolsByRowOrder(serviceTypeId, 5)).toEqual(names);
});

// custom_assay_annotation
test("custom libraries: every pool, no type twice, oligo libraries only with oligo multiplexing", () => {
	const definition = buildCustomAssaySheet({
		samplePools: [
			{ name: "pool_1", sampleNames: ["brain_1"] },
			{ name: "pool_2", sampleNames: ["lung_1"] },
			{ name: "pool_3", sampleNames: ["heart_1"] },
		],
		muxTypeId: MuxType.TENX_ON_CHIP.id,
		existingLibraries: [{ sampleName: "lung_1", libraryTypeId: LibraryType.CUT_AND_RUN.id }],
	});
	const raw = sheet(
		["Sample Name (Pool)", "Library Type"],
		["pool_1", "10X Visium Gene Expression"],
		["pool_1", "10X Visium Gene Expression"],
		["pool_1", "10X Multiplexing Oligo Capture"],
		["pool_2", "Cut & Run"],
	);
	expect(judge(definition, raw)).toEqual([
		"* missing sample_pool",
		"2 duplicate sample_pool,library_type_id",
		"3 invalid library_type_id",
		"4 duplicate library_type_id",
	]);
});

// oligo_mux_annotation
const oligoLabel = "[TOTALSEQC-MUX-Hu] TotalSeq-C hashtags";
const oligoHeader = ["Sample Name", "Multiplexing Pool", "Kit", "Feature", "Sequence", "Pattern", "Read"];
type OligoCells = readonly [string, string, ...RawCell[]];
const judgeOligos = (...rows: readonly OligoCells[]) =>
	judge(
		buildOligoMuxSheet({ rows: rows.map(([sampleName, pool]) => ({ sampleName, pool })), kits: [oligoKit] }),
		sheet(oligoHeader, ...rows),
	);

test("every example of the oligos is judged as the specification says", () => {
	const problems = judgeOligos(
		["lung_A", "cmo_A", oligoLabel, "TotalSeq-C0251"],
		["heart_A", "cmo_A", oligoLabel, "TotalSeq-C0251"],
		["lung_B", "cmo_B", oligoLabel, "TotalSeq-C0251"],
		["heart_B", "cmo_B", null, null, "CATGCCAATAGAGCG", "5P(BC)", "R2"],
		["kidney_B", "cmo_B", null, null, "CATGCC", null, "R2"],
		["brain_B", "cmo_B", oligoLabel, "C9999"],
	);
	expect(problems).toEqual([
		"2 duplicate kit,feature,barcode,pattern,read",
		"5 missing kit,feature,barcode,pattern,read",
		"6 invalid feature",
	]);
});

test("own values that contradict the kit are marked, equal ones are not", () => {
	expect(judgeOligos(["lung_A", "cmo_A", oligoLabel, "TotalSeq-C0251", "ACGT", null, "R1"])).toEqual(["1 invalid barcode,read"]);
	expect(judgeOligos(["lung_A", "cmo_A", oligoLabel, "TotalSeq-C0251", "gtcaactctttagcg", null, "R2"])).toEqual([]);
});

test("an oligo typed by hand equals the same one of a kit", () => {
	const problems = judgeOligos(
		["lung_A", "cmo_A", oligoLabel, "TotalSeq-C0251"],
		["heart_A", "cmo_A", null, null, "GTCAACTCTTTAGCG", "5PNNNNNNNNNN(BC)", "R2"],
	);
	expect(problems).toEqual(["2 duplicate kit,feature,barcode,pattern,read"]);
});

// ocm, flex, parse
test("on-chip barcodes are brought into shape; wrong ones and doubles are marked", () => {
	const definition = buildOcmSheet(muxContext(["a", "ocm_1"], ["b", "ocm_1"], ["c", "ocm_1"], ["d", "ocm_2"]));
	const header = ["Sample Name", "Multiplexing Pool", "Barcode ID"];
	const raw = sheet(header, ["a", "ocm_1", "ob1"], ["b", "ocm_1", "5"], ["c", "ocm_1", "2; 1"], ["d", "ocm_2", "OB1"]);
	expect(judge(definition, raw)).toEqual(["3 duplicate barcode_id", "2 invalid barcode_id"]);
	expect(valuesOf(definition, raw, "barcode_id")).toEqual(["OB1", "OB5", "OB1;OB2", "OB1"]);
});

test("a probe barcode is used once in a pool; unusual ones are only pointed out", () => {
	const rows = muxContext(["a", "flex_A"], ["b", "flex_A"], ["c", "flex_A"]).rows;
	const definition = buildFlexMuxSheet({ rows, serviceTypeId: ServiceType.TENX_SC_4_PLEX_FLEX.id });
	const header = ["Sample Name", "Multiplexing Pool", "Barcode ID"];
	const raw = sheet(header, ["a", "flex_A", "BC001;BC002"], ["b", "flex_A", "bc002"], ["c", "flex_A", "BC007"]);
	expect(judge(definition, raw)).toEqual(["2 duplicate barcode_id", "warning: 3 invalid barcode_id"]);
});

test("plate-based probes are expected with Flex Apex only", () => {
	const rows = muxContext(["a", "flex_A"]).rows;
	const raw = sheet(["Sample Name", "Multiplexing Pool", "Barcode ID"], ["a", "flex_A", "a-a01"]);
	expect(judge(buildFlexMuxSheet({ rows, serviceTypeId: ServiceType.TENX_SC_FLEX_V2.id }), raw)).toEqual([]);
	expect(judge(buildFlexMuxSheet({ rows, serviceTypeId: ServiceType.TENX_SC_16_PLEX_FLEX.id }), raw)).toHaveLength(1);
});

test("no well text occurs twice in a Parse pool", () => {
	const definition = buildParseMuxSheet(muxContext(["a", "sub_1"], ["b", "sub_1"], ["c", "sub_2"]));
	const raw = sheet(
		["Sample Name", "Multiplexing Pool", "Well"],
		["a", "sub_1", "a1-a4"],
		["b", "sub_1", "A1-A4"],
		["c", "sub_2", "A1-A4"],
	);
	expect(judge(definition, raw)).toEqual(["2 duplicate well"]);
});

test("rows of barcodes may come back in another order, but not for other samples", () => {
	const definition = buildOcmSheet(muxContext(["a", "ocm_1"], ["b", "ocm_1"]));
	const header = ["Sample Name", "Multiplexing Pool", "Barcode ID"];
	expect(judge(definition, sheet(header, ["b", "ocm_1", "1"], ["a", "ocm_1", "2"]))).toEqual([]);
	expect(judge(definition, sheet(header, ["b", "ocm_1", "1"], ["a", "ocm_2", "2"]))).toEqual([
		"* invalid sample_name,pool",
		"* missing sample_name,pool",
	]);
});

test("every library has a pool with a name of at least 4 characters", () => {
	const definition = buildPooledLibrarySheet({ libraryNames: ["a_WGS", "b_WGS"] });
	expect(judge(definition, sheet(["Library Name", "Pool"], ["a_WGS", "p"], ["b_WGS", null]))).toEqual([
		"1 invalid pool",
		"2 missing pool",
	]);
});

// feature_annotation
const features = buildFeatureSheet({ samplePools: ["s1", "s2"], kits: [antibodyKit] });
const antibodyLabel = "[199902] TotalSeq-B panel";
const featureHeader = ["Sample Name", "Kit", "Identifier", "Feature", "Sequence", "Pattern", "Read"];
const judgeFeatures = (...rows: readonly (readonly RawCell[])[]) => judge(features, sheet(featureHeader, ...rows));

test.each([
	["a whole kit for all", [[null, antibodyLabel]], []],
	["one sample without features", [["s1", antibodyLabel, "B0014"]], ["* missing sample_name"]],
	[
		"a custom feature",
		[
			[null, antibodyLabel],
			["s1", null, "230", "custom-230", "TGGCTTCAGGTCCTA", "5P(BC)", "R2"],
		],
		[],
	],
	[
		"the same sequence twice in a library",
		[
			["s2", antibodyLabel],
			["s1", null, "230", "custom-230", "TGGCTTCAGGTCCTA", "5P(BC)", "R2"],
			["s1", null, "231", "custom-231", "TGGCTTCAGGTCCTA", "5P(BC)", "R2"],
		],
		["3 duplicate sequence,pattern,read"],
	],
	[
		"neither kit nor complete custom feature",
		[
			["s1", antibodyLabel],
			["s2", null, null, "custom-9", "TGGCTTCAGG", null, "R2"],
		],
		["2 missing kit,feature,sequence,pattern,read"],
	],
	["an identifier that the kit lacks", [[null, antibodyLabel, "B9999"]], ["1 invalid identifier"]],
	["a feature that the kit lacks", [[null, antibodyLabel, null, "CD4"]], ["1 invalid feature"]],
	["a sample that has no antibody library", [["s9", antibodyLabel]], ["1 invalid sample_name"]],
	["a sequence that differs from the kit's", [[null, antibodyLabel, "B0014", null, "ACGT"]], ["1 invalid sequence"]],
	[
		"the identical row twice",
		[
			[null, antibodyLabel],
			[null, antibodyLabel],
		],
		["2 duplicate sample_name,kit,identifier,feature,sequence,pattern,read"],
	],
	[
		"an identifier twice for the same sample",
		[
			[null, antibodyLabel, "B0014"],
			[null, null, "B0014", "other", "ACGT", "5P(BC)", "R2"],
		],
		["2 duplicate identifier"],
	],
	[
		"a custom feature of all libraries again for one",
		[
			[null, null, null, "one", "ACGT", "5P(BC)", "R2"],
			["s2", null, null, "two", "ACGT", "5P(BC)", "R2"],
		],
		["2 duplicate sequence,pattern,read"],
	],
])("features: %s", (_name, rows, problems) => {
	expect(judgeFeatures(...rows)).toEqual(problems);
});

// spatial, guides
test("every example of Visium is judged as the specification says", () => {
	const definition = buildVisiumSheet({ samplePools: ["V1", "V2"] });
	const raw = sheet(
		["Sample Name", "Image", "Slide", "Area", "H&E Image"],
		["V1", "v1.tif", "V01A01-111", "A1", "v1_he.tif"],
		["V2", "v2.tif", null, "A1", null],
		["V1", "x.tif", "V01A01-111", "B1", null],
	);
	expect(judge(definition, raw)).toEqual(["1 duplicate sample_name", "3 duplicate sample_name", "2 missing slide"]);
});

test("guides are complete and their names unique", () => {
	const header = ["Guide Name", "Target Gene", "Prefix", "Guide Sequence", "Suffix"];
	const raw = sheet(header, ["g1", "TP53", "A", "C", "G"], ["g1", "TP53", null, "C", "G"]);
	expect(judge(buildParseCrisprGuideSheet(), raw)).toEqual([
		"1 duplicate guide_name",
		"2 duplicate guide_name",
		"2 missing prefix",
	]);
});
