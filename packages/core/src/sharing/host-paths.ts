import path from "node:path";
import { isInside } from "@opengsync/domain/share-paths";
import type { FacilityConfig } from "../config.ts";
import { BadRequestError } from "../errors.ts";

type Mapping = Pick<FacilityConfig, "sharePathMapping">;

const split = (text: string) =>
	path.posix
		.normalize(text)
		.split("/")
		.filter((part) => part !== "");

/**
 * Translates a path as it is on the facility's machines to one below the share root, by the longest prefix of
 * `share_path_mapping` (background-and-ops.md §5.5 rules 2 and 3).
 * @throws BadRequestError when it is not absolute, under no prefix (naming those allowed), or a prefix itself
 */
export function toSharePath(config: Mapping, hostPath: string): string {
	if (hostPath.includes("\0") || !hostPath.startsWith("/")) throw new BadRequestError("path has to be absolute.");
	const parts = split(hostPath);
	const prefixes = Object.entries(config.sharePathMapping)
		.map(([key, prefix]) => ({ key, parts: split(prefix) }))
		.sort((left, right) => right.parts.length - left.parts.length);
	const match = prefixes.find((prefix) => isInside(parts, prefix.parts));
	if (!match) {
		const allowed = Object.values(config.sharePathMapping).join(", ") || "none is configured";
		throw new BadRequestError(`path has to lie below one of these folders: ${allowed}.`);
	}
	if (parts.length === match.parts.length) throw new BadRequestError("path is the root of a storage, which cannot be shared.");
	return [match.key, ...parts.slice(match.parts.length)].join("/");
}

/** Translates a path below the share root back; null when its first part is not in `share_path_mapping`. */
export function toHostPath(config: Mapping, sharePath: string): string | null {
	const [key = "", ...rest] = sharePath.split("/");
	const prefix = Object.hasOwn(config.sharePathMapping, key) ? config.sharePathMapping[key] : undefined;
	return prefix === undefined ? null : path.posix.join(prefix, ...rest);
}
