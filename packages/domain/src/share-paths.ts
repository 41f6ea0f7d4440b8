/**
 * The lexical half of path safety of shares (access-and-web.md §15.1, §15.4 rules 1, 2, 5). Paths are relative to the share root; the root
 * is the empty text, or no parts. What links resolve to is checked where files are read.
 */

/** How a requested path stands to the shared paths. `ancestor`: may only be listed, and shows only what leads to a shared path. */
export type ShareRelation = "inside" | "ancestor" | "outside";

/** Whether a name can be part of a path that we serve: not empty, no `.` or `..`, no NUL, slash or backslash. */
export function isSafeName(name: string): boolean {
	return name !== "" && name !== "." && name !== ".." && !/[\0/\\]/.test(name);
}

/**
 * The parts of a path that was URL-decoded once; one final slash is allowed. Null for what must be answered as missing: NUL, backslash,
 * empty, `.` or `..` parts, absolute paths (rule 1).
 */
export function splitSubpath(subpath: string): string[] | null {
	if (subpath === "") return [];
	const parts = (subpath.endsWith("/") ? subpath.slice(0, -1) : subpath).split("/");
	return parts.every(isSafeName) ? parts : null;
}

/** Whether a path equals the folder or lies below it, compared by parts: `a/bc` is not inside `a/b`. Everything is inside the root. */
export function isInside(parts: readonly string[], folder: readonly string[]): boolean {
	return folder.length <= parts.length && folder.every((part, index) => parts[index] === part);
}

/** Paths without those inside others of the list, each once, in their order (§15.1): `a`, `a/b`, `ab` → `a`, `ab`. */
export function reduceSharePaths(paths: readonly string[]): string[] {
	const distinct = [...new Set(paths)].map((path) => ({ path, parts: path === "" ? [] : path.split("/") }));
	return distinct
		.filter((own) => !distinct.some((other) => other !== own && isInside(own.parts, other.parts)))
		.map(({ path }) => path);
}

/** How a path stands to the shared paths, all in parts (rule 2). */
export function relationToShared(parts: readonly string[], shared: readonly (readonly string[])[]): ShareRelation {
	if (shared.some((sharedParts) => isInside(parts, sharedParts))) return "inside";
	return shared.some((sharedParts) => isInside(sharedParts, parts)) ? "ancestor" : "outside";
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
