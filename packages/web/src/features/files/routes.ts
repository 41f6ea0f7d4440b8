import { Readable } from "node:stream";
import { NotFoundError } from "@opengsync/core/errors";
import { findMediaFile } from "@opengsync/db/queries/media-files";
import { MediaFileType, memberById } from "@opengsync/domain/catalog";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";

/** Kinds that a browser shows; everything else is only saved (access-and-web.md §13.2). */
const inlineTypes: Readonly<Record<string, string>> = {
	".pdf": "application/pdf",
	".png": "image/png",
	".jpg": "image/jpeg",
	".jpeg": "image/jpeg",
};

/** Streams a file with its length. A row without file is a file that does not exist. */
async function sendFile(exchange: Exchange<{ id: number }>, inline: readonly string[] | null): Promise<Response> {
	const file = exchange.authorize(await findMediaFile(exchange.db, exchange.viewer, exchange.params.id));
	if (inline && !inline.includes(file.extension)) throw new NotFoundError("The file");
	const stored = await exchange.services.files.read(memberById(MediaFileType, file.type_id).folder, file.uuid + file.extension);
	if (!stored) throw new NotFoundError("The file");
	return exchange.download(Readable.toWeb(stored.stream) as ReadableStream<Uint8Array>, {
		fileName: file.name + file.extension,
		contentType: inlineTypes[file.extension] ?? "application/octet-stream",
		sizeBytes: stored.sizeBytes,
		inline: inline !== null,
		version: file.uuid,
	});
}

const viewer = onObject("mediaFile", "id", "VIEW");

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
];
