import { writeTablesWorkbook, writeTsv } from "@opengsync/core/documents/write-tables-workbook";
import { readAuthorizationTemplate } from "@opengsync/core/requests/authorization-template";
import { featuresTable, librariesTable, metadataTable } from "@opengsync/core/requests/request-documents";
import { listRequestFeatureFrame, listRequestLibraryFrame } from "@opengsync/db/queries/request-export";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { loadRequest } from "./load-request.ts";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Exports of a request, and the form to be signed (requests-and-annotation.md §2.8). */
export const requestDocumentRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/seq_requests/:id/export/",
		kind: "file",
		policy: onObject("request", "id", "VIEW"),
		summary: "Metadata, libraries and features of a request as Excel workbook",
		params: withId,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			const [libraries, features] = await Promise.all([
				listRequestLibraryFrame(exchange.db, request.id),
				listRequestFeatureFrame(exchange.db, request.id),
			]);
			const workbook = await writeTablesWorkbook([metadataTable(request), librariesTable(libraries), featuresTable(features)]);
			return exchange.download(workbook, { fileName: `request_${request.id}.xlsx`, contentType: workbookType });
		},
	}),
	defineRoute({
		method: "GET",
		path: "/seq_requests/:id/export/libraries/",
		kind: "file",
		policy: onObject("request", "id", "EDIT"),
		summary: "Libraries of a request as tab-separated text",
		params: withId,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			const table = librariesTable(await listRequestLibraryFrame(exchange.db, request.id));
			return exchange.download(writeTsv(table), {
				fileName: `libraries_${request.id}.tsv`,
				contentType: "text/tab-separated-values; charset=utf-8",
			});
		},
	}),
	defineRoute({
		method: "GET",
		path: "/authorization_form_template/",
		kind: "file",
		policy: signedIn,
		summary: "The authorization form to be signed",
		handler: async (exchange) =>
			exchange.download(await readAuthorizationTemplate(exchange.services.config), {
				fileName: "authorization_form.pdf",
				contentType: "application/pdf",
			}),
	}),
];
