import { realpath } from "node:fs/promises";
import { recordShareDownload } from "@opengsync/core/audit/record-downloads";
import { ExpectedError, NotFoundError } from "@opengsync/core/errors";
import type { ShareScope } from "@opengsync/core/sharing/resolve-path";
import type { Exchange } from "../../framework/exchange.ts";
import { subpathOf } from "./addresses.ts";
import type { SendFileOptions } from "./send-file.ts";

/** A request to a share whose token is valid now. */
export interface OpenedShare {
	readonly request: Request;
	readonly token: string;
	readonly expires: Date;
	readonly scope: ShareScope;
	/** Address of the token's root for this endpoint, without final slash. */
	readonly mountedAt: string;
	/** Below the share root, decoded once. */
	readonly subpath: string;
	readonly sending: SendFileOptions;
}

/** What of an exchange the download endpoints use. */
export type ShareExchange = Pick<
	Exchange<{ token: string }>,
	"request" | "requestId" | "clientAddress" | "url" | "params" | "db" | "share" | "services"
>;

/**
 * Answers for a token that the framework has looked up with this request; errors as plain text (access-and-web.md §6.3, §15.3).
 * @param mount address of the endpoint's root by token
 */
export async function withShare(
	exchange: ShareExchange,
	mount: (token: string) => string,
	answer: (share: OpenedShare) => Response | Promise<Response>,
): Promise<Response> {
	const { token } = exchange.params;
	try {
		const found = exchange.share;
		if (!found || found.state === "unknown") throw new NotFoundError();
		if (found.state === "expired") return plainText("token expired", 403);
		const mountedAt = mount(token);
		const subpath = subpathOf(exchange.url.pathname, mountedAt);
		if (subpath === null) throw new NotFoundError("The path");
		const root = exchange.services.config.shareRoot;
		const response = await answer({
			request: exchange.request,
			token,
			expires: found.expires,
			scope: { root, sharedPaths: found.sharedPaths, audience: "customer" },
			mountedAt,
			subpath,
			sending: { proxy: await findProxy(root) },
		});
		if (isDownload(exchange.request, response)) {
			const { clientAddress: address, requestId } = exchange;
			recordShareDownload(exchange.db, { shareTokenId: found.id, path: subpath, address, requestId });
		}
		return response;
	} catch (error) {
		if (error instanceof ExpectedError) return plainText(error.message, error.status);
		throw error;
	}
}

/**
 * Whether an answer is a file from its beginning, or a zip: what the audit trail calls a download. Listings, HEAD, and the later parts of a file
 * that is fetched in parts are none.
 */
function isDownload(request: Request, response: Response): boolean {
	if (request.method !== "GET" || (response.status !== 200 && response.status !== 206)) return false;
	const isFile = response.headers.has("Accept-Ranges") || response.headers.get("Content-Type") === "application/zip";
	return isFile && /^bytes=0-|^$/.test(request.headers.get("Range")?.trim() ?? "");
}

/** The proxy's internal location, when one is configured by `OPENGSYNC_SHARE_PROXY` (e.g. `/nginx-share`). */
export async function findProxy(shareRoot: string): Promise<SendFileOptions["proxy"]> {
	const location = process.env.OPENGSYNC_SHARE_PROXY;
	return location ? { location: location.replace(/\/$/, ""), realRoot: await realpath(shareRoot) } : null;
}

/** A short answer; never kept by a cache, since the token may be revoked the next moment. */
export function plainText(text: string, status = 200): Response {
	return new Response(text, {
		status,
		headers: {
			"Content-Type": "text/plain; charset=utf-8",
			"Cache-Control": "no-store",
			"Referrer-Policy": "no-referrer",
			"X-Robots-Tag": "noindex",
			"X-Content-Type-Options": "nosniff",
		},
	});
}
