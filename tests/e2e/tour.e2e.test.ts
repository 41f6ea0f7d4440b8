/**
 * The tour of docs/tour.md as one story: each test takes up where the one before ended, with the same three people, so they stay in one
 * file and fail from the first broken step on.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { checksums, downloadWithPrograms, makeDelivery, sha256 } from "./support/delivery.ts";
import { type Product, startProduct } from "./support/product.ts";
import { cell, confirmYes, createToken, fillRequest, nextStep, openAs, paste, picture, readTable } from "./support/steps.ts";

const root = path.resolve(import.meta.dirname, "../..");
const examples = path.join(root, "packages/core/fixtures");
const runFixture = path.join(root, "packages/illumina/fixtures/200624_A00834_0183_BHMTFYTINY");
const EXPERIMENT = "TOUR_0001";
const human = "Human (Homo sapiens)";

const config = `
personalization: { organization: "Tour Facility", email: "facility@example.org" }
illumina_run_folder: "{folder}/runs"
share_root: "{folder}/share"
share_path_mapping: { PROCESSED_DATA: "/projects/processed" }
scheduler: { rf_scan_interval_min: 0.03, status_update_interval_min: 0.03 }
`;

let product: Product;
let browser: Browser;
let client: Page;
let technician: Page;
let bioinformatician: Page;
/** Address of the request that goes all the way. */
let requestUrl = "";
let experimentUrl = "";
let projectUrl = "";

beforeAll(async () => {
	product = await startProduct({ config, args: ["--demo"] });
	browser = await launchBrowser();
	client = await openAs(browser, product.url, "client@example.org");
	technician = await openAs(browser, product.url, "technician@example.org");
	bioinformatician = await openAs(browser, product.url, "bioinformatician@example.org");
}, 180_000);

afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

/** Waits until the status bar of the page, loaded anew, says so: the worker is on its way. */
async function waitForStatus(page: Page, url: string, status: string): Promise<void> {
	await expect
		.poll(
			async () => {
				await page.goto(url);
				return page.locator(".status-bar [aria-current=step]").textContent();
			},
			{ timeout: 60_000, interval: 1_000 },
		)
		.toContain(status);
}

/** Chooses or names the project, the first step of every annotation. */
async function annotateProject(title: string): Promise<void> {
	await client.getByRole("button", { name: "Add samples", exact: true }).click();
	await client.getByLabel("New project: title").fill(title);
	await client.getByLabel("New project: description").fill("Made on the tour");
	await nextStep(client, "Samples");
	await cell(client, 0, 0).waitFor();
}

/** From the samples, without attributes, to the sheet with the pools of the libraries. */
async function chooseAssay(): Promise<void> {
	await nextStep(client, "Sample Attributes");
	await cell(client, 0, 0).waitFor();
	await nextStep(client, "Select Assay");
	await client.locator("[name=service_type_id]").selectOption("100");
	await goOn();
	await client.getByRole("columnheader", { name: /Pool/ }).first().waitFor();
}

/** Leaves a step for one that is told by something else than its title. */
async function goOn(): Promise<void> {
	await client.getByRole("button", { name: "Next", exact: true }).click();
}

async function completeAnnotation(): Promise<void> {
	await client.getByRole("button", { name: "Complete", exact: true }).click();
	await confirmYes(client);
	await client.getByText(/\d+ libraries added/).waitFor();
}

afterEach(async ({ task }) => {
	const folder = process.env.OPENGSYNC_FAILURE_PICTURES;
	if (!folder || task.result?.state !== "fail") return;
	const pages = { client, technician, bioinformatician };
	for (const [name, page] of Object.entries(pages)) {
		await page.screenshot({ path: path.join(folder, `${task.id}-${name}.png`), fullPage: true }).catch(() => undefined);
	}
});

describe("the main job, from a customer's request to the data in the customer's hands", () => {
	test("a client creates a request and annotates raw samples by pasting a real sheet", async () => {
		await fillRequest(client, product.url, "Tour: raw bulk RNA", "Raw Samples");
		await picture(client, "01-request");
		await annotateProject("Tour raw project");
		const rows = readTable(path.join(examples, "raw-bulk-rna.tsv"));
		await paste(client, rows, 0, 0, true);
		await client.getByText("The first row was taken as titles").waitFor();
		await picture(client, "02-sheet-errors");
		await client
			.getByRole("button", { name: /Apply all \d+ repairs/ })
			.first()
			.click();
		await nextStep(client, "Sample Attributes");
		await cell(client, 0, 0).waitFor();
		await nextStep(client, "Select Services");
		await client.locator("[name=service_type_id]").selectOption("100");
		await nextStep(client, "Review");
		await picture(client, "03-review");
		await completeAnnotation();
		await expect.poll(() => client.getByRole("tab", { name: /Libraries/ }).textContent()).toContain(String(rows.length - 1));
	}, 120_000);

	test("a client annotates pooled libraries with typed indices of a real sheet", async () => {
		await fillRequest(client, product.url, "Tour: pooled bulk RNA", "Pooled Libraries");
		await annotateProject("Tour pooled project");
		const [, ...rows] = readTable(path.join(examples, "pooled-bulk-rna.tsv"));
		await paste(
			client,
			rows.map((row) => [row[0] ?? "", human]),
			0,
			0,
		);
		await expect.poll(() => cell(client, 0, 1).textContent()).toContain("Human");
		await chooseAssay();
		await paste(
			client,
			rows.map((row) => [row[5] ?? ""]),
			0,
			1,
		);
		await goOn();
		await client.locator("[name=pool_0_name]").waitFor();
		await goOn();
		await client
			.getByRole("columnheader", { name: /i7 Sequence/ })
			.first()
			.waitFor();
		const named = rows.map((row) => [`${row[0]}_BULKRNA`, "", "", "", row[8] ?? "", "", "", row[9] ?? ""]);
		await paste(client, named, 0, 0);
		await picture(client, "04-indices");
		await goOn();
		await client.locator("[name=kit_i7]").selectOption("custom");
		await client.locator("[name=orientation_i7]").selectOption("forward");
		await client.locator("[name=primer_i7]").fill("AGATCGGAAGAGCACACGTCTGAACTCCAGTCAC");
		await client.locator("[name=kit_i5]").selectOption("custom");
		await client.locator("[name=orientation_i5]").selectOption("forward");
		await client.locator("[name=primer_i5]").fill("AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT");
		await nextStep(client, "Review");
		await completeAnnotation();
		await expect
			.poll(() => client.getByRole("tab", { name: /Pools/ }).textContent())
			.toContain(String(new Set(rows.map((row) => row[5])).size));
	}, 120_000);

	test("a client annotates pooled libraries with the wells of an index kit, uploads the form and submits", async () => {
		await fillRequest(client, product.url, "Tour: on the flow cell", "Pooled Libraries");
		requestUrl = client.url();
		await annotateProject("Tour project on the flow cell");
		await paste(
			client,
			[
				["virus_1", human],
				["virus_2", human],
			],
			0,
			0,
		);
		await chooseAssay();
		await paste(client, [["TOUR_POOL"], ["TOUR_POOL"]], 0, 1);
		await goOn();
		await client.locator("[name=pool_0_name]").waitFor();
		await client.locator("[name^=pool_0_]").last().fill("100");
		await goOn();
		await client
			.getByRole("columnheader", { name: /Index Well/ })
			.first()
			.waitFor();
		const kit = "[IDT-ILMN-UD-A] IDT for Illumina UD Indexes Plate A";
		await paste(
			client,
			[
				["virus_1_BULKRNA", "A01", kit],
				["virus_2_BULKRNA", "B01", kit],
			],
			0,
			0,
		);
		await nextStep(client, "Review");
		await completeAnnotation();

		await client.getByRole("link", { name: "Upload form" }).click();
		await client.locator("#dialog input[type=file]").setInputFiles({
			name: "authorization.pdf",
			mimeType: "application/pdf",
			buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
		});
		await client.locator("#dialog").getByRole("button", { name: "Upload" }).click();
		await client.getByText("2 of 3 done").waitFor();
		await client.getByRole("link", { name: "Submit request" }).click();
		await client.locator("#dialog [name=byMail]").check();
		await client.locator("#dialog").getByRole("button", { name: "Submit request" }).click();
		await client.locator(".status-bar [aria-current=step]").getByText("Submitted").waitFor();
		await picture(client, "05-submitted");
	}, 120_000);

	test("a technician sees on the dashboard what waits for the facility", async () => {
		await technician.goto(product.url);
		await technician.getByText("Tour: on the flow cell").first().waitFor();
		await picture(technician, "dashboard");
	}, 30_000);

	test("a technician accepts the request, which notifies the client, and stores the pool", async () => {
		await technician.goto(requestUrl);
		await technician.getByRole("link", { name: "Process" }).click();
		await technician
			.locator("#dialog")
			.getByLabel(/Accepted/)
			.check();
		await technician.locator("#dialog").getByRole("button", { name: "Send decision" }).click();
		await technician.locator(".status-bar [aria-current=step]").getByText("Accepted").waitFor();
		await technician.getByRole("link", { name: "Store Samples" }).click();
		await technician.getByText("TOUR_POOL").waitFor();
		await picture(technician, "06-store");
		await technician.getByRole("main").getByRole("button", { name: /Store/ }).click();
		await technician.locator(".status-bar [aria-current=step]").getByText("Prepared").waitFor();
	}, 60_000);

	test("a technician measures the pool, puts it on both lanes of a new experiment and loads the flow cell", async () => {
		await technician.goto(`${product.url}/pools/?name=TOUR_POOL`);
		await technician.getByRole("link", { name: "TOUR_POOL" }).first().click();
		const poolUrl = technician.url().replace(/\?.*$/, "");
		await technician.goto(`${poolUrl}measurements/`);
		await technician.locator("[name=qubitConcentration]").fill("2");
		await technician.locator("[name=avgFragmentSize]").fill("400");
		await technician.getByRole("main").locator("form button[type=submit]").last().click();
		await technician.getByText("Qubit Measurements saved!").waitFor();

		await technician.goto(`${product.url}/experiments/new/`);
		await technician.locator("[name=name]").fill(EXPERIMENT);
		await technician.locator("[name=workflowId]").selectOption("2");
		await technician.locator("[name=sequencerId]").selectOption({ index: 1 });
		for (const [name, value] of [
			["r1Cycles", "36"],
			["i1Cycles", "10"],
			["i2Cycles", "10"],
			["r2Cycles", "0"],
		] as const) {
			await technician.locator(`[name=${name}]`).fill(value);
		}
		await technician.getByRole("button", { name: "Create experiment" }).click();
		await technician.getByRole("heading", { level: 1, name: EXPERIMENT }).waitFor();
		experimentUrl = technician.url().replace(/[?#].*$/, "");

		await technician.goto(`${experimentUrl}pools/add/`);
		const value = await technician.locator("[name=poolIds] option", { hasText: "TOUR_POOL" }).getAttribute("value");
		await technician.locator("select[name=poolIds]").selectOption(value ?? "", { force: true });
		await technician.getByRole("main").getByRole("button", { name: "Add pools" }).click();
		await technician.getByText("Pools linked to experiment").waitFor();
		for (const lane of ["1", "2"]) {
			await technician
				.getByRole("button", { name: new RegExp(`lane ${lane}|^${lane}$`, "i") })
				.first()
				.click();
			await technician.waitForTimeout(500);
		}
		await picture(technician, "07-lanes");

		await technician.goto(`${experimentUrl}load/`);
		for (const lane of ["1", "2"]) {
			for (const [name, amount] of [
				["phiX", "1"],
				["targetMolarity", "3"],
				["sequencingConcentration", "1"],
				["totalVolume", "100"],
			] as const) {
				await technician.locator(`[name=${name}_${lane}]`).fill(amount);
			}
		}
		await technician.getByRole("main").locator("form button[type=submit]").last().click();
		await technician.getByText("Saved!").first().waitFor();
		await technician.goto(experimentUrl);
		await expect.poll(() => technician.locator(".status-bar [aria-current=step]").textContent()).toContain("Loaded");
	}, 90_000);

	test("the worker finds the run folder: first running, then finished; statuses move on", async () => {
		const runs = path.join(path.dirname(product.data), "runs");
		const folder = path.join(runs, "261122_A00834_0001_BTOUR");
		const staged = mkdtempSync(path.join(path.dirname(product.data), "staged-"));
		cpSync(runFixture, staged, { recursive: true });
		rmSync(path.join(staged, "RTAComplete.txt"), { force: true });
		const parameters = path.join(staged, "RunParameters.xml");
		writeFileSync(parameters, readFileSync(parameters, "utf8").replace(/<ExperimentName>[^<]*/, `<ExperimentName>${EXPERIMENT}`));
		mkdirSync(runs, { recursive: true });
		cpSync(staged, folder, { recursive: true });
		await waitForStatus(technician, experimentUrl, "Sequencing");
		writeFileSync(path.join(folder, "RTAComplete.txt"), "");
		await waitForStatus(technician, experimentUrl, "Sequenced");
		await picture(technician, "08-run");
		await technician.goto(`${product.url}/seq_runs/?experiment_name=${EXPERIMENT}`);
		await technician.getByRole("link", { name: EXPERIMENT }).first().click();
		await expect.poll(() => technician.getByRole("main").textContent()).toContain("36-10-10-0");
		await waitForStatus(technician, requestUrl, "Data Processing");
	}, 180_000);

	test("reads per library come from the demultiplexing report over the HTTP API", async () => {
		await bioinformatician.goto(product.url);
		const token = await createToken(bioinformatician);
		const report = path.join(runFixture, "Reports", "Demultiplex_Stats.csv");
		const output = execFileSync(
			process.execPath,
			["dist/server/main.js", "set-reads", report, "--experiment", EXPERIMENT, "--url", product.url],
			{ cwd: root, encoding: "utf8", env: { ...process.env, OPENGSYNC_TOKEN: token } },
		);
		expect(output).toContain("lane 1: virus_1_BULKRNA 9920");
		expect(output).toContain("lane 2: undetermined 3439373");
		await waitForStatus(bioinformatician, experimentUrl, "Demultiplexed");
		await bioinformatician.goto(`${experimentUrl}?tab=stats`);
		await expect.poll(() => bioinformatician.getByRole("main").textContent()).toMatch(/virus_1_BULKRNA/);
		await picture(bioinformatician, "09-reads");
	}, 90_000);

	test("a bioinformatician shares the data; the request is finished", async () => {
		const share = path.join(path.dirname(product.data), "share");
		makeDelivery(path.join(share, "PROCESSED_DATA", "tour"));
		await bioinformatician.goto(`${product.url}/projects/?title=${encodeURIComponent("Tour project on the flow cell")}`);
		await bioinformatician.getByRole("link", { name: "Tour project on the flow cell" }).first().click();
		projectUrl = bioinformatician.url().replace(/[?#].*$/, "");
		await bioinformatician.goto(`${projectUrl}data_paths/add/`);
		await bioinformatician.locator("[name=path]").fill("/projects/processed/tour");
		await bioinformatician.getByRole("button", { name: "Add path" }).click();
		await bioinformatician.getByText("PROCESSED_DATA/tour").first().waitFor();
		await bioinformatician.goto(`${projectUrl}share/`);
		await picture(bioinformatician, "10-share");
		await bioinformatician.getByRole("main").locator("form button[type=submit]").last().click();
		await bioinformatician
			.getByText(/rclone sync/)
			.first()
			.waitFor();
		await picture(bioinformatician, "11-shared");
		await waitForStatus(client, requestUrl, "Finished");
	}, 90_000);

	test("the customer opens the mail's link and downloads with browser, rclone, WebDAV, wget and curl; checksums are equal", async () => {
		const admin = await openAs(browser, product.url, "admin@example.org");
		await admin.goto(`${product.url}/admin/mail/`);
		await picture(admin, "12-mail");
		await admin
			.getByRole("link", { name: /Shared Project Data/ })
			.first()
			.click();
		const mail = (await admin.getByRole("main").textContent()) ?? "";
		const token = /\/files\/share\/browse\/([\w-]{20,})/.exec(mail)?.[1] ?? "";
		expect(token).not.toBe("");

		const source = checksums(path.join(path.dirname(product.data), "share", "PROCESSED_DATA", "tour"));
		expect(source.size).toBe(4);
		const customer = await (await browser.newContext()).newPage();
		await customer.goto(`${product.url}/files/share/browse/${token}/PROCESSED_DATA/tour/`);
		await picture(customer, "13-browse");
		await customer.getByRole("link", { name: "fastq/" }).click();
		const [download] = await Promise.all([
			customer.waitForEvent("download"),
			customer.getByRole("link", { name: /virus_1/ }).click(),
		]);
		expect(sha256(await download.path())).toBe(source.get("fastq/virus_1_S1_L001_R1_001.fastq.gz"));

		const target = mkdtempSync(path.join(tmpdir(), "opengsync-download-"));
		try {
			for (const folder of downloadWithPrograms(product.url, token, target)) {
				expect(checksums(path.join(folder, "PROCESSED_DATA", "tour"))).toEqual(source);
			}
			const file = path.join(target, "curl.bin");
			execFileSync("curl", ["-sS", "-f", "-o", file, `${product.url}/api/files/browse/${token}/PROCESSED_DATA/tour/report.html`]);
			expect(sha256(file)).toBe(source.get("report.html"));
		} finally {
			rmSync(target, { recursive: true, force: true });
		}
	}, 120_000);
});
