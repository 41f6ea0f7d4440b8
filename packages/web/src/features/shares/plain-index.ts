import type { DirectoryEntry } from "@opengsync/core/sharing/resolve-path";
import { addressOf, escapeMarkup } from "./addresses.ts";
import { userContentHeaders } from "./file-headers.ts";

/**
 * Minimal listing that rclone's HTTP backend and wget understand (access-and-web.md §16.2): one link per entry, its text equal to
 * the name, folders with a final slash, `../` except at the root.
 * @param mountedAt address of the token's root, without final slash
 * @param path of the folder below the share root
 */
export function plainIndex(mountedAt: string, path: string, entries: readonly DirectoryEntry[]): Response {
	const parent = path.split("/").slice(0, -1).join("/");
	const up = path === "" ? [] : [link(addressOf(mountedAt, parent, true), "../")];
	const links = entries.map((entry) => {
		const address = addressOf(mountedAt, path === "" ? entry.name : `${path}/${entry.name}`, entry.isDirectory);
		return link(address, entry.name + (entry.isDirectory ? "/" : ""));
	});
	const title = escapeMarkup(`Index of /${path}`);
	const markup = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1>
<pre>
${[...up, ...links].join("\n")}
</pre></body></html>
`;
	const headers = userContentHeaders("text/html");
	headers.set("Content-Type", "text/html; charset=utf-8");
	headers.set("Content-Length", String(Buffer.byteLength(markup)));
	return new Response(markup, { headers });
}

function link(href: string, text: string): string {
	return `<a href="${escapeMarkup(href)}">${escapeMarkup(text)}</a>`;
}
