import type { Reader } from "@opengsync/db/transaction";
import { AccessType, LibraryStatus, MediaFileType, SeqRequestStatus } from "@opengsync/domain/catalog";
import {
	cellsOfMeasurement,
	measurementOfRow,
	type QualityControlContext,
	type QualityControlRow,
	type QualityMeasurement,
} from "@opengsync/domain/quality-control/quality-control-sheet";
import { isQualityControlComplete } from "@opengsync/domain/request-progress";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError, NotPossibleError } from "../errors.ts";
import type { UploadedFile } from "../files/check-upload.ts";
import type { FileChanges } from "../files/file-changes.ts";
import { storeMediaFile } from "../files/store-media-file.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "../libraries/sheet-edit.ts";
import { notifyQualityReport } from "../notifications/notify-requests.ts";
import { loadRequestForChange, type RequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** A sample of a QC-only request that has arrived, with its report. */
export interface MeasuredSample extends QualityControlRow {
	readonly reportId: number | null;
	/** File name of the report. */
	readonly reportName: string | null;
}

const stored = [LibraryStatus.QC_PENDING.id, LibraryStatus.QC_COMPLETED.id];

/** Samples of a QC-only request that have arrived, in the order of their ids; those that wait have no measurement (extensions.md §2). */
export async function listMeasuredSamples(db: Reader, requestId: number): Promise<readonly MeasuredSample[]> {
	type Values = { [Key in keyof QualityMeasurement]: QualityMeasurement[Key] | null };
	type Row = Values & Omit<MeasuredSample, "measurement"> & { readonly isMeasured: boolean };
	const { rows } = await sql<Row>`
		SELECT s.id AS "sampleId", s.name AS "sampleName", s.qubit_concentration AS "concentrationNgPerUl",
			s.avg_fragment_size AS "fragmentSizeBp", s.integrity_number AS "integrityNumber", s.volume AS "volumeUl",
			s.qc_comment AS comment, f.id AS "reportId", f.name || f.extension AS "reportName", m.is_measured AS "isMeasured"
		FROM (
			SELECT k.sample_id, bool_and(l.status_id = ${LibraryStatus.QC_COMPLETED.id}) AS is_measured
			FROM library l JOIN sample_library_link k ON k.library_id = l.id
			WHERE l.seq_request_id = ${requestId} AND l.status_id = ANY(${stored}::smallint[]) GROUP BY k.sample_id
		) m JOIN sample s ON s.id = m.sample_id LEFT JOIN media_file f ON f.id = s.ba_report_id AND f.seq_request_id = ${requestId}
		ORDER BY s.id`.execute(db);
	return rows.map((row) => {
		const { sampleId, sampleName, reportId, reportName, isMeasured, concentrationNgPerUl, ...others } = row;
		const measurement = isMeasured ? { ...others, concentrationNgPerUl: concentrationNgPerUl ?? 0 } : null;
		return { sampleId, sampleName, reportId, reportName, measurement };
	});
}

/** The QC sheet of a request as it is stored. @throws NotPossibleError while no sample has arrived */
export function presentQualityControl(samples: readonly MeasuredSample[]): PresentedSheet {
	if (samples.length === 0) throw new NotPossibleError("No sample of this request is stored: store the samples first.");
	const context: QualityControlContext = {
		samples: samples.map(({ sampleId, measurement }) => ({ id: sampleId, isMeasured: measurement !== null })),
	};
	return presentSheet("quality_control", context, samples.map(cellsOfMeasurement));
}

/** What is saved: the sheet, and a report about the samples that have none. */
export interface QualityControlInput {
	readonly edit: SheetEdit;
	readonly report: UploadedFile | null;
}

/**
 * Writes the measurements of a QC-only request to its samples, and to libraries of a single sample; libraries all of whose samples are
 * measured become QC_COMPLETED. When none is pending the request is FINISHED and requestor and contact person are told (extensions.md §2).
 * Run it in `withFileChanges`.
 * @returns problems of the sheet, else whether the request is finished by this
 * @throws ForbiddenError for others than staff, NotPossibleError before the samples have arrived, InvalidInputError for the report
 */
export async function recordQualityControl(
	context: CommandContext,
	requestId: number,
	input: QualityControlInput,
	changes: FileChanges,
): Promise<SheetOutcome & { readonly isFinished: boolean }> {
	const request = await loadRequestForChange(context.tx, context.viewer, requestId, AccessType.INSIDER.id);
	requireRequestAction("measure", request);
	const samples = await listMeasuredSamples(context.tx, requestId);
	const sheet = checkSheetEdit(presentQualityControl(samples), input.edit);
	if (sheet.hasErrors) return { ...refuseSheet(sheet), isFinished: false };
	const measured = sheet.rows.flatMap((row) => measurementOfRow(row) ?? []);
	await writeMeasurements(context, requestId, measured);
	if (input.report) await attachReport(context, requestId, input.report, changes, measured, samples);
	return { accepted: true, isFinished: await finishWhenComplete(context, request, measured.length) };
}

type Measured = NonNullable<ReturnType<typeof measurementOfRow>>;

async function writeMeasurements({ tx }: CommandContext, requestId: number, measured: readonly Measured[]): Promise<void> {
	const rows = JSON.stringify(
		measured.map(({ sampleId, measurement }) => ({
			id: sampleId,
			concentration: measurement.concentrationNgPerUl,
			size: measurement.fragmentSizeBp,
			integrity: measurement.integrityNumber,
			volume: measurement.volumeUl,
			comment: measurement.comment,
		})),
	);
	const values = sql`jsonb_to_recordset(${rows}::jsonb) AS v (id int, concentration float8, size int, integrity float8, volume float8, comment text)`;
	const assignment = sql`qubit_concentration = v.concentration, avg_fragment_size = v.size, integrity_number = v.integrity,
		volume = v.volume, qc_comment = v.comment`;
	const isOther = (table: string) => sql`(${sql.ref(`${table}.qubit_concentration`)}, ${sql.ref(`${table}.avg_fragment_size`)},
		${sql.ref(`${table}.integrity_number`)}, ${sql.ref(`${table}.volume`)}, ${sql.ref(`${table}.qc_comment`)})
		IS DISTINCT FROM (v.concentration, v.size, v.integrity, v.volume, v.comment)`;
	await sql`UPDATE sample s SET ${assignment} FROM ${values} WHERE s.id = v.id AND ${isOther("s")}`.execute(tx);
	await sql`UPDATE library l SET ${assignment} FROM ${values} JOIN sample_library_link k ON k.sample_id = v.id
		WHERE l.id = k.library_id AND l.seq_request_id = ${requestId} AND l.status_id = ANY(${stored}::smallint[]) AND ${isOther("l")}
			AND NOT EXISTS (SELECT FROM sample_library_link o WHERE o.library_id = l.id AND o.sample_id <> v.id)`.execute(tx);
	await sql`UPDATE library l SET status_id = ${LibraryStatus.QC_COMPLETED.id}
		WHERE l.seq_request_id = ${requestId} AND l.status_id = ${LibraryStatus.QC_PENDING.id}
			AND EXISTS (SELECT FROM sample_library_link k WHERE k.library_id = l.id)
			AND NOT EXISTS (SELECT FROM sample_library_link k
				WHERE k.library_id = l.id AND k.sample_id <> ALL(${measured.map((row) => row.sampleId)}::int[]))`.execute(tx);
}

/** The report belongs to the measured samples, and their libraries, that have none yet. */
async function attachReport(
	context: CommandContext,
	requestId: number,
	file: UploadedFile,
	changes: FileChanges,
	measured: readonly Measured[],
	samples: readonly MeasuredSample[],
): Promise<void> {
	const reported = new Set(samples.filter((sample) => sample.reportId !== null).map((sample) => sample.sampleId));
	const ids = measured.map((row) => row.sampleId).filter((id) => !reported.has(id));
	if (ids.length === 0) {
		const message = "Every measured sample has a report: delete the old one among the files of the request first.";
		throw new InvalidInputError([{ field: "file", message }]);
	}
	const typeId = MediaFileType.BIOANALYZER_REPORT.id;
	const { id } = await storeMediaFile(
		context,
		{ typeId, target: { kind: "seqRequest", id: requestId }, file, byWorkflow: true },
		changes,
	);
	await sql`UPDATE sample SET ba_report_id = ${id} WHERE id = ANY(${ids}::int[])`.execute(context.tx);
	await sql`UPDATE library l SET ba_report_id = ${id} WHERE l.seq_request_id = ${requestId} AND l.status_id = ANY(${stored}::smallint[])
		AND EXISTS (SELECT FROM sample_library_link k WHERE k.library_id = l.id AND k.sample_id = ANY(${ids}::int[]))`.execute(
		context.tx,
	);
}

async function finishWhenComplete(context: CommandContext, request: RequestForChange, numMeasured: number): Promise<boolean> {
	const { tx, services } = context;
	if (request.status_id !== SeqRequestStatus.SAMPLES_RECEIVED.id) return false;
	const { rows } = await sql<{ id: number }>`SELECT status_id AS id FROM library WHERE seq_request_id = ${request.id}`.execute(
		tx,
	);
	if (!isQualityControlComplete(rows.map((row) => row.id))) return false;
	await tx
		.updateTable("seq_request")
		.set({ status_id: SeqRequestStatus.FINISHED.id, timestamp_finished_utc: services.now() })
		.where("id", "=", request.id)
		.execute();
	await notifyQualityReport(context, request.id, numMeasured);
	return true;
}
