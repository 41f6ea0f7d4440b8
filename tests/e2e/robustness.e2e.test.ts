import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../packages/db/src/connection.ts";
import { ensureServerUser, findPostgresPrograms } from "../../packages/db/src/embedded-postgres-binaries.ts";
import { listLastJobRuns } from "../../packages/db/src/queries/system-status.ts";
import type { TestBrowser } from "../../packages/web/src/framework/testing/browser.ts";
import { launchBrowser } from "./support/browser.ts";
import { createRequest, openCaller, openSheet, signInCaller, stepAddress } from "./support/http.ts";
import { type Product, startProduct } from "./support/product.ts";
import { cell, DEMO_PASSWORD, openAs, paste } from "./support/steps.ts";

const root = path.resolve(import.meta.dirname, "../..");
const human = "Human (Homo sapiens)";
const config = `
personalization: { organization: "Robust Facility", email: "facility@example.org" }
scheduler: { rf_scan_interval_min: 0.03, status_update_interval_min: 0.03 }
`;

let product: Product;
let browser: Browser;
/** A client, another client of no group, and somebody of the staff. */
let client: TestBrowser;
let stranger: TestBrowser;
let technician: TestBrowser;

beforeAll(async () => {
	product = await startProduct({ config, args: ["--demo"] });
	browser = await launchBrowser();
	client = await signInCaller(product.url, "client@example.org");
	stranger = await signInCaller(product.url, "kim.guest@example.org");
	technician = await signInCaller(product.url, "technician@example.org");
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

/** Ids that a list shows to a caller. */
async function listedIds(caller: TestBrowser, list: string): Promise<number[]> {
	const page = await (await caller.get(`/${list}/`)).text();
	return [...page.matchAll(new RegExp(`href="/${list}/(\\d+)/"`, "g"))].map((match) => Number(match[1]));
}

/** Port and password of the embedded database. */
function readCredentials(): { readonly port: number; readonly appPassword: string } {
	return JSON.parse(readFileSync(path.join(product.data, "database", "postgres.json"), "utf8"));
}

/** Names of the jobs that the worker has completed since a moment. */
async function jobsCompletedSince(moment: Date): Promise<string[]> {
	const { port, appPassword } = readCredentials();
	const { db, close } = connect({ url: `postgres://opengsync_app:${appPassword}@127.0.0.1:${port}/opengsync` });
	const runs = await listLastJobRuns(db).finally(close);
	return runs.filter((run) => run.completed && run.completed > moment).map((run) => run.name);
}

const postmasterFile = () => path.join(product.data, "database", "postgres", "postmaster.pid");
const postmasterPid = () => Number(readFileSync(postmasterFile(), "utf8").split("\n")[0]);

function isRunning(pid: number): boolean {
	return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

describe("what people send by mistake or on purpose", () => {
	test("damaged, oversized and forged bodies are refused with the status that says so", async () => {
		const json = { "content-type": "application/json" };
		const damaged = await client.get("/validate_api_token/", { method: "POST", headers: json, body: "{" });
		expect([damaged.status, await damaged.text()]).toEqual([400, "The body is not valid JSON."]);
		const large = Buffer.alloc(21 * 1024 * 1024, "x");
		expect((await client.get("/validate_api_token/", { method: "POST", headers: json, body: large })).status).toBe(413);
		expect((await client.post("/projects/new/", { title: new File([large], "large.txt") })).status).toBe(413);
		expect((await client.post("/projects/new/", { title: "No token at all", csrf_token: [] })).status).toBe(400);
		expect((await client.post("/projects/new/", { title: "Foreign token", csrf_token: stranger.csrfToken })).status).toBe(400);
		expect((await (await client.get("/projects/")).text()).includes("Foreign token")).toBe(false);
	}, 30_000);

	test("addresses of nothing are 404, whatever stands for the id", async () => {
		for (const id of ["999999", "1e1", "1e9", "0x10", "-1", "0", "abc", "1.0", "%20", "99999999999999999999", "%00", "%ff"]) {
			for (const list of ["seq_requests", "projects", "libraries", "pools", "samples"]) {
				expect([list, id, (await client.get(`/${list}/${id}/`)).status]).toEqual([list, id, 404]);
			}
		}
	}, 30_000);

	test("another client's requests, projects, libraries and pools stay closed, for reading and for writing", async () => {
		for (const list of ["seq_requests", "projects", "libraries", "pools", "samples"]) {
			const own = await listedIds(stranger, list);
			const id = (await listedIds(client, list)).find((candidate) => !own.includes(candidate));
			expect(id).toBeDefined();
			expect([list, (await stranger.get(`/${list}/${id}/`)).status]).toEqual([list, 403]);
		}
		const request = await createRequest(client, "Closed to others");
		const run = await openSheet(client, request, "Project closed to others");
		for (const part of ["", "edit/", "attach/", "share/", "submit/", "comment/"]) {
			expect([part, (await stranger.get(request + part)).status]).toEqual([part, 403]);
		}
		for (const part of ["archive/", "annotation/", "attach/", "comment/", "submit/"]) {
			expect([part, (await stranger.post(request + part)).status]).toEqual([part, 403]);
		}
		expect((await stranger.get(run)).status).toBe(403);
		expect((await stranger.post(`${run}discard/`)).status).toBe(403);
		const own = await createRequest(stranger, "Own request");
		const foreignRun = `${own}annotation/${run.split("/").at(-2)}/`;
		expect((await stranger.get(foreignRun)).status).toBe(404);
		expect((await stranger.post(`${foreignRun}discard/`)).status).toBe(404);
		expect((await stranger.get(`${own}annotation/no-run/`)).status).toBe(404);
		expect((await client.get(run)).status).toBe(200);
	}, 30_000);

	test("lists refuse what they do not know and show the last page for one beyond the end", async () => {
		const status = async (query: string) => (await technician.get(`/seq_requests/?${query}`)).status;
		for (const query of ["sort_by=password", "sort_order=up", "page=x", "page=-1", "page=1e1", "status_in=99", "status_in=x"]) {
			expect([query, await status(query)]).toEqual([query, 400]);
		}
		const last = await technician.get("/seq_requests/?page=9999");
		expect(last.status).toBe(200);
		expect(await last.text()).toMatch(/href="\/seq_requests\/\d+\/"/);
		for (const name of ["%00", "%27%22%3B--", "%25%5C", "%F0%9F%A7%AC"]) expect((await status(`name=${name}`)) < 500).toBe(true);
	}, 20_000);

	test("names are shown as text, never run: neither as HTML nor as a formula of a spreadsheet", async () => {
		const html = await createRequest(client, `<img src=x onerror=alert(1)>"'&`);
		const page = await (await client.get(html)).text();
		expect(page).not.toContain("<img src=x");
		expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
		await createRequest(client, "=HYPERLINK(1)");
		const csv = await (await client.get("/htmx/seq_requests/export.csv")).text();
		expect(csv).toContain("'=HYPERLINK(1)");
		expect(csv).not.toMatch(/(^|,|")=HYPERLINK/m);
	}, 20_000);

	test("characters that no database keeps are a clear refusal, not a defect", async () => {
		const answer = await client.post("/projects/new/", { title: "Null\u0000 character", description: "x" });
		expect([400, 422]).toContain(answer.status);
		const signIn = await openCaller(product.url).signIn("a\u0000@example.org", "x");
		expect([400, 422]).toContain(signIn.status);
	}, 20_000);
});

describe("the sheet", () => {
	test("what is no sheet, or too large, is refused in words and changes nothing", async () => {
		const run = await openSheet(client, await createRequest(client, "Sheets beyond limits"), "Project of large sheets");
		const step = await stepAddress(client, run);
		const columns = ["sample_name", "genome"];
		const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => [`sample_${index}`, human]);
		const limits = "A sheet has at most 5000 rows, 200 columns and 4096 characters per cell.";
		const cases: [string, string, string][] = [
			["5,001 rows", JSON.stringify({ columns, rows: rowsOf(5_001) }), limits],
			["100,000 rows", JSON.stringify({ columns, rows: rowsOf(100_000) }), limits],
			["a cell of 1 MB", JSON.stringify({ columns, rows: [["x".repeat(1_000_000), human]] }), limits],
			["no JSON", "sample_name;genome", "The sheet could not be read"],
			["nothing", "", "The sheet did not arrive"],
			["a wrong shape", JSON.stringify([{ sample_name: "a" }]), "The sheet could not be read"],
			["objects in cells", JSON.stringify({ columns, rows: [[{}, []]] }), "The sheet could not be read"],
			["null", "null", "The sheet could not be read"],
		];
		for (const [name, sheet, message] of cases) {
			const answer = await client.post(step, { sheet });
			expect([name, answer.status]).toEqual([name, 400]);
			expect(await answer.text()).toContain(message);
		}
		for (const sheet of [
			'{"columns":["sample_name"],"rows":[["a\\u0000b"]]}',
			'{"columns":["sample_name"],"rows":[["\\ud800"]]}',
		]) {
			expect([400, 422]).toContain((await client.post(step, { sheet })).status);
		}
		expect(await stepAddress(client, run)).toBe(step);
	}, 40_000);

	test("5,000 pasted rows work in the browser: problems are shown and the page goes on answering", async () => {
		const run = await openSheet(client, await createRequest(client, "Five thousand"), "Project of five thousand");
		const page = await openAs(browser, product.url, "client@example.org");
		await page.goto(product.url + run);
		await cell(page, 0, 0).waitFor();
		const rows = Array.from({ length: 5_000 }, (_, index) => [`sample_${index % 4_999}`, human]);
		await paste(page, rows, 0, 0);
		await page
			.getByText(/duplicate|unique|more than once|twice/i)
			.first()
			.waitFor();
		await page.getByRole("button", { name: "Next", exact: true }).click();
		await page.getByText(/things? needs? a change/).waitFor();
		await page.context().close();
	}, 60_000);

	test("a session that ends while somebody types costs nothing: signed in again, everything stands there", async () => {
		const run = await openSheet(client, await createRequest(client, "Expired session"), "Project of an expired session");
		const page = await openAs(browser, product.url, "client@example.org");
		await page.goto(product.url + run);
		await cell(page, 0, 0).waitFor();
		const rows = [
			["kept_1", human],
			["kept_2", human],
			["kept_3", human],
		];
		await paste(page, [...rows, ["kept_3", human]], 0, 0);
		await page.getByRole("button", { name: "Next", exact: true }).click();
		await page.getByText(/things? needs? a change/).waitFor();
		await page.goto(product.url + run);
		await expect.poll(() => cell(page, 3, 0).textContent()).toContain("kept_3");
		await page.getByRole("button", { name: "Next", exact: true }).click();
		await page.getByText(/things? needs? a change/).waitFor();
		await paste(page, [["kept_4", human]], 3, 0);
		rows.push(["kept_4", human]);
		await page.context().clearCookies({ name: "opengsync_session" });
		await page.getByRole("button", { name: "Next", exact: true }).click();
		await page.getByLabel("Password").fill(DEMO_PASSWORD);
		await page.getByLabel("E-mail").fill("client@example.org");
		await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
		await page.getByText(/Brought back what you had typed/).waitFor();
		expect(new URL(page.url()).pathname).toBe(run);
		for (const [row, [name = ""]] of rows.entries()) {
			await expect.poll(() => cell(page, row, 0).textContent()).toContain(name);
			await expect.poll(() => cell(page, row, 1).textContent()).toContain("Human");
		}
		await page.getByRole("button", { name: "Next", exact: true }).click();
		await page.getByRole("heading", { level: 1, name: "Sample Attributes" }).waitFor();
		await page.context().close();
	}, 40_000);
});

describe("the machine", () => {
	test("a database that goes away under load gives a clear page, and web and worker go on once it is back", async () => {
		const cluster = path.dirname(postmasterFile());
		const { port } = readCredentials();
		const pid = postmasterPid();
		const load = Array.from({ length: 8 }, () => fetch(`${product.url}/auth/auth/`).then((answer) => answer.status));
		process.kill(pid, "SIGINT");
		expect((await Promise.all(load)).filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
		await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);

		const down = await client.get("/seq_requests/");
		const text = await down.text();
		expect([down.status, down.headers.get("retry-after")]).toEqual([503, "10"]);
		expect(text).toContain("The database does not answer at present");
		expect(text).not.toMatch(/ECONNREFUSED|node_modules|at \w+ \(/);
		expect((await fetch(`${product.url}/status/`)).status).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, 3_000));

		const options = `-c listen_addresses='127.0.0.1' -c unix_socket_directories='' -c port='${port}'`;
		const log = path.join(product.data, "database", "postgres.log");
		execFileSync(findPostgresPrograms().pgCtl, ["start", "-D", cluster, "-w", "-l", log, "-o", options], {
			...ensureServerUser(),
			cwd: "/",
			stdio: "ignore",
		});
		await expect.poll(async () => (await client.get("/seq_requests/")).status, { timeout: 10_000 }).toBe(200);
		expect((await fetch(`${product.url}/status/ready/`)).status).toBe(200);
		const back = new Date();
		await expect.poll(() => jobsCompletedSince(back), { timeout: 20_000, interval: 1_000 }).toContain("status_update");
	}, 60_000);

	test("a second start on the same data is refused in words; the first one goes on", async () => {
		const second = spawnSync(process.execPath, ["dist/server/main.js", "up", "--port", "1", "--data", product.data], {
			cwd: root,
			encoding: "utf8",
			timeout: 20_000,
		});
		expect([second.status, second.stderr]).toEqual([1, expect.stringMatching(/data directory .* is in use by process \d+/)]);
		expect(second.stderr).not.toMatch(/^\s+at /m);
		expect((await client.get("/")).status).toBe(200);
	}, 30_000);

	test("after kill -9 everything is still there; Ctrl-C ends with code 0 and leaves no database behind", async () => {
		const before = await createRequest(client, "Written before the crash");
		await product.stop("SIGKILL");
		await product.restart();
		expect(await (await client.get(before)).text()).toContain("Written before the crash");
		await signInCaller(product.url, "technician@example.org");
		const pid = postmasterPid();
		const startedMs = Date.now();
		expect(await product.stop("SIGINT")).toBe(0);
		expect(Date.now() - startedMs).toBeLessThan(10_000);
		expect(isRunning(pid)).toBe(false);
	}, 60_000);
});
