import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { type DataPathTargets, findTargets } from "./data-path-targets.ts";
import { toHostPath } from "./host-paths.ts";
import { resolvePath } from "./resolve-path.ts";

/** A path that was unlinked: below the share root, on the facility's machines if known, and whether it is still there. */
export interface RemovedDataPath {
	readonly sharePath: string;
	readonly hostPath: string | null;
	readonly exists: boolean;
}

/**
 * Deletes all data paths of the named objects; files are not touched (background-and-ops.md §5.5).
 * @throws BadRequestError when no object is named
 * @throws NotFoundError when one does not exist
 */
export async function removeDataPaths(context: CommandContext, targets: DataPathTargets): Promise<RemovedDataPath[]> {
	const { config } = context.services;
	const paths = new Set<string>();
	for (const target of await findTargets(context.tx, targets)) {
		const { rows } = await sql<{ path: string }>`
			DELETE FROM data_path WHERE ${sql.ref(target.column)} = ${target.id} RETURNING path`.execute(context.tx);
		for (const row of rows) paths.add(row.path);
	}
	const scope = { root: config.shareRoot, sharedPaths: [""], audience: "staff" } as const;
	return Promise.all(
		[...paths].sort().map(async (sharePath) => ({
			sharePath,
			hostPath: toHostPath(config, sharePath),
			exists: await resolvePath(scope, sharePath).then(
				() => true,
				() => false,
			),
		})),
	);
}
