import { withFileChanges } from "@opengsync/core/files/file-changes";
import {
	listMeasuredSamples,
	presentQualityControl,
	recordQualityControl,
} from "@opengsync/core/requests/record-quality-control";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { MediaFileType, uploads } from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { requestAction } from "@opengsync/domain/request-actions";
import { z } from "zod";
import { defineForm } from "../../framework/form.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { sheetEditRoutes } from "../libraries/sheet-edit-routes.tsx";
import { loadRequest } from "./load-request.ts";
import { QualityControlTab } from "./quality-control-tab.tsx";
import { factsOf } from "./request-facts.ts";

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

/** A browser does not keep a chosen file. */
function chooseAgain(hadFile: boolean): readonly FieldError[] {
	return hadFile ? [{ field: "file", message: "Choose the report again: it was not saved." }] : [];
}

const sheet = sheetEditRoutes({
	path: "/seq_requests/:id/qc/",
	params: withId,
	query: z.object({}),
	showPolicy: onObject("request", "id", "INSIDER"),
	savePolicy: onObject("request", "id", "INSIDER"),
	summary: "Record the QC measurements of a request and their report",
	form: reportForm,
	load: async (exchange) => {
		const request = await loadRequest(exchange);
		requireAllowed(requestAction("measure", factsOf(request)));
		return request;
	},
	view: async (exchange, { id, name }) => {
		const identifier = requestIdentifier(id);
		const home = `/seq_requests/${id}/`;
		return {
			title: "QC measurements",
			subtitle: `${identifier} · ${name}`,
			active: "requests",
			breadcrumbs: [
				{ label: "Requests", href: "/seq_requests/" },
				{ label: identifier, href: home },
			],
			presented: presentQualityControl(await listMeasuredSamples(exchange.db, id)),
			draftKey: `quality-control/${id}`,
			back: `${home}?tab=qc`,
			hints: [
				"A sample counts as measured once it has a concentration; rows without one still wait. With the last sample the request is finished and the requestor is told.",
			],
		};
	},
	save: async (exchange, { id }, edit) => {
		const form = await exchange.readForm(reportForm);
		if (!form.ok) return { accepted: false, problems: [], errors: form.errors };
		const { file } = form.values;
		const report = file && { fileName: file.name, content: new Uint8Array(await file.arrayBuffer()) };
		const outcome = await withFileChanges(exchange.services.files, (changes) =>
			exchange.command((context) => recordQualityControl(context, id, { edit, report }, changes)),
		);
		if (!outcome.accepted) return { ...outcome, errors: chooseAgain(report !== null) };
		return outcome.isFinished ? { accepted: true, message: "All samples are measured: the request is finished." } : outcome;
	},
	saved: "Measurements saved.",
});

/** Measuring QC-only requests: extensions.md §2. */
export const qualityControlRoutes: readonly Route[] = [
	...sheet,
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
