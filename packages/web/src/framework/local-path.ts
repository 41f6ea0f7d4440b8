/**
 * A path on this site that may be followed after sign-in: begins with a single `/`, no scheme, no host, no backslash, no control
 * characters (access-and-web.md §4.3). Anything else gives null.
 */
export function localPath(text: string | null | undefined): string | null {
	if (!text || text.length > 2048 || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(text)) return null;
	const base = "http://site.invalid";
	const url = URL.canParse(text, base) ? new URL(text, base) : null;
	return url?.origin === base && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}${url.hash}` : null;
}
