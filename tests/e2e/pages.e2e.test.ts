import { readFileSync } from "node:fs";
import path from "node:path";
import { routes } from "@opengsync/web/routes";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { openAs } from "./support/steps.ts";

const root = path.resolve(import.meta.dirname, "../..");
const axeSource = readFileSync(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");

const desktop = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };

/** Pages without parameters. What an admin sees of the others looks as a technician sees it. */
const fixedPages = routes.filter((route) => route.method === "GET" && route.kind === "page" && !route.path.includes(":"));

/** Lists whose first object is opened too, with all its tabs. Which of them a person finds depends on the role. */
const lists: readonly { readonly list: string; readonly roles: readonly Role[] }[] = [
	{ list: "/seq_requests/", roles: ["client", "technician"] },
	{ list: "/projects/", roles: ["client", "technician"] },
	{ list: "/libraries/", roles: ["client", "technician"] },
	{ list: "/samples/", roles: ["client", "technician"] },
	{ list: "/pools/", roles: ["client", "technician"] },
	{ list: "/experiments/", roles: ["technician"] },
	{ list: "/seq_runs/", roles: ["technician"] },
	{ list: "/users/", roles: ["admin"] },
	{ list: "/index_kits/", roles: ["client", "technician"] },
];

const roles = ["client", "technician", "admin"] as const;
type Role = (typeof roles)[number];

let product: Product;
let browser: Browser;

beforeAll(async () => {
	product = await startProduct({ args: ["--demo"] });
	browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

/** Status that the policy of a page means for a role. */
function expectedStatus(policy: (typeof fixedPages)[number]["policy"], role: Role): number {
	if (policy.kind === "insider") return role === "client" ? 403 : 200;
	if (policy.kind === "admin") return role === "admin" ? 200 : 403;
	return 200;
}

/** Everything that a browser says against a page while it is open, by address. */
function listenForErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
	page.on("console", (message) => {
		// Chromium writes one line for a page that is refused; the status says the same.
		const refusal = /status of 403/.test(message.text());
		if (message.type() === "error" && !refusal) errors.push(`${page.url()}: ${message.text()}`);
	});
	return errors;
}

/** Waits until no part of the page is loading any more. */
async function waitUntilLoaded(page: Page): Promise<void> {
	await page.waitForFunction(() =>
		[...document.querySelectorAll(".loading, .htmx-request")].every((part) => !part.checkVisibility()),
	);
}

interface AxeFinding {
	readonly id: string;
	readonly impact: string | null;
	readonly nodes: readonly { readonly html: string }[];
}

/** Serious and critical findings of axe in one part of the page, in light and in dark colours. */
async function findBarriers(page: Page, part: string): Promise<string[]> {
	await page.evaluate(`window.axe || (() => { ${axeSource} })()`);
	const found: string[] = [];
	for (const colours of ["light", "dark"]) {
		await page.evaluate((value) => {
			document.documentElement.dataset.bsTheme = value;
		}, colours);
		// Only the contrast depends on the colours.
		const options = colours === "dark" ? `, { runOnly: ["color-contrast"] }` : `, { resultTypes: ["violations"] }`;
		const result = await page.evaluate<readonly AxeFinding[]>(
			`axe.run(${JSON.stringify(part)}${options}).then((result) => result.violations)`,
		);
		for (const { id, impact, nodes } of result) {
			if (impact !== "serious" && impact !== "critical") continue;
			found.push(`${colours}: ${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)}`);
		}
	}
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
async function inspect(page: Page, part = "html"): Promise<string[]> {
	await waitUntilLoaded(page);
	const found = await findBarriers(page, part);
	found.push(...(await findOverflow(page)));
	const headings = await page.locator("h1:visible").count();
	if (headings !== 1) found.push(`${headings} main headings`);
	return found.map((finding) => `${new URL(page.url()).pathname}${new URL(page.url()).hash} ${finding}`);
}

/** Opens a page; looks at it in detail unless another role does. */
async function openPage(page: Page, address: string, status: number, inDetail = status === 200): Promise<string[]> {
	const response = await page.goto(`${product.url}${address}`);
	const found = response?.status() === status ? [] : [`${address} answers ${response?.status()} instead of ${status}`];
	if (inDetail) return [...found, ...(await inspect(page))];
	await waitUntilLoaded(page);
	return found;
}

/** Opens all tabs of the object page one after another. */
async function openTabs(page: Page): Promise<string[]> {
	const found: string[] = [];
	const tabs = await page.locator("main [role=tab][data-tab]:not(.active)").all();
	for (const tab of tabs) {
		await tab.click();
		const panel = await tab.getAttribute("aria-controls");
		found.push(...(await inspect(page, `#${panel}`)));
	}
	return found;
}

/** Address of the first object of a list. */
async function firstObject(page: Page, list: string): Promise<string | undefined> {
	await page.goto(`${product.url}${list}`);
	const links = await page
		.locator("main table a[href]")
		.evaluateAll((all) => all.map((link) => new URL(link.getAttribute("href") ?? "", location.href).pathname));
	return links.find((link) => new RegExp(`^${list}\\d+/$`).test(link));
}

describe.concurrent("every page works in a browser, in light, in dark and on a phone", () => {
	test.for(roles)("as %s", { timeout: 120_000 }, async (role) => {
		const page = await openAs(browser, product.url, `${role}@example.org`);
		const errors = listenForErrors(page);
		const found: string[] = [];
		for (const { path: address, policy } of fixedPages) {
			const status = expectedStatus(policy, role);
			const inDetail = status === 200 && (role !== "admin" || policy.kind === "admin");
			found.push(...(await openPage(page, address, status, inDetail)));
		}
		for (const { list } of lists.filter((entry) => entry.roles.includes(role))) {
			const object = await firstObject(page, list);
			if (!object) found.push(`${list} shows no object`);
			else found.push(...(await openPage(page, object, 200)), ...(await openTabs(page)));
		}
		await page.goto(product.url);
		const entries = await page.locator("nav a[href^='/'], .sidebar a[href^='/']").all();
		for (const address of new Set(await Promise.all(entries.map((entry) => entry.getAttribute("href"))))) {
			const status = (await page.request.get(`${product.url}${address}`)).status();
			if (status !== 200) found.push(`navigation: ${address} answers ${status}`);
		}
		expect([...found, ...errors]).toEqual([]);
	});
});
