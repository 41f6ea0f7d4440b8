import { NotFoundError } from "../errors.ts";
import { listDirectoryWithStats, type ResolvedPath, type ShareScope } from "./resolve-path.ts";

/**
 * All files below a folder that may be served, folder by folder in the order of the names; only one folder at a time is held in
 * memory. A folder that cannot be read is reported and left out.
 * @param onUnreadable gets the path of each folder that could not be read
 */
export async function* walkTree(
	scope: ShareScope,
	subpath: string,
	onUnreadable: (path: string) => void = () => undefined,
): AsyncGenerator<ResolvedPath> {
	let children: ResolvedPath[];
	try {
		children = await listDirectoryWithStats(scope, subpath);
	} catch (error) {
		if (!(error instanceof NotFoundError)) throw error;
		onUnreadable(subpath);
		return;
	}
	for (const child of children) {
		if (child.isDirectory) yield* walkTree(scope, child.path, onUnreadable);
		else yield child;
	}
}
