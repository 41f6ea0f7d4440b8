import { NotFoundError } from "../errors.ts";

/** Whether a name can be part of a path that we serve: not empty, no `.` or `..`, no NUL, slash or backslash. */
export function isSafeName(name: string): boolean {
	return name !== "" && name !== "." && name !== ".." && !/[\0/\\]/.test(name);
}

/**
 * Splits a path below the share root, already URL-decoded once, into its parts; one final slash is allowed, `""` is the root.
 * Source: access-and-web.md §15.4 rule 1.
 * @throws NotFoundError for NUL, backslash, empty, `.` or `..` parts and absolute paths
 */
export function splitSubpath(subpath: string): string[] {
	if (subpath === "") return [];
	const parts = (subpath.endsWith("/") ? subpath.slice(0, -1) : subpath).split("/");
	if (!parts.every(isSafeName)) throw new NotFoundError("The path");
	return parts;
}

/** Whether the path equals the folder or lies below it, compared by parts: `a/bc` is not inside `a/b`. */
export function isInside(parts: readonly string[], folder: readonly string[]): boolean {
	return folder.length <= parts.length && folder.every((part, index) => part === parts[index]);
}
