import { ReadType } from "@opengsync/domain/catalog";
import { parseInstrumentTime } from "./instrument-time.ts";
import { findAttribute, findChild, findChildren, InstrumentFileError, parseXml, type XmlElement } from "./xml.ts";

/** Highest number of lanes that is believed; real flow cells have up to 8. */
export const maximumLaneCount = 64;
/** Highest number of cycles of a run that is believed; real runs stay well below. */
export const maximumCycleCount = 10_000;

/** How the tiles of a flow cell are numbered. */
export type TileNamingConvention = "FourDigit" | "FiveDigit" | "Absolute";

/** One read of a run: a consecutive series of cycles. Cycles count from 1 over the whole run. */
export interface RunRead {
	/** Number as given by the instrument; in metric files reads go by this number. */
	readonly number: number;
	readonly isIndexed: boolean;
	readonly cycleCount: number;
	readonly firstCycle: number;
	/** `firstCycle - 1` for a read without cycles. */
	readonly lastCycle: number;
	/** All cycles except the last (background-and-ops.md §2.6). */
	readonly usableCycleCount: number;
}

/** Shape of the flow cell; null where the file does not say. */
export interface FlowcellLayout {
	readonly laneCount: number | null;
	readonly surfaceCount: number | null;
	readonly swathCount: number | null;
	readonly tileCount: number | null;
	readonly tileNamingConvention: TileNamingConvention | null;
}

/** Content of `RunInfo.xml` (background-and-ops.md §2.1). */
export interface RunInfo {
	readonly runId: string | null;
	readonly runNumber: number | null;
	readonly flowcellId: string | null;
	readonly instrumentName: string | null;
	/** Start of the run; null when the date is absent or has no known form. */
	readonly startedAt: Date | null;
	/** In the order of the file. */
	readonly reads: readonly RunRead[];
	readonly r1Cycles: number | null;
	readonly i1Cycles: number | null;
	readonly i2Cycles: number | null;
	readonly r2Cycles: number | null;
	/** Sum over all reads. */
	readonly totalCycleCount: number;
	/** `ReadType.SINGLE_END.id` or `ReadType.PAIRED_END.id`. */
	readonly readTypeId: typeof ReadType.SINGLE_END.id | typeof ReadType.PAIRED_END.id;
	readonly layout: FlowcellLayout;
	/** Names of the image channels in file order, e.g. `RED`, `GREEN`; empty when not given. */
	readonly imageChannels: readonly string[];
}

/**
 * Reads `RunInfo.xml`.
 * @param timeZone IANA name of the facility's time zone, for dates without offset
 * @throws {InstrumentFileError} when the document is unsafe, malformed, has no `Run` or has impossible reads or lanes
 */
export function parseRunInfo(xml: string, timeZone: string): RunInfo {
	const root = parseXml(xml, "RunInfo.xml");
	const run = findChild(root, "Run");
	if (root.name.toLowerCase() !== "runinfo" || !run) {
		throw new InstrumentFileError("RunInfo.xml has no RunInfo/Run element");
	}
	const reads = parseReads(findChildren(findChild(run, "Reads"), "Read"));
	const sequenceReads = reads.filter((read) => !read.isIndexed);
	const indexReads = reads.filter((read) => read.isIndexed);
	return {
		runId: findAttribute(run, "Id"),
		runNumber: wholeNumberOrNull(findAttribute(run, "Number")),
		flowcellId: findChild(run, "Flowcell")?.text || null,
		instrumentName: findChild(run, "Instrument")?.text || null,
		startedAt: parseInstrumentTime(findChild(run, "Date")?.text ?? "", timeZone),
		reads,
		r1Cycles: sequenceReads[0]?.cycleCount ?? null,
		i1Cycles: indexReads[0]?.cycleCount ?? null,
		i2Cycles: indexReads[1]?.cycleCount ?? null,
		r2Cycles: sequenceReads[1]?.cycleCount ?? null,
		totalCycleCount: reads.reduce((sum, read) => sum + read.cycleCount, 0),
		readTypeId: sequenceReads.length > 1 ? ReadType.PAIRED_END.id : ReadType.SINGLE_END.id,
		layout: parseLayout(findChild(run, "FlowcellLayout")),
		imageChannels: findChildren(findChild(run, "ImageChannels"), "Name").flatMap((name) => name.text || []),
	};
}

function parseReads(elements: readonly XmlElement[]): RunRead[] {
	const reads: RunRead[] = [];
	let lastCycle = 0;
	for (const [index, element] of elements.entries()) {
		const cycleText = findAttribute(element, "NumCycles");
		const cycleCount = wholeNumberOrNull(cycleText);
		if (cycleCount === null || lastCycle + cycleCount > maximumCycleCount) {
			throw new InstrumentFileError(
				`RunInfo.xml: read ${index + 1} has NumCycles "${cycleText ?? ""}", expected a number of cycles`,
			);
		}
		reads.push({
			number: wholeNumberOrNull(findAttribute(element, "Number")) ?? index + 1,
			isIndexed: findAttribute(element, "IsIndexedRead")?.toUpperCase() === "Y",
			cycleCount,
			firstCycle: lastCycle + 1,
			lastCycle: lastCycle + cycleCount,
			usableCycleCount: Math.max(0, cycleCount - 1),
		});
		lastCycle += cycleCount;
	}
	return reads;
}

const tileNamingConventions: readonly TileNamingConvention[] = ["FourDigit", "FiveDigit", "Absolute"];

function parseLayout(element: XmlElement | null): FlowcellLayout {
	const laneCount = wholeNumberOrNull(findAttribute(element, "LaneCount"));
	if (laneCount !== null && laneCount > maximumLaneCount) {
		throw new InstrumentFileError(`RunInfo.xml: LaneCount ${laneCount} is more than ${maximumLaneCount}`);
	}
	const naming = findAttribute(findChild(element, "TileSet"), "TileNamingConvention")?.toLowerCase();
	return {
		laneCount,
		surfaceCount: wholeNumberOrNull(findAttribute(element, "SurfaceCount")),
		swathCount: wholeNumberOrNull(findAttribute(element, "SwathCount")),
		tileCount: wholeNumberOrNull(findAttribute(element, "TileCount")),
		tileNamingConvention: tileNamingConventions.find((convention) => convention.toLowerCase() === naming) ?? null,
	};
}

function wholeNumberOrNull(text: string | null): number | null {
	return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
