import { open } from "node:fs/promises";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { isMissing } from "./storage.ts";

/** Name of the files with rules; they are themselves never shown to customers. */
export const ignoreFileName = ".ngsignore";
const maxRuleFileBytes = 1_048_576;

/** The rules in force in a folder: those of all `.ngsignore` files from the share root down to it, the nearest last. */
export interface IgnoreRules {
	readonly lines: readonly string[];
	readonly matcher: Ignore;
}

/** No rules at all. */
export const noRules: IgnoreRules = { lines: [], matcher: ignore({ ignorecase: false }) };

/**
 * Adds the rules of a folder's own file to those of its parents (extensions.md §5).
 * @param realFolder absolute path of the folder
 * @param parts the folder's parts below the share root, as the rules of its parents see it
 * @returns null when the rule file is there but cannot be read: the folder is hidden then
 */
export async function readIgnoreRules(
	inherited: IgnoreRules,
	realFolder: string,
	parts: readonly string[],
): Promise<IgnoreRules | null> {
	const text = await readRuleFile(path.join(realFolder, ignoreFileName));
	if (text === null) return null;
	const own = text.split(/\r?\n/).flatMap((line) => placeRule(line, parts));
	if (own.length === 0) return inherited;
	const lines = [...inherited.lines, ...own];
	return { lines, matcher: ignore({ ignorecase: false }).add(lines) };
}

/** Whether the rules hide a path below the share root; folders above it count, too. */
export function isIgnored(rules: IgnoreRules, parts: readonly string[], isDirectory: boolean): boolean {
	if (rules.lines.length === 0 || parts.length === 0) return false;
	return rules.matcher.test(parts.join("/") + (isDirectory ? "/" : "")).ignored;
}

async function readRuleFile(file: string): Promise<string | null> {
	try {
		const handle = await open(file, "r");
		try {
			const stats = await handle.stat();
			if (!stats.isFile() || stats.size > maxRuleFileBytes) return null;
			return (await handle.readFile("utf8")).replace(/^\uFEFF/, "");
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
		if (isMissing(error)) return null;
		throw error;
	}
}

/**
 * Rewrites a rule of a folder's file as a rule of the share root, so that one ordered list holds all and the last match wins,
 * as gitignore demands. A rule without slash (other than a final one) applies at any depth below its folder.
 */
function placeRule(line: string, parts: readonly string[]): string[] {
	if (line.trim() === "" || line.startsWith("#")) return [];
	const isNegative = line.startsWith("!");
	const pattern = isNegative ? line.slice(1) : line;
	if (pattern.trim() === "" || pattern === "/") return [];
	const isAnchored = pattern.replace(/\s+$/, "").slice(0, -1).includes("/");
	const folder = parts.map((part) => `/${part.replace(/[\\*?[\]!# ]/g, "\\$&")}`).join("");
	const below = pattern.startsWith("/") ? pattern : `/${isAnchored ? "" : "**/"}${pattern}`;
	return [`${isNegative ? "!" : ""}${folder}${below}`];
}
