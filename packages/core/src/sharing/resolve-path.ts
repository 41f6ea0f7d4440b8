import type { BigIntStats, Dirent } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { isHiddenName, isInside, isSafeName, relationToShared, splitSubpath } from "@opengsync/domain/share-paths";
import { NotFoundError } from "../errors.ts";
import { type IgnoreRules, ignoreFileName, isIgnored, noRules, readIgnoreRules } from "./ignore-rules.ts";
import { isMissing, mapInBatches, readStorage } from "./storage.ts";

/** What of the storage somebody may reach. */
export interface ShareScope {
	/** Absolute path of the share root. */
	readonly root: string;
	/** Paths below the root, `/` between parts; `[""]` stands for everything (staff). */
	readonly sharedPaths: readonly string[];
	/** Customers do not see what `.ngsignore` hides. */
	readonly audience: "customer" | "staff";
}

/** A path that may be served, as it is on the storage now. */
export interface ResolvedPath {
	/** Below the share root as it was asked for, without slashes at the ends; `""` is the root. */
	readonly path: string;
	/** Last part of the path, `""` for the root. */
	readonly name: string;
	/** Absolute, all links resolved: the only path to open. */
	readonly realPath: string;
	readonly isDirectory: boolean;
	/** True for a folder above shared paths: it shows only what leads to them. */
	readonly isAncestor: boolean;
	/** Bytes; 0 for folders. */
	readonly sizeBytes: number;
	readonly modified: Date;
	/** `"<inode>-<modified, whole seconds>-<size>"` with its quotes (access-and-web.md §16.3). */
	readonly etag: string;
}

/** One line of a listing. */
export interface DirectoryEntry {
	readonly name: string;
	readonly isDirectory: boolean;
}

/** A place reached on the way down: as named, and as it really is (they differ after a link). */
interface Place {
	readonly parts: readonly string[];
	readonly rules: IgnoreRules;
	readonly realParts: readonly string[];
	readonly realRules: IgnoreRules;
	/** Real folders that were passed, to find links that lead back up. */
	readonly passed: readonly string[];
	readonly stats: BigIntStats;
}

/** A scope with the real path of its root and its shared paths in parts. */
interface Search {
	readonly realRoot: string;
	readonly shared: readonly (readonly string[])[];
	readonly appliesIgnoreRules: boolean;
}

/**
 * Finds what a path names, if it may be served; the only way from a path that somebody sent to the storage.
 * Source: access-and-web.md §15.4 rules 1–6, extensions.md §5.
 * @param subpath URL-decoded once; one final slash is allowed
 * @throws NotFoundError when it is unsafe, not shared, hidden, or not there
 * @throws UnavailableError when the storage does not answer within 5 s
 */
export async function resolvePath(scope: ShareScope, subpath: string): Promise<ResolvedPath> {
	const parts = readParts(subpath);
	return readStorage(async () => {
		const search = await beginSearch(scope);
		const isAncestor = checkShared(search, parts);
		const place = await walk(search, parts);
		if (!place || (isAncestor && !place.stats.isDirectory())) throw new NotFoundError("The path");
		return describe(search, place, isAncestor);
	});
}

/**
 * Lists a folder in the order of the names: all that may be served, or for a folder above shared paths what leads to them.
 * @throws NotFoundError when it is not a folder that may be served
 * @throws UnavailableError when the storage does not answer
 */
export async function listDirectory(scope: ShareScope, subpath: string): Promise<DirectoryEntry[]> {
	const { search, folder, isAncestor } = await openFolder(scope, subpath);
	const entries = isAncestor ? await listAncestor(search, folder) : await listShared(search, folder);
	return entries.sort((left, right) => compareNames(left.name, right.name));
}

/**
 * Lists a folder with sizes and times, in the order of the names.
 * @throws NotFoundError when it is not a folder that may be served
 * @throws UnavailableError when the storage does not answer
 */
export async function listDirectoryWithStats(scope: ShareScope, subpath: string): Promise<ResolvedPath[]> {
	const { search, folder, isAncestor } = await openFolder(scope, subpath);
	const entries = isAncestor ? await listAncestor(search, folder) : await listShared(search, folder);
	const children = await mapInBatches(entries, async ({ name }) => {
		const place = await readStorage(() => enter(search, folder, name));
		return place && describe(search, place, isAncestor && checkShared(search, place.parts));
	});
	return children.filter((child) => child !== null).sort((left, right) => compareNames(left.name, right.name));
}

/** Rule 1. */
function readParts(subpath: string): string[] {
	const parts = splitSubpath(subpath);
	if (!parts) throw new NotFoundError("The path");
	return parts;
}

async function openFolder(scope: ShareScope, subpath: string): Promise<{ search: Search; folder: Place; isAncestor: boolean }> {
	const parts = readParts(subpath);
	return readStorage(async () => {
		const search = await beginSearch(scope);
		const isAncestor = checkShared(search, parts);
		const folder = await walk(search, parts);
		if (!folder?.stats.isDirectory()) throw new NotFoundError("The path");
		return { search, folder, isAncestor };
	});
}

/** Order of names by code point, the same on every machine. */
function compareNames(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}

async function beginSearch(scope: ShareScope): Promise<Search> {
	return {
		realRoot: await realpath(scope.root),
		shared: scope.sharedPaths.filter((shared) => mayBeShared(shared, scope.audience)).map(readParts),
		appliesIgnoreRules: scope.audience === "customer",
	};
}

/** A broken path in the database opens nothing, and the root is never open to customers. */
function mayBeShared(shared: string, audience: ShareScope["audience"]): boolean {
	return shared === "" ? audience === "staff" : shared.split("/").every(isSafeName);
}

/** Rule 2. @returns whether the path lies above shared paths only */
function checkShared(search: Search, parts: readonly string[]): boolean {
	const relation = relationToShared(parts, search.shared);
	if (relation === "outside" && parts.length > 0) throw new NotFoundError("The path");
	return relation !== "inside";
}

/** Goes down from the root part by part; null when a part is hidden or not there. */
async function walk(search: Search, parts: readonly string[], from?: Place): Promise<Place | null> {
	let place: Place | null = from ?? (await enterRoot(search));
	for (const name of parts) {
		if (!place) return null;
		place = await enter(search, place, name);
	}
	return place;
}

async function enterRoot(search: Search): Promise<Place | null> {
	const stats = await lstat(search.realRoot, { bigint: true });
	const rules = search.appliesIgnoreRules ? await readIgnoreRules(noRules, search.realRoot, []) : noRules;
	if (!rules) return null;
	return { parts: [], rules, realParts: [], realRules: rules, passed: [search.realRoot], stats };
}

async function enter(search: Search, folder: Place, name: string): Promise<Place | null> {
	if (!folder.stats.isDirectory() || !isSafeName(name) || isHiddenName(name)) return null;
	const named = path.join(search.realRoot, ...folder.realParts, name);
	try {
		const stats = await lstat(named, { bigint: true });
		if (stats.isSymbolicLink()) return await followLink(search, folder, name, await realpath(named));
		return await settle(search, folder, [...folder.parts, name], {
			parts: [...folder.realParts, name],
			rules: folder.realRules,
			stats,
		});
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

/** Rule 3: a link must end inside the share root and must not lead back to a folder that was passed on the way. */
async function followLink(search: Search, folder: Place, name: string, target: string): Promise<Place | null> {
	const relative = path.relative(search.realRoot, target);
	const targetParts = relative.split(path.sep);
	if (relative === "" || path.isAbsolute(relative) || !targetParts.every(isSafeName)) return null;
	if (targetParts.some(isHiddenName)) return null;
	if (folder.passed.some((passed) => passed === target || passed.startsWith(target + path.sep))) return null;
	const realRules = await collectRealRules(search, targetParts);
	if (!realRules) return null;
	const stats = await lstat(target, { bigint: true });
	return settle(search, folder, [...folder.parts, name], { parts: targetParts, rules: realRules, stats });
}

/** The rules in the real folders above a link's target; null when one of these folders is ignored. */
async function collectRealRules(search: Search, targetParts: readonly string[]): Promise<IgnoreRules | null> {
	if (!search.appliesIgnoreRules) return noRules;
	let rules = await readIgnoreRules(noRules, search.realRoot, []);
	for (let depth = 1; depth < targetParts.length && rules; depth += 1) {
		const folder = targetParts.slice(0, depth);
		if (isIgnored(rules, folder, true)) return null;
		rules = await readIgnoreRules(rules, path.join(search.realRoot, ...folder), folder);
	}
	return rules;
}

/** Checks the ignore rules by name and by real path, and reads those of a folder that is entered. */
async function settle(
	search: Search,
	folder: Place,
	parts: readonly string[],
	real: { parts: readonly string[]; rules: IgnoreRules; stats: BigIntStats },
): Promise<Place | null> {
	const isDirectory = real.stats.isDirectory();
	if (!isDirectory && !real.stats.isFile()) return null;
	const realPath = path.join(search.realRoot, ...real.parts);
	const place = {
		parts,
		rules: folder.rules,
		realParts: real.parts,
		realRules: real.rules,
		passed: isDirectory ? [...folder.passed, realPath] : folder.passed,
		stats: real.stats,
	};
	if (!search.appliesIgnoreRules) return place;
	if (parts.at(-1) === ignoreFileName || real.parts.at(-1) === ignoreFileName) return null;
	if (isIgnored(folder.rules, parts, isDirectory) || isIgnored(real.rules, real.parts, isDirectory)) return null;
	if (!isDirectory) return place;
	const rules = await readIgnoreRules(folder.rules, realPath, parts);
	const realRules = await readIgnoreRules(real.rules, realPath, real.parts);
	return rules && realRules ? { ...place, rules, realRules } : null;
}

/** Rules 4 and 6: only the entries that lead to shared paths which exist. */
async function listAncestor(search: Search, folder: Place): Promise<DirectoryEntry[]> {
	const depth = folder.parts.length;
	const entries = new Map<string, DirectoryEntry>();
	const below = search.shared.filter((shared) => shared.length > depth && isInside(shared, folder.parts));
	await mapInBatches(below, async (shared) => {
		const name = shared[depth] ?? "";
		const end = await readStorage(() => walk(search, shared.slice(depth), folder));
		if (end) entries.set(name, { name, isDirectory: shared.length > depth + 1 || end.stats.isDirectory() });
	});
	return [...entries.values()];
}

async function listShared(search: Search, folder: Place): Promise<DirectoryEntry[]> {
	const realFolder = path.join(search.realRoot, ...folder.realParts);
	const children = await readStorage(() => readdir(realFolder, { withFileTypes: true }));
	const entries = await mapInBatches(children, (child) => readStorage(() => describeChild(search, folder, child)));
	return entries.filter((entry) => entry !== null);
}

/** Plain files are judged by name alone, which keeps folders of 100,000 files fast; anything else is looked at. */
async function describeChild(search: Search, folder: Place, child: Dirent): Promise<DirectoryEntry | null> {
	const { name } = child;
	if (!isSafeName(name) || isHiddenName(name)) return null;
	if (child.isFile() && !name.includes("\uFFFD")) {
		if (!search.appliesIgnoreRules) return { name, isDirectory: false };
		const isShown =
			name !== ignoreFileName &&
			!isIgnored(folder.rules, [...folder.parts, name], false) &&
			!isIgnored(folder.realRules, [...folder.realParts, name], false);
		return isShown ? { name, isDirectory: false } : null;
	}
	const place = await enter(search, folder, name);
	return place && { name, isDirectory: place.stats.isDirectory() };
}

function describe(search: Search, place: Place, isAncestor: boolean): ResolvedPath {
	const isDirectory = place.stats.isDirectory();
	const sizeBytes = isDirectory ? 0 : Number(place.stats.size);
	const modifiedSeconds = Math.floor(Number(place.stats.mtimeMs) / 1000);
	return {
		path: place.parts.join("/"),
		name: place.parts.at(-1) ?? "",
		realPath: path.join(search.realRoot, ...place.realParts),
		isDirectory,
		isAncestor,
		sizeBytes,
		modified: new Date(modifiedSeconds * 1000),
		etag: `"${place.stats.ino}-${modifiedSeconds}-${place.stats.size}"`,
	};
}
