import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { completeAnnotation, startAnnotation, submitAnnotationStep } from "@opengsync/core/annotation/annotation-run";
import type { CommandContext, Viewer } from "@opengsync/core/context";
import { createTestServices, runAs } from "@opengsync/core/testing";
import { connect } from "@opengsync/db/connection";
import { startEmbeddedPostgres } from "@opengsync/db/embedded-postgres";
import { migrate } from "@opengsync/db/migrate";
import { createRequest, createUser } from "@opengsync/db/testing/factories";
import type { StepInput } from "@opengsync/domain/annotation/state";
import { ServiceType, SubmissionType } from "@opengsync/domain/catalog";
import { serveHarness } from "@opengsync/web/islands/sheet/harness/serve-harness";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { largestIndexSheet, largestRequestRows, timeIndexSheet } from "./annotation-sheets.ts";
import type { Measurement } from "./measurement.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const repetitions = 9;

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Computing time of this program for a piece of work, ms: unlike the time on the clock it does not depend on what else the machine does. */
function timeComputing(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** A clock of the computing time of a page's own thread, ms. */
async function openPageClock(page: Page): Promise<() => Promise<number>> {
	const session = await page.context().newCDPSession(page);
	await session.send("Performance.enable");
	return async () => {
		const { metrics } = await session.send("Performance.getMetrics");
		return (metrics.find((metric) => metric.name === "ThreadTime")?.value ?? Number.NaN) * 1000;
	};
}

async function bundle(entryPoint: string, globalName?: string): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [entryPoint],
		bundle: true,
		minify: true,
		format: globalName ? "iife" : "esm",
		...(globalName ? { globalName } : {}),
		target: "es2024",
		write: false,
		logLevel: "error",
	});
	return outputFiles[0]?.text ?? "";
}

/** Times from the keys Ctrl+V until a wrong cell of the pasted rows is marked: as the page itself sees it, and what it computed. */
async function timePaste(page: Page, rows: number): Promise<{ readonly clockMs: number; readonly computedMs: number }> {
	const text = Array.from({ length: rows }, (_, row) =>
		[`sample_${row}`, `library_${row}`, row % 2 === 0 ? "nobody" : "Human (Homo sapiens)", ...Array<string>(9).fill("x")].join(
			"\t",
		),
	).join("\n");
	await page.evaluate((value) => navigator.clipboard.writeText(value), text);
	await page.locator('revogr-data[type="rgRow"][col-type="rgCol"] [data-rgrow="0"][data-rgcol="0"]').click();
	await page.waitForTimeout(500);
	await page.evaluate(() => {
		const marked = 'revogr-data[type="rgRow"][col-type="rgCol"] [data-rgrow="0"][data-rgcol="2"][aria-invalid="true"]';
		document.addEventListener(
			"paste",
			() => {
				const startMs = performance.now();
				const observer = new MutationObserver(() => {
					if (!document.querySelector(marked)) return;
					observer.disconnect();
					document.body.dataset.markedMs = String(performance.now() - startMs);
				});
				observer.observe(document.body, { subtree: true, childList: true, attributes: true });
			},
			{ capture: true, once: true },
		);
	});
	const readClock = await openPageClock(page);
	const beforeMs = await readClock();
	await page.keyboard.press("Control+V");
	await page.waitForFunction(() => document.body.dataset.markedMs !== undefined);
	const computedMs = (await readClock()) - beforeMs;
	return { clockMs: Number(await page.evaluate(() => document.body.dataset.markedMs)), computedMs };
}

function describeTimes(what: string, clockMs: readonly number[], computedMs: readonly number[]): Measurement[] {
	return [
		{ what: `${what}, median`, value: median(clockMs), unit: "ms" },
		{ what: "  of which computed, first", value: computedMs[0] ?? Number.NaN, unit: "ms" },
		{ what: "  of which computed, median", value: median(computedMs), unit: "ms" },
	];
}

async function measureBrowser(): Promise<Measurement[]> {
	const script = await bundle(fileURLToPath(new URL("./annotation-sheets.ts", import.meta.url)), "bench");
	const island = await bundle(fileURLToPath(import.meta.resolve("@opengsync/web/islands/sheet/island")));
	const harness = await serveHarness();
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
	});
	try {
		const blank = await browser.newPage();
		await blank.addScriptTag({ content: script });
		const readClock = await openPageClock(blank);
		const computedMs: number[] = [];
		const clockMs: number[] = [];
		for (let round = 0; round < repetitions; round++) {
			const beforeMs = await readClock();
			const { timesMs } = (await blank.evaluate("bench.timeIndexSheet(1)")) as ReturnType<typeof timeIndexSheet>;
			computedMs.push((await readClock()) - beforeMs);
			clockMs.push(...timesMs);
		}
		const pastes: Awaited<ReturnType<typeof timePaste>>[] = [];
		for (let round = 0; round < 5; round++) {
			const context = await browser.newContext({ viewport: { width: 1300, height: 900 } });
			await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: harness.url });
			const page = await context.newPage();
			await page.goto(harness.url);
			pastes.push(await timePaste(page, largestRequestRows));
			await context.close();
		}
		return [
			...describeTimes("annotation: validate 1,536 rows and compare indices, Chromium", clockMs, computedMs),
			...describeTimes(
				"annotation: 1,536 × 12 cells from paste to marked cells",
				pastes.map((paste) => paste.clockMs),
				pastes.map((paste) => paste.computedMs),
			),
			{ what: "annotation: size of the sheet island, compressed", value: gzipSync(island).length / 1024, unit: "KiB" },
		];
	} finally {
		await browser.close();
		await harness.close();
	}
}

/** Answers to the steps of a request of ready-made pools with typed indices. */
function inputsOfLargestRequest(): (readonly [string, StepInput])[] {
	const { names: libraries, sheet } = largestIndexSheet();
	const names = libraries.map((name) => name.replace(/_WGS$/, ""));
	const custom = { kit: "custom", orientation: "forward", primer: "AGATCGGAAGAGC" };
	const match = Object.fromEntries(
		["i7", "i5"].flatMap((side) => Object.entries(custom).map(([field, value]) => [`${field}_${side}`, value])),
	);
	return [
		["project_select", { values: { project_title: "Large project", project_description: "Text" } }],
		[
			"sample_annotation",
			{ sheet: { columns: ["Sample Name", "Genome"], rows: names.map((name) => [name, "Human (Homo sapiens)"]) } },
		],
		[
			"sample_attribute_annotation",
			{ sheet: { columns: ["Sample Name", "Tissue", "Age"], rows: names.map((name, index) => [name, "blood", index % 80]) } },
		],
		["select_service", { values: { service_type_id: String(ServiceType.WGS.id) } }],
		[
			"pooled_library_annotation",
			{ sheet: { columns: ["Library Name", "Pool"], rows: libraries.map((name) => [name, "tube_1"]) } },
		],
		[
			"pool_mapping",
			{ values: { contact_name: "Contact", contact_email: "contact@example.org", contact_phone: "1", pool_0_name: "tube_1" } },
		],
		["barcode_input", { sheet }],
		["barcode_match", { values: match }],
	];
}

async function measureCompletion(): Promise<Measurement[]> {
	const folder = makeTemporaryFolder();
	const server = await startEmbeddedPostgres({ dataDirectory: path.join(folder, "database") });
	try {
		await migrate(server.ownerUrl);
		const { db, close } = connect({ url: server.appUrl });
		const user = await createUser(db);
		const viewer: Viewer = { id: user.id, email: user.email, firstName: "Demo", lastName: "User", roleId: user.role_id };
		const services = createTestServices();
		const as = <T>(work: (context: CommandContext) => Promise<T>) => runAs(db, viewer, services, work);
		const request = await createRequest(db, { requestor_id: viewer.id, submission_type_id: SubmissionType.POOLED_LIBRARIES.id });
		const { uuid } = await as((context) => startAnnotation(context, request.id));
		const stepTimesMs: number[] = [];
		for (const [step, input] of inputsOfLargestRequest()) {
			const startMs = performance.now();
			const outcome = await as((context) => submitAnnotationStep(context, request.id, uuid, step, input));
			stepTimesMs.push(performance.now() - startMs);
			if (!outcome.accepted) throw new Error(`${step}: ${JSON.stringify(outcome).slice(0, 400)}`);
		}
		const startMs = performance.now();
		const before = process.cpuUsage();
		const done = await as((context) => completeAnnotation(context, request.id, uuid, { values: { confirm_clash: true } }));
		const elapsedMs = performance.now() - startMs;
		const computed = process.cpuUsage(before);
		if (!done.accepted) throw new Error(JSON.stringify(done).slice(0, 400));
		await close();
		return [
			{ what: "annotation: slowest step of 1,536 rows, saved", value: Math.max(...stepTimesMs), unit: "ms" },
			{ what: "annotation: completion of 1,536 samples and libraries, with audit", value: elapsedMs, unit: "ms" },
			{ what: "  of which the program computed", value: (computed.user + computed.system) / 1000, unit: "ms" },
		];
	} finally {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What somebody waits for who annotates the largest request. Needs Chromium. */
export async function measureAnnotation(): Promise<Measurement[]> {
	const clockMs: number[] = [];
	const computedMs = Array.from({ length: repetitions }, () => timeComputing(() => clockMs.push(...timeIndexSheet(1).timesMs)));
	return [
		...describeTimes("annotation: validate 1,536 rows and compare indices, Node.js", clockMs, computedMs),
		...(await measureBrowser()),
		...(await measureCompletion()),
	];
}
