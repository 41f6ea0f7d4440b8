import { cp, mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRunFolder, readRunFolder } from "./run-folder.ts";
import { littleEndian } from "./test-support/binary.ts";
import { InstrumentFileError } from "./xml.ts";

const name = "200624_A00834_0183_BHMTFYTINY";
const fixture = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const options = { timeZone: "Europe/Vienna" };
let root: string;
let folder: string;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), "run-folder-"));
	folder = join(root, name);
	await cp(fixture, folder, { recursive: true });
});

afterEach(async () => {
	await rm(root, { recursive: true, force: true });
});

describe("readRunFolder", () => {
	it("reads a run in progress with its experiment, cycles and metrics", async () => {
		const run = await readRunFolder(folder, options);
		expect(run).toMatchObject({
			folder: name,
			completedAt: null,
			runInfo: { flowcellId: "HMTFYDRXX", r1Cycles: 36 },
			runParameters: { experimentName: "Clinical2_A1_DVT_SP_SampleSheet" },
		});
		const metrics = await run.readMetrics();
		expect(metrics).toMatchObject({ hasMetricFiles: true, warnings: [] });
		expect(metrics.quantities.yield?.value).toBe(56_366_767_970);
		expect(metrics.quantities.first_cycle_intensity?.value).toBeCloseTo(1150.05, 2);
	});

	it("takes the end of the run from the time of RTAComplete.txt", async () => {
		const completedAt = new Date("2020-06-25T08:30:00Z");
		await writeFile(join(folder, "RTAComplete.txt"), "");
		await utimes(join(folder, "RTAComplete.txt"), completedAt, completedAt);
		expect((await readRunFolder(folder, options)).completedAt).toEqual(completedAt);
	});

	it("reads the lower-case name of older instruments", async () => {
		await rename(join(folder, "RunParameters.xml"), join(folder, "runParameters.xml"));
		expect(await isRunFolder(folder)).toBe(true);
		expect((await readRunFolder(folder, options)).runParameters.side).toBe("B");
	});

	it("has another fingerprint after any file that is read has changed, and the same one otherwise", async () => {
		const fingerprint = async () => (await readRunFolder(folder, options)).fingerprint;
		const first = await fingerprint();
		await writeFile(join(folder, "SampleSheet.csv"), "changed");
		expect(await fingerprint()).toBe(first);
		await writeFile(join(folder, "RTAComplete.txt"), "");
		const second = await fingerprint();
		await utimes(join(folder, "InterOp", "TileMetricsOut.bin"), new Date(), new Date("2030-01-01"));
		expect(new Set([first, second, await fingerprint()]).size).toBe(3);
	});

	it("has no quantities, and no error, without InterOp", async () => {
		await rm(join(folder, "InterOp"), { recursive: true });
		const run = await readRunFolder(folder, options);
		expect(await run.readMetrics()).toEqual({ quantities: {}, warnings: [], hasMetricFiles: false });
	});

	it("joins the files of single cycles when nothing is merged yet", async () => {
		await rm(join(folder, "InterOp"), { recursive: true });
		for (const [cycle, rate] of [
			[1, 2],
			[3, 4],
		] as const) {
			await mkdir(join(folder, "InterOp", `C${cycle}.1`), { recursive: true });
			const file = littleEndian("u8", 4, "u8", 12, "u16", 1, "u32", 2101, "u16", cycle, "f32", rate);
			await writeFile(join(folder, "InterOp", `C${cycle}.1`, "ErrorMetricsOut.bin"), file);
		}
		expect((await (await readRunFolder(folder, options)).readMetrics()).quantities.error_rate?.value).toBe(3);
	});

	it.each(["RunInfo.xml", "RunParameters.xml"])("says which file is missing or broken: %s", async (file) => {
		await writeFile(join(folder, file), "<Run");
		await expect(readRunFolder(folder, options)).rejects.toThrow(`${file} is not well-formed`);
		await rm(join(folder, file));
		await expect(readRunFolder(folder, options)).rejects.toThrow(`has no ${file}`);
		await expect(readRunFolder(folder, options)).rejects.toBeInstanceOf(InstrumentFileError);
	});
});

describe("isRunFolder", () => {
	it("passes over folders without run parameters, files and missing paths", async () => {
		expect(await isRunFolder(folder)).toBe(true);
		expect(await isRunFolder(root)).toBe(false);
		expect(await isRunFolder(join(folder, "RunInfo.xml"))).toBe(false);
		expect(await isRunFolder(join(root, "gone"))).toBe(false);
	});
});
