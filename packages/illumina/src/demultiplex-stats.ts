import { type ReportRow, readReport } from "./report-table.ts";

/** Reads of a sample in a lane, from BCL Convert or bcl2fastq. `index` and `index2` as in the report, null when there is none. */
export interface DemultiplexRow {
	readonly lane: number;
	/** `Undetermined` for reads that fit no sample. */
	readonly sampleId: string;
	readonly isUndetermined: boolean;
	/** Null when the report does not tell. */
	readonly project: string | null;
	readonly index: string | null;
	readonly index2: string | null;
	/** Reads (clusters passing filter). */
	readonly numReads: number;
	/** Reads by number of mismatches in the index; null when the report does not tell. */
	readonly numPerfectIndexReads: number | null;
	readonly numOneMismatchIndexReads: number | null;
	readonly numTwoMismatchIndexReads: number | null;
}

/** Base quality of a sample in a lane and read, from BCL Convert. */
export interface QualityMetricsRow {
	readonly lane: number;
	readonly sampleId: string;
	readonly isUndetermined: boolean;
	readonly project: string | null;
	readonly index: string | null;
	readonly index2: string | null;
	/** Number of the read, counted apart for sequence reads and index reads. */
	readonly readNumber: number;
	readonly isIndexRead: boolean;
	/** Bases of reads passing filter. */
	readonly yieldBases: number;
	readonly yieldQ30Bases: number;
	readonly qualityScoreSum: number;
	/** Null without bases. */
	readonly meanQualityScore: number | null;
	/** Share of bases with Q >= 30, 0 to 1; null without bases. */
	readonly q30Fraction: number | null;
}

/** An index combination that fits no sample, from BCL Convert. */
export interface UnknownBarcodeRow {
	readonly lane: number;
	readonly index: string;
	readonly index2: string | null;
	readonly numReads: number;
	/** Share of the undetermined reads of the lane, 0 to 1. */
	readonly unknownBarcodesFraction: number | null;
	/** Share of all reads of the lane, 0 to 1. */
	readonly allReadsFraction: number | null;
}

const undetermined = "Undetermined";

/**
 * Reads BCL Convert's `Demultiplex_Stats.csv`, rows in file order.
 * @throws {InstrumentFileError} naming line and column when a column is missing or a number is malformed
 */
export function parseDemultiplexStats(text: string): DemultiplexRow[] {
	const columns = ["Lane", "SampleID", "Index", "# Reads", "# Perfect Index Reads", "# One Mismatch Index Reads"];
	return readReport("Demultiplex_Stats.csv", text, columns, (row) => {
		// One column with both: "GAACTGAGCG-TCGTGGAGCG".
		const [index, index2] = (row.text("Index") ?? "").split(/[-+]/);
		return {
			...sampleOf(row),
			index: index || null,
			index2: index2 || null,
			numReads: row.count("# Reads"),
			numPerfectIndexReads: row.count("# Perfect Index Reads"),
			numOneMismatchIndexReads: row.count("# One Mismatch Index Reads"),
			numTwoMismatchIndexReads: row.optionalCount("# Two Mismatch Index Reads"),
		};
	});
}

/**
 * Reads BCL Convert's `Quality_Metrics.csv`, rows in file order.
 * @throws {InstrumentFileError} naming line and column when a column is missing or a number is malformed
 */
export function parseQualityMetrics(text: string): QualityMetricsRow[] {
	const columns = ["Lane", "SampleID", "ReadNumber", "Yield", "YieldQ30", "QualityScoreSum"];
	return readReport("Quality_Metrics.csv", text, columns, (row) => {
		const read = /^(I?)(\d{1,2})$/i.exec(row.requiredText("ReadNumber"));
		if (!read) throw row.fail(`"ReadNumber" is "${row.text("ReadNumber")}", expected a number such as 1 or I1`);
		return {
			...sampleOf(row),
			index: row.text("index"),
			index2: row.text("index2"),
			readNumber: Number(read[2]),
			isIndexRead: read[1] !== "",
			yieldBases: row.count("Yield"),
			yieldQ30Bases: row.count("YieldQ30"),
			qualityScoreSum: row.count("QualityScoreSum"),
			meanQualityScore: row.optionalNumber("Mean Quality Score (PF)"),
			q30Fraction: row.optionalNumber("% Q30"),
		};
	});
}

/**
 * Reads BCL Convert's `Top_Unknown_Barcodes.csv`, rows in file order.
 * @throws {InstrumentFileError} naming line and column when a column is missing or a number is malformed
 */
export function parseTopUnknownBarcodes(text: string): UnknownBarcodeRow[] {
	return readReport("Top_Unknown_Barcodes.csv", text, ["Lane", "index", "# Reads"], (row) => ({
		lane: laneOf(row),
		index: row.requiredText("index"),
		index2: row.text("index2"),
		numReads: row.count("# Reads"),
		unknownBarcodesFraction: row.optionalNumber("% of Unknown Barcodes"),
		allReadsFraction: row.optionalNumber("% of All Reads"),
	}));
}

function laneOf(row: ReportRow): number {
	const lane = row.count("Lane");
	if (lane === 0) throw row.fail('"Lane" is 0, lanes count from 1');
	return lane;
}

function sampleOf(row: ReportRow): Pick<DemultiplexRow, "lane" | "sampleId" | "isUndetermined" | "project"> {
	const sampleId = row.requiredText("SampleID");
	const project = row.text("Sample_Project");
	const isUndetermined = sampleId === undetermined;
	return { lane: laneOf(row), sampleId, isUndetermined, project: isUndetermined && project === undetermined ? null : project };
}
