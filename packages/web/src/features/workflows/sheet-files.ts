import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { UnreadableWorkbookError } from "@opengsync/core/documents/workbook-errors";
import { writeSheetWorkbook } from "@opengsync/core/documents/write-sheet-workbook";
import { NotPossibleError } from "@opengsync/core/errors";
import { presentRun } from "@opengsync/core/workflow-runs/run-workflow";
import { buildSheetFromJson } from "@opengsync/domain/annotation/sheet-registry";
import type { RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";
import type { Exchange } from "../../framework/exchange.ts";
import { signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { rawSheet } from "./raw-sheet.ts";
import { asExpected } from "./run-access.tsx";
import { ofStep, type StepExchange, type WorkflowPages } from "./workflow-pages.ts";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const maxWorkbookBytes = 5 * 1024 * 1024;

/**
 * Where the workbooks of a step's sheet are read and written, as the spreadsheet on the page needs it.
 * @param url address of the run
 */
export function sheetFilesOf(url: string, step: string) {
	return {
		readUrl: "/read_workbook/",
		templateUrl: `${url}${step}/template.xlsx`,
		filledUrl: `${url}${step}/filled.xlsx`,
		fileName: `${step}.xlsx`,
	};
}

/** The sheet of a step, which has to be the one where the run stands. */
async function loadSheet<Facts, Completed>(
	exchange: StepExchange,
	pages: WorkflowPages<Facts, Completed>,
): Promise<{ definition: SheetDefinition; initial: RawSheet }> {
	await pages.load(exchange);
	const { id, run, step } = exchange.params;
	const shown = await asExpected(() => presentRun(exchange.db, exchange.viewer, pages.run, id, run, null));
	if (shown.step !== step || shown.view.kind !== "sheet") {
		throw new NotPossibleError(`The ${pages.run.noun} is not at this sheet.`);
	}
	const { sheet, initial } = shown.view;
	return { definition: buildSheetFromJson(sheet.name, sheet.context), initial };
}

/** Workbooks of the sheets of a workflow: the template of a step, and what is filled in. */
export function sheetRoutes<Facts, Completed>(pages: WorkflowPages<Facts, Completed>): readonly Route[] {
	const { noun } = pages.run;
	return [
		defineRoute({
			method: "GET",
			path: `${pages.path}:run/:step/template.xlsx`,
			kind: "file",
			policy: pages.policy,
			summary: `Excel template of the sheet of a step (${noun})`,
			params: ofStep,
			handler: async (exchange) => {
				const { definition, initial } = await loadSheet(exchange, pages);
				// Rows that the sheet begins with belong to its template where no others may be added.
				const content = definition.canAddRows ? null : initial;
				return exchange.download(await writeSheetWorkbook(definition, content), {
					fileName: `${exchange.params.step}_template.xlsx`,
					contentType: workbookType,
				});
			},
		}),
		defineRoute({
			method: "POST",
			path: `${pages.path}:run/:step/filled.xlsx`,
			kind: "file",
			policy: pages.policy,
			summary: `The sheet of a step as it is filled in, as Excel workbook (${noun})`,
			params: ofStep,
			handler: async (exchange) => {
				const { definition } = await loadSheet(exchange, pages);
				const content = await exchange.readJson(rawSheet);
				return exchange.download(await writeSheetWorkbook(definition, content), {
					fileName: `${exchange.params.step}.xlsx`,
					contentType: workbookType,
				});
			},
		}),
	];
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

/** Reading an uploaded workbook, for the sheets of all workflows. */
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
];
