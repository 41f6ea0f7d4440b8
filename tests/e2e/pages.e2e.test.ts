import { routes } from "@opengsync/web/routes";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestBrowser } from "../../packages/web/src/framework/testing/browser.ts";
import { launchBrowser } from "./support/browser.ts";
import { createRequest, openCaller, openSheet, signInCaller } from "./support/http.ts";
import { inspectPage, listenForErrors, waitUntilLoaded } from "./support/inspect-page.ts";
import { LinkCheck } from "./support/links.ts";
import { readMailedLinks } from "./support/mailed-links.ts";
import { findOpenAddress, isAboutOneObject, KnownObjects } from "./support/page-addresses.ts";
import { type Product, startProduct } from "./support/product.ts";
import { DEMO_PASSWORD, openAs } from "./support/steps.ts";

const pages = routes.filter((route) => route.method === "GET" && route.kind === "page");

/** Objects whose page is opened with all its tabs. Which of them a person finds depends on the role. */
const lists: readonly { readonly list: string; readonly roles: readonly Role[] }[] = [
	{ list: "/seq_requests/", roles: ["client", "technician"] },
	{ list: "/projects/", roles: ["client", "technician"] },
	{ list: "/libraries/", roles: ["client", "technician"] },
	{ list: "/samples/", roles: ["client", "technician"] },
	{ list: "/pools/", roles: ["client", "technician"] },
	{ list: "/groups/", roles: ["client", "technician"] },
	{ list: "/lab_preps/", roles: ["technician"] },
	{ list: "/experiments/", roles: ["technician"] },
	{ list: "/seq_runs/", roles: ["technician"] },
	{ list: "/users/", roles: ["technician", "admin"] },
	{ list: "/index_kits/", roles: ["client", "technician"] },
	{ list: "/feature_kits/", roles: ["technician"] },
];

/** Pages of a workflow that somebody has begun: the first steps are opened below, the others by tour and keyboard tests. */
const ofRun = /:run\//;

/** Pages about the libraries of a request: what follows their path, with the request and a library of it. */
const queries: Readonly<Record<string, (request: string, library: string) => string>> = {
	"/workflows/edit_libraries/": (request) => `?seq_request_id=${request}`,
	"/workflows/edit_libraries/sheet/": (request, library) => `?seq_request_id=${request}&library_ids=${library}`,
	"/workflows/resequence/": (request) => `?seq_request_id=${request}`,
};

/** Pages without parameters. What an admin sees of the others looks as a technician sees it. */
const fixedPages = pages.filter((route) => !route.path.includes(":") && !Object.hasOwn(queries, route.path));

/** Pages that need more than an object: who opens them here, or why nobody does. */
const openedOtherwise = [
	"/auth/second_factor/",
	"/auth/second_factor/set_up/",
	"/auth/first-admin/:token/",
	"/auth/register/:token/",
	"/auth/reset_password/:token/",
	"/auth/change_email/:token/",
	"/notifications/unsubscribe/:token/",
	// Leads back where no libraries are named.
	"/workflows/reindex/",
	"/seq_requests/:id/annotation/",
	// Lead to the run that was begun: indices.e2e.test.ts.
	"/seq_requests/:id/reindex/",
	"/pools/:id/reindex/",
	"/lab_preps/:id/reindex/",
	"/seq_requests/:id/index_check/",
	"/pools/:id/index_check/",
	"/lab_preps/:id/index_check/",
	"/users/:id/two_factor/recovery_codes/",
	// Refused to a role that has to use a second factor; passkeys.e2e.test.ts looks at the form of the others.
	"/users/:id/two_factor/disable/",
	// Only ever redirects, or shows the page of a refusal.
	"/auth/openid/:provider/callback/",
	// Needs a passkey: passkeys.e2e.test.ts.
	"/users/:id/passkeys/:passkeyId/rename/",
];

/** Pages whose links only come by mail. */
const mailedPages = [
	"auth/register",
	"auth/reset_password",
	"auth/change_email",
	"files/share/browse",
	"notifications/unsubscribe",
];

const roles = ["client", "technician", "admin"] as const;
type Role = (typeof roles)[number];

let product: Product;
let emptyProduct: Product;
let browser: Browser;
/** Paths of the routes that answered somebody with their page. */
const opened = new Set<string>();

beforeAll(async () => {
	const config = "sign_in: { second_factor_roles: [BIOINFORMATICIAN] }\ntrusted_proxies: [127.0.0.1]\n";
	[product, emptyProduct] = await Promise.all([startProduct({ config, args: ["--demo"] }), startProduct()]);
	browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
	await browser?.close();
	await Promise.all([product?.dispose(), emptyProduct?.dispose()]);
});

/** Status that the policy of a page without parameters means for a role. */
function expectedStatus(policy: (typeof fixedPages)[number]["policy"], role: Role): number {
	if (policy.kind === "insider") return role === "client" ? 403 : 200;
	if (policy.kind === "admin") return role === "admin" ? 200 : 403;
	return 200;
}

/** A person who goes through pages: a window, a caller for what need not be drawn, and everything that was wrong. */
class Visitor {
	readonly page: Page;
	readonly caller: TestBrowser;
	readonly findings: string[];
	private readonly links = new LinkCheck();
	private readonly url: string;

	constructor(page: Page, caller: TestBrowser, url: string) {
		this.page = page;
		this.caller = caller;
		this.url = url;
		this.findings = listenForErrors(page);
	}

	/** Opens a page and looks at it in detail. */
	async look(address: string, status = 200): Promise<void> {
		let response = await this.page.goto(`${this.url}${address}`);
		while (response?.status() === 429) {
			await this.page.waitForTimeout(1000);
			response = await this.page.goto(`${this.url}${address}`);
		}
		if (response?.status() !== status) this.findings.push(`${address} answers ${response?.status()} instead of ${status}`);
		await this.lookHere();
	}

	/** Looks at the page that is open; `part`: what is new on it. */
	async lookHere(part = "html"): Promise<void> {
		this.findings.push(...(await inspectPage(this.page, part)));
		await this.links.collect(this.page);
	}

	/** Asks for a page that somebody else looks at. */
	async ask(address: string, status: number): Promise<void> {
		const answer = await this.caller.get(address);
		await answer.body?.cancel();
		if (answer.status !== status) this.findings.push(`${address} answers ${answer.status} instead of ${status}`);
	}

	/** Opens all tabs of the object page one after another. */
	async lookAtTabs(): Promise<void> {
		for (const tab of await this.page.locator("main [role=tab][data-tab]:not(.active)").all()) {
			await tab.click();
			await waitUntilLoaded(this.page);
			await this.lookHere(`#${await tab.getAttribute("aria-controls")}`);
		}
	}

	/** Follows the links that were seen; everything that was wrong. */
	async finish(): Promise<string[]> {
		this.findings.push(...(await this.links.findDead(this.caller)));
		return this.findings;
	}
}

async function enter(role: Role): Promise<Visitor> {
	const email = `${role}@example.org`;
	const page = await openAs(browser, product.url, email);
	// Addresses of their own: everybody together would be too fast for one.
	const number = roles.indexOf(role) + 1;
	await page.setExtraHTTPHeaders({ "x-forwarded-for": `192.0.2.${number}` });
	return new Visitor(page, await signInCaller(product.url, email, `198.51.100.${number}`), product.url);
}

async function enterUnknown(url: string): Promise<Visitor> {
	const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: "reduce" });
	return new Visitor(await context.newPage(), openCaller(url), url);
}

/** Links of registration, reset, change of address and share, asked for as people ask for them. */
async function askForLinks(): Promise<string[]> {
	const admin = await signInCaller(product.url, "admin@example.org");
	await admin.post("/users/new/", { email: "new@example.org", roleId: "4", firstName: "New", lastName: "Person" });
	const ownPage = await (await admin.get("/")).text();
	const own = /href="(\/users\/\d+\/)"/.exec(ownPage)?.[1] ?? "";
	await admin.post(`${own}email/`, { email: "admin.elsewhere@example.org", currentPassword: DEMO_PASSWORD });
	await openAndPost("/auth/forgot_password/", { email: "kim.guest@example.org" });
	return readMailedLinks(admin);
}

async function openAndPost(address: string, fields: Readonly<Record<string, string>>): Promise<void> {
	const caller = openCaller(product.url);
	await caller.get(address);
	await caller.post(address, fields);
}

async function typeCode(page: Page, secret: string): Promise<void> {
	await page.locator("main [name=code]").fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
	await page.locator("main form button[type=submit]").click();
}

describe.concurrent("every page works in a browser, in light, in dark and on a phone", () => {
	test("as nobody, from the links of mails, and with a second factor", { timeout: 400_000 }, async () => {
		const visitor = await enterUnknown(product.url);
		for (const { path: address, policy } of fixedPages) {
			if (policy.kind !== "public") await visitor.ask(address, 302);
			else if (!openedOtherwise.includes(address)) await visitor.look(address);
		}
		await visitor.look("/no/such/page/", 404);
		await visitor.look("/auth/openid/nobody/callback/", 404);
		await visitor.look("/auth/reset_password/0123456789012345678901234567890123456789012/");
		const links = await askForLinks();
		for (const wanted of mailedPages) {
			const link = links.find((candidate) => candidate.startsWith(`/${wanted}/`));
			if (link) await visitor.look(link);
			else visitor.findings.push(`no mail has a link to ${wanted}`);
		}
		await secondFactor(visitor);
		expect(await visitor.finish()).toEqual([]);
	});

	test("as the first admin of a new installation", { timeout: 120_000 }, async () => {
		const visitor = await enterUnknown(emptyProduct.url);
		await visitor.look("/auth/auth/");
		const link = /\/auth\/first-admin\/[\w-]+\//.exec(emptyProduct.output())?.[0] ?? "";
		await visitor.look(link);
		expect(await visitor.finish()).toEqual([]);
	});

	test.for(roles)("as %s", { timeout: 400_000 }, async (role) => {
		const visitor = await enter(role);
		for (const { path: address, policy } of fixedPages.filter(({ path: candidate }) => !openedOtherwise.includes(candidate))) {
			if (/^\/auth\/(auth|register|forgot_password)\/$/.test(address)) continue;
			const status = expectedStatus(policy, role);
			const isSeenByTechnician = role === "admin" && policy.kind !== "admin";
			if (status === 200 && !isSeenByTechnician) await visitor.look(address);
			else await visitor.ask(address, status);
			if (status === 200) opened.add(address);
		}
		if (role === "client") await visitor.look("/experiments/", 403);
		const objects = new KnownObjects(visitor.caller);
		for (const { list } of lists.filter((entry) => entry.roles.includes(role))) {
			const [object] = await objects.of(list);
			if (!object) visitor.findings.push(`${list} shows no object`);
			else {
				await visitor.look(object);
				await visitor.lookAtTabs();
			}
		}
		for (const route of pages.filter((page) => isAboutOneObject(page) && !openedOtherwise.includes(page.path))) {
			const address = await findOpenAddress(route, visitor.caller, objects);
			if (!address) continue;
			// Forms of staff are the same for both; the admin looks at them.
			if (role !== "technician" && !/\/:id\/$/.test(route.path)) await visitor.look(address);
			opened.add(route.path);
		}
		if (role === "client") await lookAtAnnotation(visitor);
		if (role === "technician") await lookAtLibraries(visitor);
		if (role === "technician") await visitor.look("/seq_requests/999999/", 404);
		expect(await visitor.finish()).toEqual([]);
	});
});

/** Pages about several libraries of a request. */
async function lookAtLibraries(visitor: Visitor): Promise<void> {
	const library = /^\/libraries\/(\d+)\//;
	for (const request of await new KnownObjects(visitor.caller).of("/seq_requests/")) {
		const fragment = await (await visitor.caller.get(`/htmx${request}libraries`)).text();
		const link = /\/libraries\/\d+\//.exec(fragment)?.[0] ?? "";
		const [, id] = library.exec(link) ?? [];
		if (!id) continue;
		for (const [address, query] of Object.entries(queries)) {
			await visitor.look(`${address}${query(request.split("/")[2] ?? "", id)}`);
			opened.add(address);
		}
		return;
	}
	visitor.findings.push("no request has libraries");
}

/** The page that chooses the project, and the sheet of samples. */
async function lookAtAnnotation(visitor: Visitor): Promise<void> {
	const request = await createRequest(visitor.caller, "Looked at");
	const first = (await visitor.caller.post(`${request}annotation/`)).headers.get("location") ?? "";
	await visitor.look(first);
	await visitor.look(await openSheet(visitor.caller, request, "Looked at"));
	await visitor.page.locator("revo-grid [data-rgrow='0']").first().waitFor();
	await visitor.lookHere("main");
}

/** A role that has to set up a second factor, and its next sign-in. */
async function secondFactor(visitor: Visitor): Promise<void> {
	const { page } = visitor;
	const signIn = async () => {
		await page.goto(`${product.url}/auth/auth/`);
		await page.getByLabel("E-mail").fill("bioinformatician@example.org");
		await page.getByLabel("Password").fill(DEMO_PASSWORD);
		await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
	};
	await signIn();
	await page.locator("main code").waitFor();
	await visitor.lookHere();
	const secret = ((await page.locator("main code").textContent()) ?? "").replaceAll(" ", "");
	await typeCode(page, secret);
	await page.locator(".recovery-codes").waitFor();
	await visitor.lookHere();
	await page.goto(product.url);
	const own = await page.locator("a.user-entry-name").getAttribute("href");
	await visitor.look(`${own}two_factor/recovery_codes/`);
	await visitor.look(`${own}two_factor/disable/`, 400);
	await page.context().clearCookies();
	await signIn();
	await page.locator("main [name=code]").waitFor();
	await visitor.lookHere();
}

test("no page of the route table was left out", () => {
	const missing = pages
		.map((route) => route.path)
		.filter(
			(address) =>
				!opened.has(address) && !openedOtherwise.includes(address) && !ofRun.test(address) && !/^\/auth\//.test(address),
		);
	expect(missing).toEqual([]);
});
