import { expect, test } from "vitest";
import { buildPooledLibrarySheet } from "../annotation/pooled-library-annotation.ts";
import { genomeOptions } from "../annotation/sample-annotation.ts";
import { sheet } from "../annotation/test-runs.ts";
import { suggestOption } from "./suggest-option.ts";
import { validateSheet } from "./validate-sheet.ts";

test.each([
	["human", "Human (Homo sapiens)"],
	["MOUSE", "Mouse (Mus musculus)"],
	["homo sapiens", "Human (Homo sapiens)"],
	["Humna", "Human (Homo sapiens)"],
	["e coli", "E. Coli (Escherichia coli)"],
	["sars-cov-2", "Covid (SARS-CoV-2)"],
	["zebrafish", null],
	["u", null],
	["", null],
])("who types %j is offered %j", (text, label) => {
	expect(suggestOption(genomeOptions, text)).toBe(label);
});

const libraries = ["lung_1_WGS", "lung_10_WGS", "lung_11_WGS"];

test("a sample's name finds its library, not that of sample 10", () => {
	const options = libraries.map((label) => ({ value: label, label }));
	expect(suggestOption(options, "lung_1")).toBe("lung_1_WGS");
	expect(suggestOption(options, "lung")).toBeNull();
});

test("a library list pasted from an older table is mended row by row", () => {
	const raw = sheet(["Library Name", "Pool"], ["lung_1", "tube_1"], ["lung_10", "tube_1"], ["lung_11_WGS", "tube_1"]);
	const { problems } = validateSheet(buildPooledLibrarySheet({ libraryNames: libraries }), raw);
	expect(problems.map((problem) => problem.repair?.cells[0]?.value)).toEqual(["lung_1_WGS", "lung_10_WGS", undefined]);
});

test("a whole wrong column of 1,536 rows gets a suggestion in every row", () => {
	const libraryNames = Array.from({ length: 1536 }, (_, index) => `sample_${index}_WGS`);
	const raw = { columns: ["Library Name", "Pool"], rows: libraryNames.map((_name, index) => [`sample_${index}`, "tube_1"]) };
	const { problems } = validateSheet(buildPooledLibrarySheet({ libraryNames }), raw);
	expect(problems).toHaveLength(1537);
	expect(problems.filter((problem) => problem.repair).length).toBeGreaterThanOrEqual(1536);
});
