/** Percent-encodes each part of a path below the share root; `/` stays between the parts. */
export function encodePath(path: string): string {
	return path.split("/").map(encodeURIComponent).join("/");
}

/** Absolute path on the site of what a listing names; folders end with `/` (access-and-web.md §16). */
export function addressOf(mountedAt: string, path: string, isDirectory: boolean): string {
	if (path === "") return `${mountedAt}/`;
	return `${mountedAt}/${encodePath(path)}${isDirectory ? "/" : ""}`;
}

/** Where the endpoints of a token are mounted, without final slash. */
export const mounts = {
	index: (token: string) => `/api/files/browse/${encodeURIComponent(token)}`,
	indexAlias: (token: string) => `/files/share/rclone/${encodeURIComponent(token)}`,
	browse: (token: string) => `/files/share/browse/${encodeURIComponent(token)}`,
	webdav: (token: string) => `/files/webdav/share/${encodeURIComponent(token)}`,
	archive: (token: string) => `/files/share/download_archive/${encodeURIComponent(token)}`,
	curlScript: (token: string) => `/files/share/curl_script/${encodeURIComponent(token)}`,
} as const;

/**
 * The path below the share root that a URL names: what follows the mount, decoded exactly once.
 * @returns null when it is not well-formed
 */
export function subpathOf(pathname: string, mountedAt: string): string | null {
	if (!pathname.startsWith(mountedAt)) return null;
	const rest = pathname.slice(mountedAt.length);
	if (rest === "") return "";
	if (!rest.startsWith("/")) return null;
	try {
		return decodeURIComponent(rest.slice(1));
	} catch {
		return null;
	}
}

/** Escapes text for HTML and XML, in elements and quoted attributes; characters that XML cannot hold become U+FFFD. */
export function escapeMarkup(text: string): string {
	return (
		text
			.replaceAll("&", "&amp;")
			.replaceAll("<", "&lt;")
			.replaceAll(">", "&gt;")
			.replaceAll('"', "&quot;")
			.replaceAll("'", "&#39;")
			.replaceAll("\r", "&#13;")
			// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\uFFFD")
	);
}
