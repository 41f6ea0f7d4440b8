import { readFileSync } from "node:fs";
import { OpengsyncClient } from "@opengsync/client/client";
import { parseDemultiplexStats } from "@opengsync/illumina/demultiplex-stats";

/** What `opengsync set-reads` is told. */
export interface SetReadsOptions {
	readonly url: string;
	readonly experiment: string;
	/** Name of the token's environment variable is OPENGSYNC_TOKEN; never an argument, which others on the machine could see. */
	readonly token: string;
	readonly file: string;
}

/**
 * Reports the reads of a `Demultiplex_Stats.csv` over the HTTP API. Samples of the report are matched to libraries of the experiment
 * by lane and index sequences, not by name; the undetermined reads of each lane are reported, too.
 * @returns one line per report
 * @throws Error naming samples that match no library; nothing is reported then
 */
export async function setReadsFromReport(options: SetReadsOptions): Promise<string[]> {
	const client = new OpengsyncClient(options.url, options.token);
	const rows = parseDemultiplexStats(readFileSync(options.file, "utf8"));
	const libraries = await client.getFlowCell(options.experiment);
	const key = (lane: number, i7: string | null, i5: string | null) => `${lane} ${i7 ?? ""}-${i5 ?? ""}`;
	const byIndex = new Map(libraries.map((library) => [key(library.lane, library.sequence_i7, library.sequence_i5), library]));
	const reports = rows.map((row) => ({
		row,
		library: row.isUndetermined ? null : (byIndex.get(key(row.lane, row.index, row.index2)) ?? undefined),
	}));
	const unknown = reports.filter((report) => report.library === undefined).map(({ row }) => `${row.sampleId} (lane ${row.lane})`);
	if (unknown.length > 0) throw new Error(`No library of ${options.experiment} has the indices of: ${unknown.join(", ")}`);
	const lines: string[] = [];
	for (const { row, library } of reports) {
		await client.setLibraryLaneReads({
			libraryId: library?.library_id ?? null,
			experimentName: options.experiment,
			lane: row.lane,
			numReads: row.numReads,
			...(library
				? { qc: { perfect_index_reads: row.numPerfectIndexReads, one_mismatch_index_reads: row.numOneMismatchIndexReads } }
				: {}),
		});
		lines.push(`lane ${row.lane}: ${library?.library_name ?? "undetermined"} ${row.numReads}`);
	}
	return lines;
}
