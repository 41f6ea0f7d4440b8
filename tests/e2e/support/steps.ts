import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** Password of all accounts of the demonstration facility. */
export const DEMO_PASSWORD = "opengsync-demo";

/** A browser window of its own for one person, signed in. Errors of the page's scripts fail the test. */
export async function openAs(browser: Browser, url: string, email: string): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1360, height: 900 },
		reducedMotion: "reduce",
		acceptDownloads: true,
	});
	await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
	await context.addCookies([{ name: "cookies_accepted", value: "1", url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	page.on("pageerror", (error) => expect.fail(`${page.url()}: ${error.message}`));
	await page.goto(`${url}/auth/auth/`);
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password").fill(DEMO_PASSWORD);
	await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
	await page
		.getByRole("button", { name: "Sign out" })
		.or(page.getByRole("link", { name: "Dashboard" }))
		.first()
		.waitFor();
	return page;
}

/** Where pictures of the tour are kept; only when asked for, so that a test run changes no file. */
const pictures = process.env.OPENGSYNC_TOUR_PICTURES;

/** Takes a picture for `docs/tour.md`. */
export async function picture(page: Page, name: string): Promise<void> {
	if (!pictures) return;
	await page.waitForTimeout(600);
	await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/** A cell of the sheet, counted from 0. */
export function cell(page: Page, row: number, column: number): Locator {
	return page.locator(`revogr-data[type="rgRow"][col-type="rgCol"] [data-rgrow="${row}"][data-rgcol="${column}"]`);
}

/** Puts rows on the real clipboard, pastes them into the sheet with the real keys, and waits until they stand there. */
export async function paste(
	page: Page,
	rows: readonly (readonly string[])[],
	row: number,
	column: number,
	titles = false,
): Promise<void> {
	const text = rows.map((cells) => cells.join("\t")).join("\r\n");
	await page.evaluate((value) => navigator.clipboard.writeText(value), text);
	await cell(page, row, column).click();
	// The grid takes the focus with its next frame; nobody's fingers are faster.
	await page
		.getByText(new RegExp(`^Row ${row + 1}, `))
		.first()
		.waitFor();
	await page.waitForTimeout(300);
	await page.keyboard.press("Control+V");
	const first = rows[0] ?? [];
	const last = first.findLastIndex((value) => value !== "");
	if (!titles) await expect.poll(() => cell(page, row, column + last).textContent()).toContain(first[last]);
}

/** Goes to the next step of a workflow, whose title has to appear. */
export async function nextStep(page: Page, title: string | RegExp): Promise<void> {
	await page.getByRole("button", { name: "Next", exact: true }).click();
	await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Answers the confirmation with yes. */
export async function confirmYes(page: Page): Promise<void> {
	await page.locator("#confirm [data-answer=yes]").click();
}

/** Fills in and sends the form of a new request; ends on the page of the request. */
export async function fillRequest(page: Page, url: string, name: string, submissionType: string): Promise<void> {
	await page.goto(`${url}/seq_requests/new/`);
	await page.locator("[name=name]").fill(name);
	await page.getByLabel(submissionType, { exact: true }).check();
	await page.locator("[name=dataDeliveryModeId]").first().check();
	await page.locator("[name=contactPhone]").fill("+43 1 234");
	await page.locator("[name=organizationName]").fill("University");
	await page.locator("[name=organizationAddress]").fill("Street 1");
	await page.locator("[name=billingName]").fill("Accounting");
	await page.locator("[name=billingEmail]").fill("billing@example.org");
	await page.locator("[name=isDisclaimerAccepted]").check();
	await page.getByRole("button", { name: "Create request" }).click();
	await page.getByText("0 of 3 done").waitFor();
}

/** Makes an API token that may read and feed results back on the own user page; it is shown once. */
export async function createToken(page: Page): Promise<string> {
	await page.locator(".sidebar-bottom a[href^='/users/']").first().click();
	await page.getByRole("tab", { name: /API/ }).click();
	await page
		.getByRole("link", { name: "New Token" })
		.or(page.getByRole("button", { name: "New Token" }))
		.first()
		.click();
	const dialog = page.locator("#dialog");
	await dialog.getByLabel("Name").fill("end to end");
	await dialog.getByLabel(/^Pipeline/).check();
	await dialog.locator("form button[type=submit]").click();
	const shown = dialog.locator("[data-copy]");
	await shown.waitFor();
	return (await shown.getAttribute("data-copy")) ?? "";
}

/** Rows of a tab-separated file. */
export function readTable(file: string): string[][] {
	return readFileSync(file, "utf8")
		.split(/\r?\n/)
		.filter((line) => line.trim() !== "")
		.map((line) => line.split("\t"));
}
