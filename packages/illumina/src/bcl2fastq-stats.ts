import type { DemultiplexRow } from "./demultiplex-stats.ts";
import { InstrumentFileError } from "./xml.ts";

/** Largest `Stats.json` that is read, in characters. */
export const maximumJsonCharacters = 64 * 1024 * 1024;

/**
 * Reads the reads per lane and sample of bcl2fastq's `Stats.json`, samples in file order, undetermined last in each lane. The file
 * does not name projects.
 * @throws {InstrumentFileError} naming the place, e.g. `ConversionResults[0].DemuxResults[2].NumberReads`
 */
export function parseBcl2fastqStats(text: string): DemultiplexRow[] {
	if (text.length > maximumJsonCharacters) throw new InstrumentFileError("Stats.json is too large");
	const rows: DemultiplexRow[] = [];
	for (const [laneIndex, result] of listAt(objectOf(parseJson(text), "the document"), "ConversionResults", "").entries()) {
		const lanePath = `ConversionResults[${laneIndex}]`;
		const laneResult = objectOf(result, lanePath);
		const lane = countAt(laneResult, "LaneNumber", lanePath);
		for (const [sampleIndex, sample] of listAt(laneResult, "DemuxResults", lanePath).entries()) {
			const samplePath = `${lanePath}.DemuxResults[${sampleIndex}]`;
			rows.push(sampleRow(lane, objectOf(sample, samplePath), samplePath));
		}
		if (laneResult.Undetermined === undefined) continue;
		const undeterminedPath = `${lanePath}.Undetermined`;
		rows.push({
			lane,
			sampleId: "Undetermined",
			isUndetermined: true,
			project: null,
			index: null,
			index2: null,
			numReads: countAt(objectOf(laneResult.Undetermined, undeterminedPath), "NumberReads", undeterminedPath),
			numPerfectIndexReads: null,
			numOneMismatchIndexReads: null,
			numTwoMismatchIndexReads: null,
		});
	}
	return rows;
}

type JsonObject = Readonly<Record<string, unknown>>;

function sampleRow(lane: number, sample: JsonObject, path: string): DemultiplexRow {
	const sampleId = sample.SampleId;
	if (typeof sampleId !== "string" || sampleId.trim() === "")
		throw new InstrumentFileError(`Stats.json: ${path}.SampleId is not a text`);
	// Runs without index have no IndexMetrics.
	const metrics = sample.IndexMetrics === undefined ? [] : listAt(sample, "IndexMetrics", path);
	const indexPath = `${path}.IndexMetrics[0]`;
	const indexMetrics = metrics.length > 0 ? objectOf(metrics[0], indexPath) : null;
	const [index, index2] = typeof indexMetrics?.IndexSequence === "string" ? indexMetrics.IndexSequence.split("+") : [];
	return {
		lane,
		sampleId: sampleId.trim(),
		isUndetermined: false,
		project: null,
		index: index || null,
		index2: index2 || null,
		numReads: countAt(sample, "NumberReads", path),
		numPerfectIndexReads: mismatchCount(metrics, 0, path),
		numOneMismatchIndexReads: mismatchCount(metrics, 1, path),
		numTwoMismatchIndexReads: mismatchCount(metrics, 2, path),
	};
}

// A sample with several indices (10x) has one entry for each; null when none of them tells.
function mismatchCount(metrics: readonly unknown[], mismatches: number, samplePath: string): number | null {
	let sum: number | null = null;
	for (const [position, entry] of metrics.entries()) {
		const path = `${samplePath}.IndexMetrics[${position}]`;
		const counts = objectOf(objectOf(entry, path).MismatchCounts ?? {}, `${path}.MismatchCounts`);
		if (counts[mismatches] === undefined) continue;
		sum = (sum ?? 0) + countAt(counts, String(mismatches), `${path}.MismatchCounts`);
	}
	return sum;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const position = /at position (\d+)/.exec(message)?.[1];
		const line = position === undefined ? "" : `, line ${text.slice(0, Number(position)).split("\n").length}`;
		throw new InstrumentFileError(`Stats.json${line} is not valid JSON: ${message}`);
	}
}

function objectOf(value: unknown, path: string): JsonObject {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		throw new InstrumentFileError(`Stats.json: ${path} is not an object`);
	}
	return value as JsonObject;
}

function listAt(object: JsonObject, name: string, path: string): readonly unknown[] {
	const value = object[name];
	if (!Array.isArray(value)) throw new InstrumentFileError(`Stats.json: ${path ? `${path}.` : ""}${name} is not a list`);
	return value;
}

function countAt(object: JsonObject, name: string, path: string): number {
	const value = object[name];
	if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
		throw new InstrumentFileError(
			`Stats.json: ${path}.${name} is ${JSON.stringify(value) ?? "missing"}, expected a whole number`,
		);
	}
	return value;
}
