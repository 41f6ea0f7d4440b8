import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { UnreadableWorkbookError } from "@opengsync/core/documents/workbook-errors";
import { writeSheetWorkbook } from "@opengsync/core/documents/write-sheet-workbook";
import { NotPossibleError } from "@opengsync/core/errors";
import type { PresentedSheet } from "@opengsync/core/libraries/sheet-edit";
import { presentRun } from "@opengsync/core/workflow-runs/run-workflow";
import { buildAnySheet } from "@opengsync/domain/sheets/all-sheets";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import type { Policy } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { rawSheet } from "./raw-sheet.ts";
import { asExpected } from "./run-access.tsx";
import { ofStep, type StepExchange, type WorkflowPages } from "./workflow-pages.ts";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const maxWorkbookBytes = 5 * 1024 * 1024;

/** A sheet whose workbooks are read and written. */
export interface SheetWithFiles<Params extends z.ZodObject, Query extends z.ZodObject> {
	/** Address of the sheet, with a slash at its end. */
	readonly path: string;
	readonly params: Params;
	readonly query: Query;
	/** Who may look at the sheet, and so download it. */
	readonly showPolicy: Policy;
	/** Who may save the sheet, and so fill it in from a file. */
	readonly savePolicy: Policy;
	/** What the sheet is about, in brackets behind what a route does. */
	readonly summary: string;
	/** Loads and authorizes the sheet, with its rows as they are stored. */
	readonly load: (exchange: Exchange<z.output<Params>, z.output<Query>>) => Promise<PresentedSheet>;
}

/**
 * Where the workbooks of a sheet are read and written, as the spreadsheet on the page needs it.
 * @param path address of the sheet, with a slash at its end
 * @param name of the downloaded workbook, without extension
 * @param search query of the address, with its question mark
 */
export function sheetFilesOf(path: string, name: string, search = "") {
	return {
		readUrl: `${path}read_workbook/${search}`,
		templateUrl: `${path}template.xlsx${search}`,
		filledUrl: `${path}filled.xlsx${search}`,
		fileName: `${name}.xlsx`,
	};
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

/** Workbooks of a sheet: the cells of an uploaded one, the template to fill in, and the sheet as it is filled in on the page. */
export function sheetFileRoutes<Params extends z.ZodObject, Query extends z.ZodObject>(
	sheet: SheetWithFiles<Params, Query>,
): Route[] {
	type Here = Exchange<z.output<Params>, z.output<Query>>;
	const { path, params, query, showPolicy, savePolicy, summary, load } = sheet;
	return [
		defineRoute({
			method: "POST",
			path: `${path}read_workbook/`,
			kind: "action",
			policy: savePolicy,
			summary: `Read the cells of an Excel workbook (${summary})`,
			params,
			query,
			limit: { name: "read-workbook", requests: 20, perSeconds: 60 },
			handler: async (exchange: Here) => {
				await load(exchange);
				return sendCells(exchange);
			},
		}),
		defineRoute({
			method: "GET",
			path: `${path}template.xlsx`,
			kind: "file",
			policy: showPolicy,
			summary: `Excel template of a sheet (${summary})`,
			params,
			query,
			handler: async (exchange: Here) => {
				const { name, context, initial } = await load(exchange);
				const definition = buildAnySheet(name, context);
				// Rows that the sheet begins with belong to its template where no others may be added.
				const content = definition.canAddRows ? null : initial;
				return exchange.download(await writeSheetWorkbook(definition, content), {
					fileName: `${name}_template.xlsx`,
					contentType: workbookType,
				});
			},
		}),
		defineRoute({
			method: "POST",
			path: `${path}filled.xlsx`,
			kind: "file",
			policy: showPolicy,
			summary: `A sheet as it is filled in, as Excel workbook (${summary})`,
			params,
			query,
			handler: async (exchange: Here) => {
				const { name, context } = await load(exchange);
				const content = await exchange.readJson(rawSheet);
				return exchange.download(await writeSheetWorkbook(buildAnySheet(name, context), content), {
					fileName: `${name}.xlsx`,
					contentType: workbookType,
				});
			},
		}),
	];
}

/** The sheet of a step, which has to be the one where the run stands. */
async function loadStepSheet<Facts, Completed>(
	exchange: StepExchange,
	pages: WorkflowPages<Facts, Completed>,
): Promise<PresentedSheet> {
	await pages.load(exchange);
	const { id, run, step } = exchange.params;
	const shown = await asExpected(() => presentRun(exchange.db, exchange.viewer, pages.run, id, run));
	if (shown.step !== step || shown.view.kind !== "sheet") {
		throw new NotPossibleError(`The ${pages.run.noun} is not at this sheet.`);
	}
	return { ...shown.view.sheet, initial: shown.view.initial };
}

/** Workbooks of the sheets of a workflow's steps. */
export function stepFileRoutes<Facts, Completed>(pages: WorkflowPages<Facts, Completed>): readonly Route[] {
	return sheetFileRoutes({
		path: `${pages.path}:run/:step/`,
		params: ofStep,
		query: z.object({}),
		showPolicy: pages.policy,
		savePolicy: pages.policy,
		summary: pages.run.noun,
		load: (exchange) => loadStepSheet(exchange, pages),
	});
}
