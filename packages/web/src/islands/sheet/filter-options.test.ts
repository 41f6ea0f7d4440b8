import { expect, test } from "vitest";
import { filterOptions } from "./filter-options.ts";

test("options that begin with what was typed come first, words may stand anywhere", () => {
	const options = ["Not human", "Human (Homo sapiens)", "Mouse (Mus musculus)"];
	expect(filterOptions(options, "hum")).toEqual(["Human (Homo sapiens)", "Not human"]);
	expect(filterOptions(options, "musc mouse")).toEqual(["Mouse (Mus musculus)"]);
	expect(filterOptions(options, "")).toEqual(options);
});
