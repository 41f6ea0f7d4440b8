import { presentAnnotation } from "@opengsync/core/annotation/annotation-run";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { UnreadableWorkbookError } from "@opengsync/core/documents/workbook-errors";
import { writeSheetWorkbook } from "@opengsync/core/documents/write-sheet-workbook";
import { NotPossibleError } from "@opengsync/core/errors";
import { findRequest } from "@opengsync/db/queries/seq-requests";
import { WorkflowError } from "@opengsync/domain/annotation/engine";
import { buildSheetFromJson } from "@opengsync/domain/annotation/sheet-registry";
import type { RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route } from "../../framework/route.ts";
import { rawSheet } from "./step-form.ts";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const maxWorkbookBytes = 5 * 1024 * 1024;
const ofStep = z.object({ id: idInPath, run: z.string().max(36), step: z.string().max(64) });
const editor = onObject("request", "id", "EDIT");

/** Where the workbooks of a step's sheet are read and written, as the spreadsheet on the page needs it. */
export function sheetFilesOf(requestId: number, uuid: string, step: string) {
	const base = `/seq_requests/${requestId}/annotation/${uuid}/${step}`;
	return {
		readUrl: "/read_workbook/",
		templateUrl: `${base}/template.xlsx`,
		filledUrl: `${base}/filled.xlsx`,
		fileName: `${step}.xlsx`,
	};
}

/** The sheet of a step, which has to be the one where the run stands. */
async function loadSheet(
	exchange: Exchange<{ id: number; run: string; step: string }>,
): Promise<{ definition: SheetDefinition; initial: RawSheet }> {
	const { id, run, step } = exchange.params;
	exchange.authorize(await findRequest(exchange.db, exchange.viewer, id));
	const shown = await presentAnnotation(exchange.db, exchange.viewer, id, run, null).catch((error: unknown) => {
		throw error instanceof WorkflowError ? new NotPossibleError(error.message) : error;
	});
	if (shown.step !== step || shown.view.kind !== "sheet") throw new NotPossibleError("The annotation is not at this sheet.");
	const { sheet, initial } = shown.view;
	return { definition: buildSheetFromJson(sheet.name, sheet.context), initial };
}

/** Rows that the sheet begins with belong to its template where no others may be added. */
async function sendTemplate(exchange: Exchange<{ id: number; run: string; step: string }>): Promise<Response> {
	const { definition, initial } = await loadSheet(exchange);
	const content = definition.canAddRows ? null : initial;
	return exchange.download(await writeSheetWorkbook(definition, content), {
		fileName: `${exchange.params.step}_template.xlsx`,
		contentType: workbookType,
	});
}

async function sendFilled(exchange: Exchange<{ id: number; run: string; step: string }>): Promise<Response> {
	const { definition } = await loadSheet(exchange);
	const content = await exchange.readJson(rawSheet);
	return exchange.download(await writeSheetWorkbook(definition, content), {
		fileName: `${exchange.params.step}.xlsx`,
		contentType: workbookType,
	});
}

async function sendCells(exchange: Exchange): Promise<Response> {
	const [file] = (await exchange.readFields()).get("file") ?? [];
	if (!(file instanceof File)) return exchange.json({ message: "Choose a file." }, 422);
	if (file.size > maxWorkbookBytes) return exchange.json({ message: `"${file.name}" is larger than 5 MB.` }, 413);
	try {
		return exchange.json({ sheets: await readWorkbook(new Uint8Array(await file.arrayBuffer())) });
	} catch (error) {
		if (!(error instanceof UnreadableWorkbookError)) throw error;
		return exchange.json({ message: error.message }, error.status);
	}
}

/** Workbooks of sheets: read an uploaded one, download the template and what is filled in. */
export const sheetFileRoutes: readonly Route[] = [
	defineRoute({
		method: "POST",
		path: "/read_workbook/",
		kind: "action",
		policy: signedIn,
		summary: "Read the cells of an Excel workbook",
		limit: { name: "read-workbook", requests: 20, perSeconds: 60 },
		handler: sendCells,
	}),
	defineRoute({
		method: "GET",
		path: "/seq_requests/:id/annotation/:run/:step/template.xlsx",
		kind: "file",
		policy: editor,
		summary: "Excel template of the sheet of a step",
		params: ofStep,
		handler: sendTemplate,
	}),
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/annotation/:run/:step/filled.xlsx",
		kind: "file",
		policy: editor,
		summary: "The sheet of a step as it is filled in, as Excel workbook",
		params: ofStep,
		handler: sendFilled,
	}),
];
