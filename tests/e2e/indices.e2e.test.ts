/** Indices mended in Chromium: re-index with real Ctrl+V, then the index check, then the clash page. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { cell, confirmYes, nextStep, openAs, paste } from "./support/steps.ts";

/** A request of the demonstration with two pools of two libraries, all with indices of one dual kit. */
const requestName = "Amplicons of waste water";

let product: Product;
let browser: Browser;
let page: Page;
let request: string;

beforeAll(async () => {
	product = await startProduct({ args: ["--demo"] });
	browser = await launchBrowser();
	page = await openAs(browser, product.url, "bioinformatician@example.org");
	request = await findRequest();
}, 240_000);

afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

async function findRequest(): Promise<string> {
	for (let id = 20; id < 60; id++) {
		const address = `${product.url}/seq_requests/${id}/`;
		const answer = await page.request.get(address);
		if (answer.ok() && (await answer.text()).includes(requestName)) return address;
	}
	throw new Error(`The demonstration has no request "${requestName}".`);
}

async function start(workflow: string): Promise<void> {
	await page.goto(request);
	await page.locator("summary", { hasText: "Manage" }).click();
	await page.getByRole("button", { name: workflow, exact: true }).click();
	await page.locator("form.step-form").waitFor();
}

async function complete(message: RegExp): Promise<void> {
	await page.getByRole("button", { name: "Complete", exact: true }).click();
	await confirmYes(page);
	await page.getByText(message).first().waitFor();
}

test("indices are replaced and deleted by pasting, and only those of the chosen libraries", async () => {
	await start("Re-index");
	await page.getByRole("searchbox", { name: "Search Libraries" }).fill("lane1");
	await page.getByRole("button", { name: "Select all shown" }).click();
	await expect.poll(() => page.locator("input[name=library_ids]:checked").count()).toBe(2);
	await nextStep(page, "Indices");
	await cell(page, 0, 0).waitFor();
	expect(await cell(page, 0, 5).textContent()).toMatch(/^[ACGT]{10}$/);
	await paste(page, [["del"], ["C1"]], 0, 2);
	await page.getByText("No problems found.").waitFor();
	await nextStep(page, "Review");
	await page.getByText("deleted", { exact: true }).waitFor();
	await complete(/Indices of 2 libraries changed; 1 of them has none any more/);
	await page.goto(`${request}clashes/`);
	await page.getByText("Library has no index").waitFor();
	expect(await page.locator(".clash-group").count()).toBe(2);
}, 120_000);

test("typed sequences are matched, and the index check turns round what was written in reverse", async () => {
	await start("Re-index");
	await page.getByRole("searchbox", { name: "Search Libraries" }).fill("lane1_1");
	await page.getByRole("button", { name: "Select all shown" }).click();
	await nextStep(page, "Indices");
	await cell(page, 0, 0).waitFor();
	await paste(page, [["AAACCCGGGT"]], 0, 5);
	await nextStep(page, "Match Indices");
	await page.locator("[name=kit_i7]").selectOption("custom");
	await page.locator("[name=orientation_i7]").selectOption("unknown");
	await page.locator("[name=primer_i7]").fill("ACGTACGTACGT");
	await nextStep(page, "Review");
	await complete(/Indices of 1 library changed/);

	await start("Index check");
	await cell(page, 0, 0).waitFor();
	expect(await cell(page, 0, 2).textContent()).toContain("AAACCCGGGT");
	await paste(page, [["Reverse Complement"]], 0, 3);
	await nextStep(page, "Review");
	await page.getByText("ACCCGGGTTT (Forward (Validated))").waitFor();
	await complete(/Indices checked: 1; changed: 1/);
	await page.goto(`${request}clashes/`);
	await page.getByText("ACCCGGGTTT").first().waitFor();
}, 120_000);
