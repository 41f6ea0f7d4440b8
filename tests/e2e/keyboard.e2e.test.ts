import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { findBarriers, listenForErrors } from "./support/inspect-page.ts";
import { Keyboard } from "./support/keyboard.ts";
import { type Product, startProduct } from "./support/product.ts";
import { cell, DEMO_PASSWORD } from "./support/steps.ts";

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

/** A person without a mouse, signed in by keyboard. */
async function enter(email: string): Promise<{ keyboard: Keyboard; page: Page; errors: string[] }> {
	const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: "reduce" });
	await context.addCookies([{ name: "cookies_accepted", value: "1", url: product.url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	const errors = listenForErrors(page);
	const keyboard = new Keyboard(page);
	await page.goto(`${product.url}/auth/auth/`);
	await keyboard.fill("E-mail", email);
	await keyboard.fill("Password", DEMO_PASSWORD);
	await keyboard.press("Enter");
	await page.getByRole("button", { name: "Sign out" }).first().waitFor();
	return { keyboard, page, errors };
}

/** Waits for the dialog; the keyboard has to be in it, and to stay in it. */
async function inDialog({ keyboard, page }: { keyboard: Keyboard; page: Page }, title: string | RegExp): Promise<void> {
	await page.locator("dialog[open]").getByRole("heading", { name: title }).waitFor();
	await expect.poll(async () => (await keyboard.focused()).isInDialog).toBe(true);
	expect(await findBarriers(page, "dialog[open]")).toEqual([]);
	const stops = await page.locator("dialog[open] :is(a[href], button, input, select, textarea)").count();
	for (let stop = 0; stop < stops + 3; stop++) {
		await keyboard.press("Tab");
		const { isInDialog, tag, name } = await keyboard.focused();
		// Between the last and the first stop Chromium goes through its own bars.
		expect(isInDialog || tag === "body", `${tag} ${name}`).toBe(true);
	}
}

/** Answers the open confirmation, on whose "No" the keyboard has to be. */
async function answerYes({ keyboard, page }: { keyboard: Keyboard; page: Page }): Promise<void> {
	await page.locator("#confirm[open]").waitFor();
	expect((await keyboard.focused()).name).toBe("No");
	await keyboard.press("Tab", "Enter");
}

describe("the daily paths, by keyboard alone", () => {
	test("a client makes a request, types samples, submits, and lets a colleague into the group", {
		timeout: 240_000,
	}, async () => {
		const visit = await enter("client@example.org");
		const { keyboard, page, errors } = visit;
		await keyboard.use("Requests");
		await page.getByRole("heading", { level: 1, name: "Requests" }).waitFor();
		await keyboard.use("New request");
		await page.getByRole("heading", { level: 1, name: "New request" }).waitFor();
		await keyboard.use({ field: "isDisclaimerAccepted" }, "Space");
		await keyboard.fill({ field: "name" }, "By keyboard");
		await keyboard.use({ field: "submissionTypeId" }, "Space");
		await keyboard.use({ field: "dataDeliveryModeId" }, "Space");
		await keyboard.press("ArrowDown");
		await keyboard.fill({ field: "contactPhone" }, "+43 1 234");
		await keyboard.fill({ field: "organizationName" }, "University");
		await keyboard.fill({ field: "organizationAddress" }, "Street 1");
		await keyboard.fill({ field: "billingName" }, "Accounting");
		await keyboard.fill({ field: "billingEmail" }, "billing@example.org");
		await keyboard.use("Create request");
		await page.getByRole("button", { name: "Add samples", exact: true }).waitFor();
		await annotate(visit);
		await attachAndSubmit(visit);
		await addMember(visit);
		expect([...keyboard.unseen, ...errors]).toEqual([]);
	});

	test("a technician accepts a request, stores its samples, changes lanes and comments", {
		timeout: 240_000,
	}, async () => {
		const visit = await enter("technician@example.org");
		await processAndStore(visit);
		await changeLanes(visit);
		expect([...visit.keyboard.unseen, ...visit.errors]).toEqual([]);
	});

	test("an admin invites, changes a role, reads the audit trail, works as a client and revokes a token", {
		timeout: 240_000,
	}, async () => {
		const visit = await enter("admin@example.org");
		await inviteAndPromote(visit);
		await readAudit(visit);
		await workAsClient(visit);
		await revokeToken(visit);
		expect([...visit.keyboard.unseen, ...visit.errors]).toEqual([]);
	});
});

type Visit = Awaited<ReturnType<typeof enter>>;

async function step({ keyboard, page }: Visit, title: string | RegExp, button = "Next"): Promise<void> {
	await keyboard.use(button);
	await page.getByRole("heading", { level: 1, name: title }).waitFor();
	expect(await findBarriers(page, "main")).toEqual([]);
}

async function annotate(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use("Add samples");
	await page.getByLabel("New project: title").waitFor();
	await keyboard.fill(/^New project: title/, "Keyboard project");
	await keyboard.fill(/^New project: description/, "Typed");
	await step(visit, "Samples");
	await cell(page, 0, 0).waitFor();
	await typeSamples(visit);
	await step(visit, "Sample Attributes");
	await cell(page, 0, 0).waitFor();
	await step(visit, "Select Services");
	await keyboard.tabTo({ field: "service_type_id" });
	await keyboard.type("Bulk RNA");
	await step(visit, "Review");
	await keyboard.use("Complete");
	await answerYes(visit);
	await page.getByText(/\d+ libraries added/).waitFor();
}

/** Into the grid by Tab and Enter, from cell to cell by Enter, Tab and arrows, out of it by Escape. */
async function typeSamples({ keyboard, page }: Visit): Promise<void> {
	await keyboard.tabTo("Samples");
	await keyboard.press("Enter");
	for (const [row, name] of ["by_key_1", "by_key_2"].entries()) {
		await expect.poll(() => focusedCell(page)).toEqual([String(row), "0"]);
		await typeIntoCell(keyboard, name);
		await keyboard.press("Tab");
		await expect.poll(() => focusedCell(page)).toEqual([String(row), "1"]);
		await typeIntoCell(keyboard, "Human");
		await keyboard.press("Enter");
		await expect.poll(() => cell(page, row, 1).textContent()).toContain("Human (Homo sapiens)");
		await expect.poll(() => focusedCell(page)).toEqual([String(row + 1), "1"]);
		await keyboard.press("ArrowLeft");
	}
	await keyboard.press("Escape");
	await expect.poll(async () => (await keyboard.focused()).tag).toBe("button");
}

/** Types at the pace of fingers: the editor of a cell opens with the first letter, in its next frame. */
async function typeIntoCell({ page }: Keyboard, text: string): Promise<void> {
	await page.keyboard.type(text, { delay: 40 });
	await expect.poll(() => page.locator("revogr-edit input").inputValue()).toBe(text);
}

/** Row and column of the cell with the keyboard. */
function focusedCell(page: Page): Promise<(string | null | undefined)[]> {
	return page.evaluate(() => ["data-rgrow", "data-rgcol"].map((name) => document.activeElement?.getAttribute(name)));
}

async function attachAndSubmit(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use("Upload form");
	await inDialog(visit, /./);
	await page.locator("#dialog input[type=file]").setInputFiles({
		name: "authorization.pdf",
		mimeType: "application/pdf",
		buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
	});
	await keyboard.use("Upload");
	await page.getByText("2 of 3 done").waitFor();
	await keyboard.use("Submit request");
	await inDialog(visit, /Submit/);
	await keyboard.use({ field: "byMail" }, "Space");
	await keyboard.use("Submit request");
	await page.locator(".status-bar [aria-current=step]").getByText("Submitted").waitFor();
}

async function addMember(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use("Groups");
	await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor();
	await keyboard.use("Tumour Atlas Consortium");
	await page.getByRole("heading", { level: 1, name: "Tumour Atlas Consortium" }).waitFor();
	await keyboard.use("Add member");
	await inDialog(visit, /Add a member/);
	await keyboard.press("Escape");
	expect(await page.locator("#dialog[open]").count(), "Escape does not close a dialog").toBe(1);
	await keyboard.use("Cancel");
	expect((await keyboard.focused()).name, "the keyboard is back at the button").toBe("Add member");
	await keyboard.press("Enter");
	await inDialog(visit, /Add a member/);
	await keyboard.fill("E-mail", "kim.guest@example.org");
	await keyboard.press("Enter");
	await page.getByText("belongs to the group now").waitFor();
}

/** From the dashboard to a submitted request; it is accepted in its dialog, commented, and its samples are stored. */
async function processAndStore(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.skipToContent();
	await keyboard.use(/^Assign to me/);
	await page.getByText("assigned to you").first().waitFor();
	await keyboard.skipToContent();
	await keyboard.use(/Requests to review/);
	await page.getByRole("heading", { level: 1, name: "Requests" }).waitFor();
	await keyboard.skipToContent();
	await keyboard.use("Submitted");
	await expect.poll(() => page.locator("th[aria-sort]").count()).toBe(1);
	expect((await keyboard.focused()).name, "the keyboard stays at the title by which was sorted").toBe("Submitted");
	await keyboard.use(/^BSR_\d+$/);
	await page.getByRole("link", { name: "Process" }).waitFor();
	await keyboard.use("Process");
	await inDialog(visit, /Process/);
	await keyboard.use({ field: "responseId" }, "Space");
	await keyboard.use("Send decision");
	await page.locator(".status-bar [aria-current=step]").getByText("Accepted").waitFor();
	await comment(visit);
	await keyboard.skipToContent();
	await keyboard.use("Store Samples");
	await page.getByRole("heading", { level: 1, name: /Store/ }).waitFor();
	await keyboard.use("Store");
	await page
		.locator(".status-bar [aria-current=step]")
		.getByText(/Stored|Prepared/)
		.waitFor();
}

/** Along the tabs by arrows. */
async function openTab({ keyboard, page }: Visit, title: RegExp): Promise<void> {
	await keyboard.skipToContent();
	const selected = page.locator("main [role=tab][aria-selected=true]").first();
	await keyboard.tabTo(new RegExp(`^${(await selected.textContent())?.replaceAll(/[^\w ]/g, ".")}$`));
	for (let moves = 0; moves < 16; moves++) {
		if (title.test((await keyboard.focused()).name)) return;
		await keyboard.press("ArrowRight");
	}
	throw new Error(`${title} was not reached among the tabs of ${page.url()}`);
}

async function comment(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await openTab(visit, /^Comments/);
	await keyboard.use("New comment");
	await inDialog(visit, /omment/);
	await keyboard.fill({ field: "text" }, "Arrived on dry ice");
	await keyboard.tabTo(/omment|Save|Send|Add/);
	await keyboard.press("Enter");
	await page.getByText("Arrived on dry ice").waitFor();
}

/** Opens an experiment that can still be changed; the measurements of its lanes and its pools in their dialogs. */
async function changeLanes(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use("Experiments");
	await page.getByRole("heading", { level: 1, name: "Experiments" }).waitFor();
	await keyboard.skipToContent();
	await keyboard.use("Filter Status");
	await page.locator("details[data-popup][open]").waitFor();
	await keyboard.press("Escape");
	expect((await keyboard.focused()).name, "Escape goes back from the filter").toBe("Filter Status");
	await keyboard.press("Enter");
	await keyboard.use("Draft", "Space");
	await keyboard.use("Apply");
	await page.getByRole("link", { name: "Clear filters" }).waitFor();
	await keyboard.use(/^NSX_\d+$/);
	await page.getByRole("tab", { name: /Lanes/ }).waitFor();
	await openTab(visit, /^Lanes/);
	await keyboard.use("Enter measurements");
	await inDialog(visit, "Measurements of the lanes");
	await keyboard.use("Cancel");
	expect((await keyboard.focused()).name).toBe("Enter measurements");
	await openTab(visit, /^Pools/);
	await keyboard.use(/Add pools/);
	await inDialog(visit, "Add pools");
	await keyboard.use("Cancel");
	expect((await keyboard.focused()).name).toMatch(/Add pools/);
}

async function inviteAndPromote(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use("Users");
	await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
	await keyboard.use(/Invite|New user|Add user/);
	await inDialog(visit, /./);
	await keyboard.fill({ field: "email" }, "invited.by.key@example.org");
	await keyboard.press("Enter");
	await page
		.getByText(/invited.by.key@example.org/)
		.first()
		.waitFor();
	await keyboard.use("Users");
	await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
	await keyboard.skipToContent();
	await keyboard.use(/Kim Guest|kim.guest@example.org|^Guest$/);
	await page.getByRole("heading", { level: 1, name: "kim.guest@example.org" }).waitFor();
	await tryMenu(visit, "Manage");
	await keyboard.press("Enter");
	await keyboard.use(/^Edit/);
	await inDialog(visit, /Edit/);
	await keyboard.tabTo({ field: "roleId" });
	await keyboard.type("Technician");
	await keyboard.tabTo(/^Save/);
	await keyboard.press("Enter");
	await page.getByRole("heading", { level: 1, name: "kim.guest@example.org" }).waitFor();
	await page.locator(".page-subtitle").getByText("Technician").waitFor();
}

/** A menu closes by Escape, by a click outside and by leaving it, and the keyboard is at its button after Escape. */
async function tryMenu({ keyboard, page }: Visit, name: string): Promise<void> {
	const open = page.locator("details.dropdown[open]");
	await keyboard.skipToContent();
	await keyboard.use(name);
	await open.waitFor();
	await keyboard.press("Tab", "Escape");
	await expect.poll(() => open.count()).toBe(0);
	expect((await keyboard.focused()).name).toBe(name);
	await keyboard.press("Enter");
	await open.waitFor();
	await page.mouse.click(700, 850);
	await expect.poll(() => open.count()).toBe(0);
	await keyboard.skipToContent();
	await keyboard.use(name);
	await keyboard.press("Shift+Tab");
	await expect.poll(() => open.count()).toBe(0);
	await keyboard.press("Tab");
	expect((await keyboard.focused()).name).toBe(name);
}

async function readAudit({ keyboard, page }: Visit): Promise<void> {
	await page.goto(`${product.url}/admin/audit/`);
	await keyboard.skipToContent();
	await keyboard.fill({ field: "table" }, "lims_user");
	await keyboard.tabTo({ field: "action" });
	await keyboard.type("Changed");
	await keyboard.use("Filter");
	await page.waitForURL(/table=lims_user/);
	await page.locator("tbody tr").first().waitFor();
	expect(await page.locator("main").textContent()).toContain("Kim Guest");
}

async function workAsClient(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use("Users");
	await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
	await keyboard.skipToContent();
	await keyboard.use(/Chris Client|client@example.org/);
	await page.getByRole("heading", { level: 1, name: "client@example.org" }).waitFor();
	await keyboard.use("Start session as this user");
	await page.locator("#confirm[open]").waitFor();
	await keyboard.press("Escape");
	await expect.poll(() => page.locator("#confirm[open]").count()).toBe(0);
	expect((await keyboard.focused()).name, "the keyboard is back at the button").toBe("Start session as this user");
	await keyboard.press("Enter");
	await answerYes(visit);
	await page.getByText("You are working as").waitFor();
	await keyboard.use("End session");
	await expect.poll(() => page.getByText("You are working as").count()).toBe(0);
}

async function revokeToken(visit: Visit): Promise<void> {
	const { keyboard, page } = visit;
	await keyboard.use(/^Alex Admin/);
	await page.getByRole("heading", { level: 1, name: "admin@example.org" }).waitFor();
	await openTab(visit, /^API/);
	await keyboard.use("New token");
	await inDialog(visit, "New API token");
	await keyboard.fill({ field: "name" }, "by key");
	await keyboard.press("Enter");
	await page.getByText("it cannot be seen again").waitFor();
	expect((await keyboard.focused()).isInDialog).toBe(true);
	await keyboard.use("Done");
	await page.getByText("by key").waitFor();
	await keyboard.use(/^(Revoke|Deactivate)/);
	await answerYes(visit);
	await page.getByText("The token has been deactivated.").waitFor();
}
