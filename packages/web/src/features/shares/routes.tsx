import { listDirectoryWithStats, resolvePath } from "@opengsync/core/sharing/resolve-path";
import { webdavSyncCommand } from "@opengsync/domain/download-commands";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { shareToken } from "../../framework/policy.ts";
import { defineRoute, type Route, type RouteDefinition, type RouteLimit, type RouteMethod } from "../../framework/route.ts";
import { mounts } from "./addresses.ts";
import { BrowsePage, byName } from "./browse.tsx";
import { sendCurlScript } from "./curl-script.ts";
import { type OpenedShare, plainText, withShare } from "./open-share.ts";
import { sendFile } from "./send-file.ts";
import { answerWebdav, webdavOptions } from "./webdav.ts";
import { sendArchive } from "./zip.ts";

const linkLimit: RouteLimit = { name: "shareLink", requests: 20, perSeconds: 60, everybody: true };
const webdavLimit: RouteLimit = { name: "webdav", requests: 200, perSeconds: 60, everybody: true };
const archiveLimit: RouteLimit = { name: "shareArchive", requests: 3, perSeconds: 60, everybody: true, kept: true };

const withToken = z.object({ token: z.string() });
type ShareParams = typeof withToken;

/**
 * What the endpoints have in common; a share has its root at `/…/<token>` and everything else below it. A dot in the pattern
 * would not match line breaks, which names of files may hold.
 */
function shareRoutes(definition: {
	readonly method: RouteMethod;
	readonly path: string;
	readonly summary: string;
	readonly limit: RouteLimit;
	readonly handler: (exchange: Exchange<z.output<ShareParams>>) => Promise<Response>;
}): RouteDefinition<ShareParams>[] {
	return ["", "/:subpath{.*[\\s\\S]*}"].map((below) =>
		defineRoute({
			...definition,
			path: `${definition.path}/:token${below}`,
			kind: "file",
			policy: shareToken,
			params: withToken,
			secretUrl: true,
		}),
	);
}

async function answerBrowse(exchange: Exchange<z.output<ShareParams>>, share: OpenedShare): Promise<Response> {
	const resolved = await resolvePath(share.scope, share.subpath);
	if (!resolved.isDirectory) return sendFile(share.request, resolved, share.sending);
	const entries = await listDirectoryWithStats(share.scope, resolved.path);
	const { config } = exchange.services;
	return exchange.page(
		{ title: `Index of /${resolved.path}`, bare: true },
		<BrowsePage
			token={share.token}
			path={resolved.path}
			entries={entries.sort(byName)}
			command={webdavSyncCommand(config, share.token)}
			expires={share.expires}
		/>,
	);
}

/** Downloads by share token, without sign-in (access-and-web.md §16). */
export const downloadRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/files/share/validate/:token",
		kind: "file",
		policy: shareToken,
		summary: "Says whether a share link is valid",
		params: withToken,
		limit: linkLimit,
		secretUrl: true,
		handler: (exchange) =>
			withShare(
				exchange,
				(token) => `/files/share/validate/${encodeURIComponent(token)}`,
				() => plainText("OK"),
			),
	}),
	...shareRoutes({
		method: "GET",
		path: "/files/share/browse",
		summary: "Shows a shared folder, sends a shared file",
		limit: linkLimit,
		handler: (exchange) => withShare(exchange, mounts.browse, (share) => answerBrowse(exchange, share)),
	}),
	...[
		{ path: "/api/files/browse", mount: mounts.index },
		{ path: "/files/share/rclone", mount: mounts.indexAlias },
	].flatMap(({ path, mount }) =>
		shareRoutes({
			method: "GET",
			path,
			summary: "Lists a shared folder for rclone and wget, sends a shared file",
			limit: linkLimit,
			handler: (exchange) => withShare(exchange, mount, answerWebdav),
		}),
	),
	...shareRoutes({
		method: "OPTIONS",
		path: "/files/webdav/share",
		summary: "Says what a share answers by WebDAV",
		limit: webdavLimit,
		handler: (exchange) => withShare(exchange, mounts.webdav, webdavOptions),
	}),
	...(["GET", "PROPFIND", "LOCK", "UNLOCK"] as const).flatMap((method) =>
		shareRoutes({
			method,
			path: "/files/webdav/share",
			summary: "Serves a share by WebDAV, read-only",
			limit: webdavLimit,
			handler: (exchange) => withShare(exchange, mounts.webdav, answerWebdav),
		}),
	),
	...shareRoutes({
		method: "GET",
		path: "/files/share/download_archive",
		summary: "Sends a shared folder as a zip",
		limit: archiveLimit,
		handler: (exchange) => withShare(exchange, mounts.archive, (share) => sendArchive(share.request, share.scope, share.subpath)),
	}),
	defineRoute({
		method: "GET",
		path: "/files/share/rclone_script/:token",
		kind: "file",
		policy: shareToken,
		summary: "Tells the rclone command for a share",
		params: withToken,
		limit: linkLimit,
		secretUrl: true,
		handler: (exchange) =>
			withShare(
				exchange,
				(token) => `/files/share/rclone_script/${encodeURIComponent(token)}`,
				(share) => plainText(`${webdavSyncCommand(exchange.services.config, share.token)}\n`),
			),
	}),
	defineRoute({
		method: "GET",
		path: "/files/share/curl_script/:token/:platform",
		kind: "file",
		policy: shareToken,
		summary: "Sends a script that downloads a share with curl",
		params: withToken.extend({ platform: z.string() }),
		limit: linkLimit,
		secretUrl: true,
		handler: (exchange) => {
			const { platform } = exchange.params;
			const mount = (token: string) => `${mounts.curlScript(token)}/${encodeURIComponent(platform)}`;
			return withShare(exchange, mount, (share) => {
				if (platform !== "unix" && platform !== "windows") return plainText("platform has to be unix or windows", 400);
				const indexUrl = exchange.services.config.externalBaseUrl + mounts.index(share.token);
				return sendCurlScript(share.request, { indexUrl, scope: share.scope, subpath: share.subpath }, platform);
			});
		},
	}),
];
