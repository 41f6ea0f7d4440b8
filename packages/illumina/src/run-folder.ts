import { createHash } from "node:crypto";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type MetricName, type MetricWarning, maximumMetricBytes } from "./interop/metric-file.ts";
import type { MetricFiles } from "./interop/read-metrics.ts";
import { parseRunInfo, type RunInfo } from "./run-info.ts";
import { computeRunQuantities, type RunQuantities } from "./run-metrics.ts";
import { parseRunParameters, type RunParameters } from "./run-parameters.ts";
import { InstrumentFileError, maximumXmlCharacters } from "./xml.ts";

/** What is read from a run folder (background-and-ops.md §2.1). */
export interface RunFolder {
	/** Directory name. */
	readonly folder: string;
	readonly runInfo: RunInfo;
	readonly runParameters: RunParameters;
	/** Modification time of `RTAComplete.txt`; null while the run goes on. */
	readonly completedAt: Date | null;
	/** Changes when name, size or modification time of a file that is read changes (background-and-ops.md §2.4 step 8). */
	readonly fingerprint: string;
	/** Reads the metric files. A folder without them gives no quantities. */
	readonly readMetrics: () => Promise<RunFolderMetrics>;
}

/** Quantities of a run and what kept others from being computed. */
export interface RunFolderMetrics {
	readonly quantities: RunQuantities;
	readonly warnings: readonly MetricWarning[];
	/** False when `InterOp` is missing or has no file that is read: no error, one log line. */
	readonly hasMetricFiles: boolean;
}

const runParametersNames = ["RunParameters.xml", "runParameters.xml"] as const;
const completionMarker = "RTAComplete.txt";

/** Whether `path` is a directory that contains `RunParameters.xml` or `runParameters.xml`. False when it cannot be listed. */
export async function isRunFolder(path: string): Promise<boolean> {
	try {
		return (await findRunParametersName(path)) !== null;
	} catch {
		return false;
	}
}

/**
 * Reads the XML files and the state of a run folder; metrics are read on demand. Nothing is ever written there.
 * @param path the folder; only files directly inside and in `InterOp` are opened
 * @param options.timeZone IANA name of the facility's time zone, for start dates without offset
 * @throws {InstrumentFileError} when one of the two XML files is missing, too large or cannot be understood; errors of the file system,
 * e.g. for missing permissions, are passed on
 */
export async function readRunFolder(path: string, options: { timeZone: string }): Promise<RunFolder> {
	const runParametersName = await findRunParametersName(path);
	if (!runParametersName) throw new InstrumentFileError(`${basename(path)} has no RunParameters.xml`);
	const runInfo = parseRunInfo(await readXmlFile(path, "RunInfo.xml"), options.timeZone);
	const runParameters = parseRunParameters(await readXmlFile(path, runParametersName));
	const completion = await statFile(join(path, completionMarker));
	return {
		folder: basename(path),
		runInfo,
		runParameters,
		completedAt: completion?.mtime ?? null,
		fingerprint: await fingerprintOf(path, ["RunInfo.xml", runParametersName, completionMarker]),
		readMetrics: async () => {
			const { files, warnings } = await readMetricFiles(path, runInfo.totalCycleCount);
			const computed = computeRunQuantities({ runInfo, files });
			return {
				quantities: computed.quantities,
				warnings: [...warnings, ...computed.warnings],
				hasMetricFiles: Object.keys(files).length > 0,
			};
		},
	};
}

async function findRunParametersName(path: string): Promise<(typeof runParametersNames)[number] | null> {
	const names = new Set(await listDirectory(path));
	return runParametersNames.find((name) => names.has(name)) ?? null;
}

async function fingerprintOf(path: string, names: readonly string[]): Promise<string> {
	const metricNames = (await listDirectory(join(path, "InterOp"))).filter((name) => name.endsWith(".bin")).sort();
	const hash = createHash("sha256");
	for (const name of [...names, ...metricNames.map((metricName) => `InterOp/${metricName}`)]) {
		const file = await statFile(join(path, name));
		if (file) hash.update(`${JSON.stringify(name)} ${file.size} ${file.mtimeMs}\n`);
	}
	return hash.digest("hex");
}

// The first name that is present counts (background-and-ops.md §2.8); folders of single cycles have the first name only.
const metricFileNames: Readonly<Record<MetricName, readonly string[]>> = {
	Tile: ["TileMetricsOut.bin", "TileMetrics.bin"],
	ExtendedTile: ["ExtendedTileMetricsOut.bin", "ExtendedTileMetrics.bin"],
	Q: ["QMetricsOut.bin", "QMetrics.bin"],
	QMetrics2030: ["QMetrics2030Out.bin"],
	Error: ["ErrorMetricsOut.bin", "ErrorMetrics.bin"],
	Extraction: ["ExtractionMetricsOut.bin", "ExtractionMetrics.bin"],
	EmpiricalPhasing: ["EmpiricalPhasingMetricsOut.bin", "EmpiricalPhasingMetrics.bin"],
	SummaryRun: ["SummaryRunMetricsOut.bin", "SummaryRunMetrics.bin"],
};

async function readMetricFiles(path: string, cycleCount: number): Promise<{ files: MetricFiles; warnings: MetricWarning[] }> {
	const interOp = join(path, "InterOp");
	const present = new Set(await listDirectory(interOp));
	const files: Partial<Record<MetricName, Uint8Array[]>> = {};
	const warnings: MetricWarning[] = [];
	for (const metric of metricNames()) {
		const name = metricFileNames[metric].find((candidate) => present.has(candidate));
		if (name) await addMetricFile(files, warnings, metric, join(interOp, name));
	}
	if (Object.keys(files).length > 0 || warnings.length > 0) return { files, warnings };
	// Nothing merged yet: one folder per cycle. A metric that has grown too large is dropped and not read further.
	const dropped = new Set<MetricName>();
	for (let cycle = 1; cycle <= cycleCount; cycle += 1) {
		const folder = `C${cycle}.1`;
		if (!present.has(folder)) continue;
		for (const metric of metricNames()) {
			const name = metricFileNames[metric][0];
			if (name && !dropped.has(metric) && !(await addMetricFile(files, warnings, metric, join(interOp, folder, name))))
				dropped.add(metric);
		}
	}
	return { files, warnings };
}

function metricNames(): MetricName[] {
	return Object.keys(metricFileNames) as MetricName[];
}

// False when the metric must be left out because its files cannot be read or exceed the limit.
async function addMetricFile(
	files: Partial<Record<MetricName, Uint8Array[]>>,
	warnings: MetricWarning[],
	metric: MetricName,
	path: string,
): Promise<boolean> {
	const contents = files[metric] ?? [];
	const bytesSoFar = contents.reduce((sum, content) => sum + content.byteLength, 0);
	try {
		const content = await readLimited(path, maximumMetricBytes - bytesSoFar);
		if (content) files[metric] = [...contents, content];
		return true;
	} catch (error) {
		delete files[metric];
		warnings.push({
			metric,
			message: `${basename(path)} is left out: ${error instanceof Error ? error.message : String(error)}`,
		});
		return false;
	}
}

async function readXmlFile(path: string, name: string): Promise<string> {
	const content = await readLimited(join(path, name), maximumXmlCharacters);
	if (!content) throw new InstrumentFileError(`${basename(path)} has no ${name}`);
	const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
	return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(content);
}

// Null when there is no such regular file. The file may grow while it is read: only what it had at the start counts.
async function readLimited(path: string, maximumBytes: number): Promise<Uint8Array | null> {
	const found = await statFile(path);
	if (!found) return null;
	const file = await open(path, "r");
	try {
		const { size } = await file.stat();
		if (size > maximumBytes)
			throw new InstrumentFileError(`${basename(path)} has ${size} bytes, at most ${maximumBytes} are read`);
		const content = new Uint8Array(size);
		let length = 0;
		while (length < size) {
			const { bytesRead } = await file.read(content, length, size - length, length);
			if (bytesRead === 0) break;
			length += bytesRead;
		}
		return content.subarray(0, length);
	} finally {
		await file.close();
	}
}

// Regular files only: opening a pipe or device could block for ever.
async function statFile(path: string): Promise<{ size: number; mtime: Date; mtimeMs: number } | null> {
	try {
		const found = await stat(path);
		return found.isFile() ? found : null;
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

async function listDirectory(path: string): Promise<string[]> {
	try {
		return await readdir(path);
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
