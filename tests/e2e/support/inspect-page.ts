import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";

const axeSource = readFileSync(path.resolve(import.meta.dirname, "../../../node_modules/axe-core/axe.min.js"), "utf8");

const desktop = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };

/** Waits until no part of the page is loading any more, and spreadsheets have drawn the headers of all their parts. */
export async function waitUntilLoaded(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			[...document.querySelectorAll(".loading, .htmx-request")].every((part) => !part.checkVisibility()) &&
			[...document.querySelectorAll("[data-island=sheet]")].every(
				(sheet) => sheet.querySelector(".rgHeaderCell") !== null && sheet.querySelector(".header-rgRow:empty") === null,
			),
	);
}

interface AxeFinding {
	readonly id: string;
	readonly impact: string | null;
	readonly nodes: readonly { readonly html: string }[];
}

/** Serious and critical findings of axe in one part of the page once it is drawn, in light colours, and the contrast in dark ones. */
export async function findBarriers(page: Page, part = "html"): Promise<string[]> {
	await waitUntilLoaded(page);
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
	const found: string[] = [];
	for (const colours of ["light", "dark"]) {
		await page.evaluate((value) => {
			document.documentElement.dataset.bsTheme = value;
		}, colours);
		const options = colours === "dark" ? `, { runOnly: ["color-contrast"] }` : `, { resultTypes: ["violations"] }`;
		const result = await page.evaluate<readonly AxeFinding[]>(
			`axe.run(${JSON.stringify(part)}${options}).then((result) => result.violations)`,
		);
		for (const { id, impact, nodes } of result) {
			if (impact !== "serious" && impact !== "critical") continue;
			found.push(`${colours}: ${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)}`);
		}
	}
	await page.evaluate(() => {
		document.documentElement.dataset.bsTheme = "light";
	});
	return found;
}

/** What stands out of a window as wide as a phone. */
async function findOverflow(page: Page): Promise<string[]> {
	await page.setViewportSize(phone);
	const wide = await page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return null;
		const parts = [...document.querySelectorAll("main *")].filter((part) => part.getBoundingClientRect().right > width + 1);
		return `${document.documentElement.scrollWidth} px: ${parts
			.slice(0, 3)
			.map((part) => part.outerHTML.slice(0, 120))
			.join(" | ")}`;
	});
	await page.setViewportSize(desktop);
	return wide ? [`wider than a phone, ${wide}`] : [];
}

/** Everything that is wrong with the page that is open. `part`: what is new on it, for axe. */
export async function inspectPage(page: Page, part = "html"): Promise<string[]> {
	const found = await findBarriers(page, part);
	found.push(...(await findOverflow(page)));
	const headings = await page.locator("h1:visible").count();
	if (headings !== 1) found.push(`${headings} main headings`);
	const { pathname, search, hash } = new URL(page.url());
	return found.map((finding) => `${pathname}${search}${hash} ${finding}`);
}

/** Everything that a browser says against a page while it is open, by address. */
export function listenForErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
	page.on("console", (message) => {
		// Chromium writes one line for a page that is refused or missing; the status says the same.
		const refusal = /status of 4\d\d/.test(message.text());
		if (message.type() === "error" && !refusal) errors.push(`${page.url()}: ${message.text()}`);
	});
	return errors;
}
