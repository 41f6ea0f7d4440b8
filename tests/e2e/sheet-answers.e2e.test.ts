/** The spreadsheet in the browser and the server never disagree about a sheet (requests-and-annotation.md §3). */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleSheets } from "../../packages/domain/fixtures/generated-sheets.ts";
import { launchBrowser } from "./support/browser.ts";
import { answerSheets } from "./support/validate-in-browser.ts";

const corpusSize = 500;
let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});

afterAll(() => browser?.close());

test("the browser gives 500 generated sheets the very answers that the server gives", async () => {
	const { outputFiles } = await build({
		entryPoints: [fileURLToPath(new URL("./support/validate-in-browser.ts", import.meta.url))],
		bundle: true,
		format: "iife",
		globalName: "opengsync",
		target: "es2024",
		write: false,
		logLevel: "error",
	});
	// As the context and the cells come to the page: as JSON.
	const corpus = JSON.stringify(sampleSheets(corpusSize));
	const answers = answerSheets(JSON.parse(corpus));
	expect(new Set(answers).size).toBeGreaterThan(corpusSize / 2);
	expect(answers.filter((answer) => answer.includes('"severity":"error"')).length).toBeGreaterThan(corpusSize / 4);

	const page = await browser.newPage();
	await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
	const shown: unknown = await page.evaluate(`opengsync.answerSheets(JSON.parse(${JSON.stringify(corpus)}))`);
	expect(shown).toEqual(answers);
});
