import type { ResolvedPath } from "@opengsync/core/sharing/resolve-path";
import { getMimeType } from "hono/utils/mime";
import { contentDisposition } from "../../framework/content-disposition.ts";

/** Types by extension that the general table lacks or calls something that browsers only save. */
const furtherTypes: Readonly<Record<string, string>> = {
	tsv: "text/tab-separated-values",
	md: "text/markdown",
	log: "text/plain",
	yaml: "text/plain",
	yml: "text/plain",
	gz: "application/gzip",
};

/** Content type by extension; `application/octet-stream` when unknown (access-and-web.md §16). */
export function contentTypeOf(name: string): string {
	const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
	const type = furtherTypes[extension] ?? getMimeType(name.toLowerCase()) ?? "application/octet-stream";
	return type.startsWith("text/") && !type.includes("charset") ? `${type}; charset=utf-8` : type;
}

/** Whether browsers show a type themselves: images, text, pdf, JavaScript, JSON (access-and-web.md §14.1). */
export function isShownInline(contentType: string): boolean {
	return /^(image\/|text\/|application\/(pdf|javascript|json)\b)/.test(contentType);
}

/** Headers of a shared file, the same for GET and HEAD, without its length. */
export function fileHeaders(file: ResolvedPath): Headers {
	const contentType = contentTypeOf(file.name);
	const headers = userContentHeaders(contentType);
	headers.set("Content-Type", contentType);
	headers.set("Content-Disposition", contentDisposition(file.name, isShownInline(contentType)));
	headers.set("Last-Modified", file.modified.toUTCString());
	headers.set("ETag", file.etag);
	headers.set("Accept-Ranges", "bytes");
	return headers;
}

/**
 * Headers for what others have written (access-and-web.md §6.7): a report may run scripts but cannot act as the user, and the
 * address with the token is told to nobody. Never stored without asking again, so that a revoked link ends at once.
 */
export function userContentHeaders(contentType: string): Headers {
	const headers = new Headers({
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer",
		"X-Robots-Tag": "noindex",
		"Cache-Control": "private, no-cache",
	});
	if (!contentType.startsWith("application/pdf")) headers.set("Content-Security-Policy", "sandbox allow-scripts");
	return headers;
}
