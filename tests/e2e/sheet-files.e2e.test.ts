/** A sheet goes to Excel and back through its page, in Chromium. */

import { readFile } from "node:fs/promises";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { writeTablesWorkbook } from "@opengsync/core/documents/write-tables-workbook";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { cell, openAs } from "./support/steps.ts";

let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	[product, browser] = await Promise.all([startProduct({ args: ["--demo"] }), launchBrowser()]);
	page = await openAs(browser, product.url, "technician@example.org");
}, 300_000);
afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

async function download(entry: string): Promise<readonly (readonly string[])[]> {
	await page.locator("summary", { hasText: "File" }).click();
	const [file] = await Promise.all([page.waitForEvent("download"), page.getByText(entry, { exact: true }).click()]);
	const [sheet] = await readWorkbook(new Uint8Array(await readFile(await file.path())));
	return sheet?.cells ?? [];
}

async function upload(name: string, [columns = [], ...rows]: readonly (readonly string[])[]): Promise<void> {
	const buffer = Buffer.from(await writeTablesWorkbook([{ name: "Libraries", columns, rows }]));
	await page.locator(".sheet-island input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

test("libraries that were changed in Excel come back to their rows; a row of another library is left out and says so", async () => {
	const address = `${product.url}/workflows/edit_libraries/sheet/?library_ids=1-4`;
	await page.goto(address);
	await cell(page, 0, 1).waitFor();
	const [titles = [], ...template] = await download("Excel template");
	const [, ...rows] = await download("Download as Excel");
	expect(rows).toEqual(template);
	expect(rows.map((row) => row[0])).toEqual(["1", "2", "3", "4"]);

	const changed = rows
		.toReversed()
		.map(([id = "", name = "", ...others]) =>
			id === "4"
				? [id, "changed_in_excel", ...others]
				: id === "2"
					? ["9999", "written_to_nobody", ...others]
					: [id, name, ...others],
		);
	await upload("changed.xlsx", [titles, ...changed]);
	await expect.poll(() => cell(page, 3, 1).textContent()).toBe("changed_in_excel");
	await page.getByText('Row 2: The file says "9999" here: its row was left out.').waitFor();
	expect(await cell(page, 1, 1).textContent()).toBe(rows[1]?.[1]);

	await page.getByRole("button", { name: "Save", exact: true }).click();
	await page.getByText("Libraries saved.").waitFor();
	await page.goto(address);
	await expect.poll(() => cell(page, 3, 1).textContent()).toBe("changed_in_excel");
	expect(await cell(page, 1, 1).textContent()).toBe(rows[1]?.[1]);
});
