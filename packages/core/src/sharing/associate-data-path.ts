import { realpath } from "node:fs/promises";
import path from "node:path";
import { DataPathType, findMember, membersOf } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError, NotFoundError } from "../errors.ts";
import { type DataPathTargets, findTargets } from "./data-path-targets.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";

/** A path to be linked with one or more objects. */
export interface NewDataPath {
	/** Below the share root; {@link toSharePath} makes it from a path of the facility's machines. */
	readonly sharePath: string;
	readonly targets: DataPathTargets;
	/** Id of *dataPathType*; derived from the path when absent. */
	readonly typeId?: number | null;
}

/**
 * Links a file or folder of the share with a project, request, experiment or library; one row per object, whose type is renewed
 * when the link exists already (background-and-ops.md §5.5 rules 3–5).
 * @returns path and type, and how many links are new
 * @throws NotFoundError when path or object does not exist
 * @throws BadRequestError without object, for an unknown or unfitting type, and for a path that leaves the share root
 */
export async function associateDataPath(
	context: CommandContext,
	input: NewDataPath,
): Promise<{ sharePath: string; typeId: number; created: number }> {
	const given = input.typeId ?? null;
	if (given !== null && !findMember(DataPathType, given)) throw new BadRequestError("The type of the path is not known.");
	const resolved = await resolveForStaff(context.services.config.shareRoot, input.sharePath);
	if (resolved.path === "") throw new BadRequestError("The root of the share cannot be linked.");
	const typeId = given ?? deriveType(resolved);
	if (resolved.isDirectory !== (typeId === DataPathType.DIRECTORY.id)) {
		throw new BadRequestError(`The path is a ${resolved.isDirectory ? "directory" : "file"}, which does not fit its type.`);
	}
	let created = 0;
	for (const target of await findTargets(context.tx, input.targets)) {
		const { rows } = await sql<{ is_new: boolean }>`
			INSERT INTO data_path (path, type_id, ${sql.ref(target.column)}) VALUES (${resolved.path}, ${typeId}, ${target.id})
			ON CONFLICT (md5(path), project_id, seq_request_id, experiment_id, library_id) DO UPDATE SET type_id = excluded.type_id
			RETURNING xmax = 0 AS is_new`.execute(context.tx);
		if (rows[0]?.is_new) created += 1;
	}
	return { sharePath: resolved.path, typeId, created };
}

/** Tells a path that is not there (404) from one whose links lead out of the share root (400). */
async function resolveForStaff(shareRoot: string, sharePath: string): Promise<ResolvedPath> {
	try {
		return await resolvePath({ root: shareRoot, sharedPaths: [""], audience: "staff" }, sharePath);
	} catch (error) {
		if (error instanceof NotFoundError && (await leavesRoot(shareRoot, sharePath))) {
			throw new BadRequestError("The path leads out of the share.");
		}
		throw error;
	}
}

async function leavesRoot(shareRoot: string, sharePath: string): Promise<boolean> {
	try {
		const relative = path.relative(await realpath(shareRoot), await realpath(path.join(shareRoot, sharePath)));
		return relative === ".." || relative.startsWith(`..${path.sep}`);
	} catch {
		return false;
	}
}

function deriveType(resolved: ResolvedPath): number {
	if (resolved.isDirectory) return DataPathType.DIRECTORY.id;
	const extension = path.posix.extname(resolved.name).slice(1).toLowerCase();
	const type = membersOf(DataPathType).find((member) => {
		const extensions: readonly string[] | null = member.extensions;
		return extensions?.includes(extension) ?? false;
	});
	return (type ?? DataPathType.CUSTOM).id;
}
