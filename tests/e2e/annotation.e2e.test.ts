/** Every assay family annotated in Chromium. A selection by default; all of them with OPENGSYNC_ALL_ASSAYS=1. */
import path from "node:path";
import { SubmissionType } from "@opengsync/domain/catalog";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
	type Body,
	type Definition,
	expectedLibraries,
	type Family,
	families,
	familyCases,
	inputsOf,
	type Submission,
	sampleNames,
} from "../../packages/web/src/features/api/testing/annotation-families.ts";
import { Annotator } from "./support/annotator.ts";
import { launchBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { createToken, fillRequest, openAs } from "./support/steps.ts";

const submissionTypes = {
	R: SubmissionType.RAW_SAMPLES.label,
	P: SubmissionType.POOLED_LIBRARIES.label,
	U: SubmissionType.UNPOOLED_LIBRARIES.label,
} as const;

const familyNamed = (name: string): Family => {
	const family = families.find((candidate) => candidate.name === name);
	if (!family) throw new Error(`No family "${name}"`);
	return family;
};

const multiomeWithHashing: Family = {
	...familyNamed("multiome"),
	name: "multiome with hashing",
	values: { oligo_multiplexing: true, oligo_multiplexing_kit: "CellPlex" },
	mux: "oligo_mux_annotation",
	libraries: ["TENX_SC_GEX_3PRIME", "TENX_SC_ATAC", "TENX_MUX_OLIGO"],
};

const representative: readonly (readonly [string, Submission, Family])[] = [
	["bulk RNA", "R", familyNamed("bulk RNA")],
	["multiome with hashing", "R", multiomeWithHashing],
	["Flex 16-plex with antibodies", "P", familyNamed("Flex 16-plex with antibodies")],
	["10x 5' with VDJ-T, VDJ-B and VDJ-GD", "P", familyNamed("10x 5' with VDJ-T, VDJ-B and VDJ-GD")],
	["Visium", "R", familyNamed("Visium")],
	["Parse with wells, CRISPR, TCR and BCR", "U", familyNamed("Parse with wells, CRISPR, TCR and BCR")],
];

const isComplete = process.env.OPENGSYNC_ALL_ASSAYS === "1";
const cases = isComplete
	? [...familyCases, ...(["R", "P", "U"] as const).map((type) => [multiomeWithHashing.name, type, multiomeWithHashing] as const)]
	: representative;

let product: Product;
let browser: Browser;
let page: Page;
let annotator: Annotator;
/** Steps that do not depend on the assay. */
const common = new Set(["project_select", "sample_annotation", "sample_attribute_annotation", "select_service", "pool_mapping"]);
/** Steps of which a mistake was shown already: once is enough, or once per family when everything is asked for. */
const mistaken = new Set<string>();
let titles = 0;

beforeAll(async () => {
	product = await startProduct({ args: ["--demo"] });
	browser = await launchBrowser();
	page = await openAs(browser, product.url, "bioinformatician@example.org");
	annotator = new Annotator(page, product.url, await createToken(page));
}, 180_000);

afterAll(async () => {
	await browser?.close();
	await product?.dispose();
});

afterEach(async ({ task }) => {
	const folder = process.env.OPENGSYNC_FAILURE_PICTURES;
	if (folder && task.result?.state === "fail")
		await page.screenshot({ path: path.join(folder, `${task.id}.png`), fullPage: true });
});

/** Creates a request and opens the first step of its annotation. */
async function startRequest(name: string, submission: Submission): Promise<void> {
	await fillRequest(page, product.url, name, submissionTypes[submission]);
	await annotator.start();
}

/** What the request has to have in the end, as drawing and tabs count it. */
async function expectCreated(counts: { samples: number; samplePools: number; libraries: number; pools: number }): Promise<void> {
	const words = (count: number, one: string, many = `${one}s`) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]);
	expect(await annotator.readDrawing()).toBe(
		[
			...words(1, "project"),
			...words(counts.samples, "sample"),
			...words(counts.samplePools, "multiplexing pool"),
			...words(counts.libraries, "library", "libraries"),
			...words(counts.pools, "pool"),
		].join(" → "),
	);
	await annotator.complete();
	expect({
		samples: await annotator.readCount("Samples"),
		libraries: await annotator.readCount("Libraries"),
		pools: await annotator.readCount("Pools"),
	}).toEqual({ samples: counts.samples, libraries: counts.libraries, pools: counts.pools });
}

describe.each(cases)("%s, %s", (name, submission, family) => {
	test("a customer is shown every mistake at its cell, mends it, and gets what was drawn", async () => {
		await startRequest(`${name} ${submission}`, submission);
		const title = `Annotated in a browser ${++titles}`;
		const log: string[] = [];
		const start = performance.now();
		for (;;) {
			const step = await annotator.readStep();
			if (step.kind === "review") break;
			const { good, bad } = inputsOf(step, family, title);
			if (!mistaken.has(step.name) || (isComplete && !common.has(step.name))) {
				mistaken.add(step.name);
				log.push(`${step.name}: ${await annotator.showMistake(step, good, bad)}`);
			}
			await annotator.submit(step, good);
		}
		const samplePools = family.mux ? 1 : 0;
		const pools = submission === "P" ? 1 : 0;
		await expectCreated({ samples: sampleNames.length, samplePools, libraries: expectedLibraries(family).length, pools });
		const seconds = Math.round((performance.now() - start) / 1000);
		if (isComplete) console.info(`${name}, ${submission}: ${seconds} s\n  ${log.join("\n  ")}`);
	}, 120_000);
});

/** Sequences of 8 bases of which any two differ in three positions or more. */
function makeBarcodes(count: number): string[] {
	const barcodes: string[] = [];
	for (let seed = 1; barcodes.length < count; seed = (seed * 48_271) % 2_147_483_647) {
		const candidate = Array.from({ length: 8 }, (_, at) => "ACGT"[(seed >> (2 * at + 3)) & 3]).join("");
		const isFar = barcodes.every((other) => [...other].filter((base, at) => base !== candidate[at]).length >= 3);
		if (isFar) barcodes.push(candidate);
	}
	return barcodes;
}

describe("a 384-well plate of bulk RNA libraries with typed dual indices in one pool", () => {
	const barcodes = makeBarcodes(768);
	const names = Array.from({ length: 384 }, (_, well) => `${"ABCDEFGHIJKLMNOP"[Math.floor(well / 24)]}${(well % 24) + 1}_clone`);
	const plate: Family = familyNamed("bulk RNA");

	/** What a step of the plate gets; the forms are those of the family. */
	function plateInput(step: Definition): Body {
		if (step.name === "sample_annotation") {
			return { columns: ["Sample Name", "Genome"], rows: names.map((name) => [name, "Mouse (Mus musculus)"]) };
		}
		if (step.name === "barcode_input") {
			const rows = (step.sheet?.rows ?? []).map((row, at) => [
				row[0] ?? null,
				barcodes[2 * at] ?? null,
				barcodes[2 * at + 1] ?? null,
			]);
			return { columns: ["Library Name", "i7 Sequence", "i5 Sequence"], rows };
		}
		return inputsOf(step, plate, "Annotated plate").good;
	}

	test("is pasted, checked and created whole", async () => {
		await startRequest("384 wells", "P");
		for (;;) {
			const step = await annotator.readStep();
			if (step.kind === "review") break;
			await annotator.submit(step, plateInput(step));
		}
		await expectCreated({ samples: 384, samplePools: 0, libraries: 384, pools: 1 });
	}, 120_000);
});
