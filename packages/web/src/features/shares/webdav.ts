import {
	listDirectory,
	listDirectoryWithStats,
	type ResolvedPath,
	resolvePath,
	type ShareScope,
} from "@opengsync/core/sharing/resolve-path";
import { addressOf, escapeMarkup } from "./addresses.ts";
import { contentTypeOf, userContentHeaders } from "./file-headers.ts";
import { plainIndex } from "./plain-index.ts";
import { type SendFileOptions, sendFile } from "./send-file.ts";
import { streamOfText } from "./stream-of.ts";

/** Methods that a share answers; it is read-only. */
export const webdavMethods = "OPTIONS, GET, HEAD, PROPFIND";

/** A request to a share by WebDAV. */
export interface WebdavRequest {
	readonly request: Request;
	/** Address of the token's root, without final slash. */
	readonly mountedAt: string;
	readonly scope: ShareScope;
	readonly subpath: string;
	readonly sending: SendFileOptions;
}

/**
 * Answers any WebDAV method on a share (access-and-web.md §16.3).
 * @throws NotFoundError, UnavailableError of the resolver
 */
export async function answerWebdav(asked: WebdavRequest): Promise<Response> {
	switch (asked.request.method) {
		case "OPTIONS":
			return webdavOptions();
		case "PROPFIND":
			return propfind(asked);
		case "GET":
		case "HEAD":
			return get(asked);
		case "LOCK":
		case "UNLOCK":
			return new Response(null, { status: 204 });
		default:
			return new Response("Method not allowed", { status: 405, headers: { Allow: webdavMethods } });
	}
}

/** Says which methods there are. "DAV: 2" although nothing is locked: some clients mount only then. */
export function webdavOptions(): Response {
	return new Response(null, {
		headers: { Allow: webdavMethods, DAV: "1, 2", "Accept-Ranges": "bytes", "MS-Author-Via": "DAV", "Content-Length": "0" },
	});
}

async function get({ request, mountedAt, scope, subpath, sending }: WebdavRequest): Promise<Response> {
	const resolved = await resolvePath(scope, subpath);
	if (!resolved.isDirectory) return sendFile(request, resolved, sending);
	return plainIndex(mountedAt, resolved.path, await listDirectory(scope, resolved.path));
}

async function propfind({ request, mountedAt, scope, subpath }: WebdavRequest): Promise<Response> {
	const resolved = await resolvePath(scope, subpath);
	const children =
		resolved.isDirectory && request.headers.get("Depth") !== "0" ? await listDirectoryWithStats(scope, resolved.path) : [];
	const headers = userContentHeaders("application/xml");
	headers.set("Content-Type", "application/xml; charset=utf-8");
	return new Response(multistatus(mountedAt, [resolved, ...children]), { status: 207, headers });
}

/** In pieces, since a folder may hold 100,000 files. */
function multistatus(mountedAt: string, resources: readonly ResolvedPath[]): ReadableStream<Uint8Array> {
	function* pieces() {
		yield '<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus xmlns:D="DAV:">\n';
		for (let start = 0; start < resources.length; start += 500) {
			yield resources
				.slice(start, start + 500)
				.map((resource) => describe(mountedAt, resource))
				.join("");
		}
		yield "</D:multistatus>\n";
	}
	return streamOfText(pieces());
}

function describe(mountedAt: string, resource: ResolvedPath): string {
	const href = addressOf(mountedAt, resource.path, resource.isDirectory);
	const properties = resource.isDirectory
		? "<D:resourcetype><D:collection/></D:resourcetype>"
		: `<D:resourcetype/><D:getcontentlength>${resource.sizeBytes}</D:getcontentlength>` +
			`<D:getcontenttype>${escapeMarkup(contentTypeOf(resource.name))}</D:getcontenttype>` +
			`<D:getetag>${escapeMarkup(resource.etag)}</D:getetag>`;
	return (
		`<D:response><D:href>${escapeMarkup(href)}</D:href><D:propstat><D:prop>` +
		`<D:displayname>${escapeMarkup(resource.name)}</D:displayname>` +
		`<D:getlastmodified>${resource.modified.toUTCString()}</D:getlastmodified>${properties}` +
		"</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>\n"
	);
}
