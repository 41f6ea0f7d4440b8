/**
 * The lexical half of path safety of shares (access-and-web.md §15.1, §15.4 rules 1, 2, 4, 5). Paths are relative to the share root, parts
 * joined by `/`; the root is the empty text. What links resolve to is checked where files are read.
 */

/** How a requested path stands to the shared paths. `ancestor`: may only be listed, and shows only what leads to a shared path. */
export type ShareRelation = "inside" | "ancestor" | "outside";

function partsOf(path: string): string[] {
	return path === "" ? [] : path.split("/");
}

function startsWithParts(parts: readonly string[], start: readonly string[]): boolean {
	return start.length <= parts.length && start.every((part, index) => parts[index] === part);
}

/**
 * The requested path without final slash, or null for what must be answered as missing: NUL or other control characters, backslash,
 * empty, `.` or `..` parts, absolute paths. The text has been URL-decoded once.
 */
export function parseSubpath(subpath: string): string | null {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
	if (/[\u0000-\u001f\u007f\\]/.test(subpath)) return null;
	const path = subpath.endsWith("/") ? subpath.slice(0, -1) : subpath;
	if (path === "") return subpath === "" ? "" : null;
	return path.split("/").some((part) => part === "" || part === "." || part === "..") ? null : path;
}

/** Whether a path is equal to or below another, compared by parts: `a/bc` is not within `a/b`. Everything is within the root. */
export function isWithin(path: string, ancestor: string): boolean {
	return startsWithParts(partsOf(path), partsOf(ancestor));
}

/** Paths without those inside others of the list, each once, in their order (§15.1): `a`, `a/b`, `ab` → `a`, `ab`. */
export function reduceSharePaths(paths: readonly string[]): string[] {
	const distinct = [...new Set(paths)];
	return distinct.filter((path) => !distinct.some((other) => other !== path && isWithin(path, other)));
}

/** Shared paths that are safe to compare with; a broken one, or the root itself, never opens anything. */
function safePaths(sharedPaths: readonly string[]): string[] {
	return sharedPaths.map(parseSubpath).filter((path): path is string => path !== null && path !== "");
}

/** How a parsed path stands to the shared paths (rule 2). */
export function relationToShared(path: string, sharedPaths: readonly string[]): ShareRelation {
	const shared = safePaths(sharedPaths);
	if (shared.some((sharedPath) => isWithin(path, sharedPath))) return "inside";
	return shared.some((sharedPath) => isWithin(sharedPath, path)) ? "ancestor" : "outside";
}

/** Names of the entries of an ancestor that lead to shared paths (rule 4). */
export function namesLeadingToShared(path: string, sharedPaths: readonly string[]): ReadonlySet<string> {
	const depth = partsOf(path).length;
	const names = safePaths(sharedPaths)
		.filter((sharedPath) => isWithin(sharedPath, path))
		.map((sharedPath) => partsOf(sharedPath)[depth])
		.filter((name) => name !== undefined);
	return new Set(names);
}

const hiddenNames: ReadonlySet<string> = new Set([
	".ds_store",
	"thumbs.db",
	"desktop.ini",
	".spotlight-v100",
	".trashes",
	".hidden",
	".ignored",
	"network trash folder",
	"temporary items",
]);
const hiddenPrefixes = ["._", ".metadata_", ".com.apple.timemachine"] as const;

/** Whether operating systems keep this name to themselves: neither listed nor served (rule 5). */
export function isHiddenName(name: string): boolean {
	const lower = name.toLowerCase();
	return hiddenNames.has(lower) || hiddenPrefixes.some((prefix) => lower.startsWith(prefix));
}

/** Whether any part of a path is hidden. */
export function isHiddenPath(path: string): boolean {
	return partsOf(path).some(isHiddenName);
}
