import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type ViewedSheet, viewWorkbook } from "@opengsync/core/documents/view-workbook";
import { UnreadableWorkbookError } from "@opengsync/core/documents/workbook-errors";
import { NotFoundError } from "@opengsync/core/errors";
import { findMediaFile } from "@opengsync/db/queries/media-files";
import { MediaFileType, memberById } from "@opengsync/domain/catalog";
import { Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { WorkbookView } from "./workbook-view.tsx";

/** Kinds that a browser shows; everything else is only saved (access-and-web.md §13.2). */
const inlineTypes: Readonly<Record<string, string>> = {
	".pdf": "application/pdf",
	".png": "image/png",
	".jpg": "image/jpeg",
	".jpeg": "image/jpeg",
};

/** Far above any attachment; large prep tables are downloaded. */
const maxWorkbookBytes = 10 * 1024 * 1024;

type FileExchange = Exchange<{ id: number }>;

/** A file of one of these extensions (null = any) with its content. A row without file is a file that does not exist. */
async function openFile(exchange: FileExchange, extensions: readonly string[] | null) {
	const file = exchange.authorize(await findMediaFile(exchange.db, exchange.viewer, exchange.params.id));
	if (extensions && !extensions.includes(file.extension)) throw new NotFoundError("The file");
	const stored = await exchange.services.files.read(memberById(MediaFileType, file.type_id).folder, file.uuid + file.extension);
	if (!stored) throw new NotFoundError("The file");
	return { file, ...stored };
}

/** Streams a file with its length. */
async function sendFile(exchange: FileExchange, inline: readonly string[] | null): Promise<Response> {
	const { file, stream, sizeBytes } = await openFile(exchange, inline);
	return exchange.download(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
		fileName: file.name + file.extension,
		contentType: inlineTypes[file.extension] ?? "application/octet-stream",
		sizeBytes,
		inline: inline !== null,
		version: file.uuid,
	});
}

/** @throws UnreadableWorkbookError for a workbook that cannot be shown */
async function loadWorkbook(exchange: FileExchange): Promise<ViewedSheet[]> {
	const { stream, sizeBytes } = await openFile(exchange, [".xlsx"]);
	if (sizeBytes > maxWorkbookBytes) {
		stream.destroy();
		throw new UnreadableWorkbookError("The workbook is too large to be shown here: download it.");
	}
	return viewWorkbook(await buffer(stream));
}

const viewer = onObject("mediaFile", "id", "VIEW");
/** Reading a workbook costs a thread. */
const limit = { name: "view-workbook", requests: 20, perSeconds: 60 } as const;

/** Files attached to requests, experiments and preps. */
export const fileRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/download_file/:id/",
		kind: "file",
		policy: viewer,
		summary: "Download an attached file",
		params: withId,
		userContent: true,
		handler: (exchange) => sendFile(exchange, null),
	}),
	defineRoute({
		method: "GET",
		path: "/pdf_file/:id/",
		kind: "file",
		policy: viewer,
		summary: "Show an attached PDF",
		params: withId,
		handler: (exchange) => sendFile(exchange, [".pdf"]),
	}),
	defineRoute({
		method: "GET",
		path: "/img_file/:id/",
		kind: "file",
		policy: viewer,
		summary: "Show an attached image",
		params: withId,
		userContent: true,
		handler: (exchange) => sendFile(exchange, [".png", ".jpg", ".jpeg"]),
	}),
	defineRoute({
		method: "GET",
		path: "/xlsx_data/:id/",
		kind: "file",
		policy: viewer,
		summary: "Cells and looks of an attached workbook as JSON",
		params: withId,
		limit,
		handler: async (exchange) => exchange.json({ sheets: await loadWorkbook(exchange) }),
	}),
	defineRoute({
		method: "GET",
		path: "/htmx/files/:id/workbook",
		kind: "fragment",
		policy: viewer,
		summary: "Show an attached workbook",
		params: withId,
		limit,
		handler: async (exchange) => {
			try {
				const sheets = await loadWorkbook(exchange);
				return exchange.fragment(<WorkbookView name={`workbook-${exchange.params.id}`} sheets={sheets} />);
			} catch (error) {
				if (!(error instanceof UnreadableWorkbookError)) throw error;
				return exchange.fragment(<Notice look="error">{error.message}</Notice>);
			}
		},
	}),
];
