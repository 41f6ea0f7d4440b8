import { type FieldError, InvalidInputError } from "@opengsync/core/errors";
import { withFileChanges } from "@opengsync/core/files/file-changes";
import { fingerprintOf } from "@opengsync/core/libraries/sheet-edit";
import {
	listMeasuredSamples,
	presentQualityControl,
	recordQualityControl,
} from "@opengsync/core/requests/record-quality-control";
import { requireAllowed } from "@opengsync/core/require-allowed";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { MediaFileType, uploads } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { requestAction } from "@opengsync/domain/request-actions";
import type { Problem, RawSheet } from "@opengsync/domain/sheets/types";
import { CsrfField, SubmitButton } from "../../components/button.tsx";
import { FormFields } from "../../components/form.tsx";
import { Card, Notice } from "../../components/parts.tsx";
import { SheetFrame, SheetProblems } from "../../components/sheet-frame.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, enteredTexts } from "../../framework/form.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { readStepInput } from "../workflows/step-form.ts";
import { loadRequest } from "./load-request.ts";
import { QualityControlTab } from "./quality-control-tab.tsx";
import { factsOf } from "./request-facts.ts";

const path = "/seq_requests/:id/qc/";
const reportType = MediaFileType.BIOANALYZER_REPORT;

const reportForm = defineForm({
	name: "quality-control",
	submitLabel: "Save",
	fields: {
		file: {
			kind: "file",
			label: "Report",
			extensions: [...reportType.extensions],
			maxSizeBytes: reportType.maxSizeMegabytes * uploads.bytesPerMegabyte,
			help: `PDF, at most ${reportType.maxSizeMegabytes} MB. It goes to the measured samples that have none, and to the files of the request.`,
		},
	},
});

interface Refused {
	readonly sheet: RawSheet;
	readonly problems: readonly Problem[];
	readonly errors: readonly FieldError[];
}

type Here = Exchange<{ id: number }>;

async function loadMeasurable(exchange: Here): Promise<RequestPageRow> {
	const request = await loadRequest(exchange);
	requireAllowed(requestAction("measure", factsOf(request)));
	return request;
}

async function show(exchange: Here, request: RequestPageRow, refused: Refused | null): Promise<Response> {
	const presented = presentQualityControl(await listMeasuredSamples(exchange.db, request.id));
	const identifier = requestIdentifier(request.id);
	const home = `/seq_requests/${request.id}/`;
	const others = (refused?.errors ?? []).filter((error) => error.field !== "file").map((error) => error.message);
	return exchange.page(
		{
			title: "QC measurements",
			subtitle: `${identifier} · ${request.name}`,
			active: "requests",
			breadcrumbs: [
				{ label: "Requests", href: "/seq_requests/" },
				{ label: identifier, href: home },
				{ label: "QC measurements" },
			],
			...(refused ? { httpStatus: 422 } : {}),
		},
		<form method="post" action={`${home}qc/`} enctype="multipart/form-data" class="form step-form" novalidate data-form="">
			<CsrfField />
			<input type="hidden" name="seen" value={fingerprintOf(presented.initial)} />
			{refused ? (
				<SheetProblems problems={refused.problems} others={others} />
			) : (
				<Notice>
					A sample counts as measured once it has a concentration; rows without one still wait. With the last sample the request
					is finished and the requestor is told.
				</Notice>
			)}
			<SheetFrame
				{...presented}
				initial={refused?.sheet ?? presented.initial}
				refused={refused !== null}
				problems={refused?.problems ?? []}
				draftKey={`quality-control/${request.id}`}
			/>
			<Card>
				<FormFields form={reportForm} state={{ errors: refused?.errors ?? [] }} />
			</Card>
			<div class="form-actions">
				<a class="btn" href={`${home}?tab=qc`}>
					Cancel
				</a>
				<SubmitButton look="primary" icon="device-floppy">
					Save
				</SubmitButton>
			</div>
		</form>,
	);
}

async function save(exchange: Here): Promise<Response> {
	const request = await loadMeasurable(exchange);
	const entered = await exchange.readFields();
	const { sheet = { columns: [], rows: [] } } = readStepInput(entered, [], true);
	const form = await exchange.readForm(reportForm);
	if (!form.ok) return show(exchange, request, { sheet, problems: [], errors: form.errors });
	const { file } = form.values;
	const report = file && { fileName: file.name, content: new Uint8Array(await file.arrayBuffer()) };
	const input = { edit: { sheet, seen: enteredTexts(entered, "seen")[0] ?? "" }, report };
	try {
		const outcome = await withFileChanges(exchange.services.files, (changes) =>
			exchange.command((context) => recordQualityControl(context, request.id, input, changes)),
		);
		if (!outcome.accepted)
			return show(exchange, request, { sheet, problems: outcome.problems, errors: chooseAgain(report !== null) });
		exchange.flash("success", outcome.isFinished ? "All samples are measured: the request is finished." : "Measurements saved.");
		return exchange.redirect(`/seq_requests/${request.id}/?tab=qc`);
	} catch (error) {
		if (!(error instanceof InvalidInputError)) throw error;
		return show(exchange, request, { sheet, problems: [], errors: error.fields });
	}
}

/** A browser does not keep a chosen file. */
function chooseAgain(hadFile: boolean): readonly FieldError[] {
	return hadFile ? [{ field: "file", message: "Choose the report again: it was not saved." }] : [];
}

/** Measuring QC-only requests: extensions.md §2. */
export const qualityControlRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path,
		kind: "page",
		policy: onObject("request", "id", "INSIDER"),
		summary: "QC sheet of a request that is only measured",
		params: withId,
		handler: async (exchange) => show(exchange, await loadMeasurable(exchange), null),
	}),
	defineRoute({
		method: "POST",
		path,
		kind: "action",
		policy: onObject("request", "id", "INSIDER"),
		summary: "Save the QC sheet of a request and its report",
		params: withId,
		handler: save,
	}),
	defineRoute({
		method: "GET",
		path: "/htmx/seq_requests/:id/qc",
		kind: "fragment",
		policy: onObject("request", "id", "VIEW"),
		summary: "Measurements of a QC-only request",
		params: withId,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			const samples = await listMeasuredSamples(exchange.db, request.id);
			return exchange.fragment(<QualityControlTab request={request} samples={samples} />);
		},
	}),
];
