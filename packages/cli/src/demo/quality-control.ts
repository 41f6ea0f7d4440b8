import { writeTextPdf } from "@opengsync/core/documents/write-text-pdf";
import { withFileChanges } from "@opengsync/core/files/file-changes";
import { fingerprintOf } from "@opengsync/core/libraries/sheet-edit";
import {
	listMeasuredSamples,
	presentQualityControl,
	recordQualityControl,
} from "@opengsync/core/requests/record-quality-control";
import type { RawCell } from "@opengsync/domain/sheets/types";
import { actAs, daysBefore, type Facility, measuredBetween } from "./facility.ts";
import type { RequestPlan } from "./request-plans.ts";

/** Measures all samples of a QC-only request by its sheet, which finishes the request. */
export async function measureSamples(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	const at = daysBefore(facility.today, plan.daysAgo - 12);
	await withFileChanges(facility.services.files, (changes) =>
		actAs(facility, "technician", at, async (context) => {
			const { initial } = presentQualityControl(await listMeasuredSamples(context.tx, requestId));
			const rows = initial.rows.map((row) => [...row.slice(0, 2), ...measuredCells(Number(row[0]))]);
			const edit = { sheet: { columns: initial.columns, rows }, seen: fingerprintOf(initial) };
			const lines = rows.map((row) => `${row[1]}: ${row[2]} ng/uL, ${row[3]} bp, RIN ${row[4]}`);
			const report = { fileName: `bioanalyzer_${plan.code}.pdf`, content: writeTextPdf(["Bioanalyzer report", ...lines]) };
			const outcome = await recordQualityControl(context, requestId, { edit, report }, changes);
			if (!outcome.accepted) throw new Error(`The measurements of request ${requestId} were refused.`);
		}),
	);
}

/** Concentration, size, integrity, volume and comment of a sample; low integrity is remarked. */
function measuredCells(sampleId: number): RawCell[] {
	const integrity = Math.round(measuredBetween(2, 10, sampleId) * 10) / 10;
	return [
		measuredBetween(15, 220, sampleId),
		Math.round(measuredBetween(900, 2400, sampleId + 17)),
		integrity,
		measuredBetween(20, 50, sampleId),
		integrity < 5 ? "degraded" : null,
	];
}
