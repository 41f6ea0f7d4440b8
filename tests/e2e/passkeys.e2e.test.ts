import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { confirmYes, DEMO_PASSWORD } from "./support/steps.ts";

// Passkeys are bound to a host name, never to an address of numbers; nothing but the pages' own scripts makes them.
let product: Product;
let browser: Browser;
let url: string;

beforeAll(async () => {
	product = await startProduct({ args: ["--demo"] });
	url = product.url.replace("127.0.0.1", "localhost");
	browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

interface Window {
	readonly page: Page;
	readonly devtools: CDPSession;
	readonly authenticatorId: string;
	/** What the browser says against the page. */
	readonly complaints: string[];
}

/** A window with an authenticator that keeps passkeys and knows its owner's finger. */
async function openWindow(): Promise<Window> {
	const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: "reduce" });
	await context.addCookies([{ name: "cookies_accepted", value: "1", url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("console", (message) => {
		// Chromium writes one line for a refused passkey; the page says the same.
		const refusal = /status of 422/.test(message.text());
		if (message.type() === "error" && !refusal) complaints.push(message.text());
	});
	const devtools = await context.newCDPSession(page);
	await devtools.send("WebAuthn.enable", { enableUI: false });
	const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	return { page, devtools, authenticatorId, complaints };
}

async function signInByPassword(page: Page, email: string): Promise<void> {
	await page.goto(`${url}/auth/auth/`);
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password").fill(DEMO_PASSWORD);
	await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
	await page.getByRole("button", { name: "Sign out" }).first().waitFor();
}

async function openSecurity(page: Page): Promise<void> {
	const own = await page.locator("a.user-entry-name").getAttribute("href");
	await page.goto(`${url}${own}?tab=security`);
	await page.getByRole("heading", { name: "Passkeys", exact: true }).waitFor();
}

/** Signs out and waits until the sign-in page has asked the authenticator for suggestions, which it answers only to a finger. */
async function signOut(page: Page): Promise<void> {
	const suggested = page.waitForResponse((response) => response.url().endsWith("/auth/passkey/options/"));
	await page.getByRole("button", { name: "Sign out" }).first().click();
	await confirmYes(page);
	await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
	await suggested;
	await page.waitForTimeout(1000);
}

/** While the finger is away nothing is signed: the sign-in page, which offers passkeys by itself, waits. */
async function takeFingerAway({ devtools, authenticatorId }: Window): Promise<void> {
	await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
}

/** Touches the authenticator for the button. */
async function signInByPasskey({ page, devtools, authenticatorId }: Window): Promise<void> {
	await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
	await page.getByRole("button", { name: "Sign in with a passkey" }).click();
}

describe("a passkey", () => {
	test("is added on one's own page, signs in without the password, and is forgotten once it is deleted", async () => {
		const window = await openWindow();
		const { page, devtools, authenticatorId, complaints } = window;
		await signInByPassword(page, "client@example.org");
		await openSecurity(page);
		await page.getByRole("button", { name: "Add a passkey" }).click();
		await page.getByRole("cell", { name: "on one device" }).waitFor();
		const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
		expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);

		// The same authenticator a second time.
		await page.getByRole("button", { name: "Add a passkey" }).click();
		await page.getByText("This device has a passkey for your account already.").waitFor();

		await takeFingerAway(window);
		await signOut(page);
		await signInByPasskey(window);
		await page.getByRole("button", { name: "Sign out" }).first().waitFor();
		await openSecurity(page);
		expect(await page.getByRole("cell", { name: "never" }).count()).toBe(0);

		await page.getByRole("button", { name: /^Delete/ }).click();
		await confirmYes(page);
		await page.getByText("No passkeys").waitFor();
		await takeFingerAway(window);
		await signOut(page);
		await signInByPasskey(window);
		await page.getByText("This passkey is not known here (any more).").waitFor();
		await expect
			.poll(async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length)
			.toBe(0);
		expect(complaints).toEqual([]);
	});

	test("is offered by the sign-in page itself, and is named by its owner", async () => {
		const { page, complaints } = await openWindow();
		await signInByPassword(page, "technician@example.org");
		await openSecurity(page);
		await page.getByRole("button", { name: "Add a passkey" }).click();
		await page.getByRole("link", { name: /^Rename/ }).click();
		await page.getByRole("textbox", { name: "Name" }).fill("Phone of the lab");
		await page.getByRole("button", { name: "Save name" }).click();
		await page.getByRole("cell", { name: "Phone of the lab", exact: true }).waitFor();
		// The simulated finger chooses what the e-mail field suggests.
		const accepted = page.waitForResponse((answer) => answer.url() === `${url}/auth/passkey/` && answer.status() === 204);
		await page.getByRole("button", { name: "Sign out" }).first().click();
		await confirmYes(page);
		await accepted;
		await page.getByRole("button", { name: "Sign out" }).first().waitFor();
		expect(complaints).toEqual([]);
	});

	test("is not taken from an authenticator that did not verify its owner", async () => {
		const window = await openWindow();
		const { page, devtools, authenticatorId } = window;
		await signInByPassword(page, "bioinformatician@example.org");
		await openSecurity(page);
		await page.getByRole("button", { name: "Add a passkey" }).click();
		await page.getByRole("cell", { name: "on one device" }).waitFor();
		await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
		await signOut(page);
		await page.getByRole("button", { name: "Sign in with a passkey" }).click();
		await page.getByText("No passkey was used.").waitFor();
		expect(new URL(page.url()).pathname).toBe("/auth/auth/");
	});
});
