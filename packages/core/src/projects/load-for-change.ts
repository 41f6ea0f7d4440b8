import { projectLevel } from "@opengsync/db/access";
import type { Tx } from "@opengsync/db/transaction";
import { AccessType, ProjectStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";

/** A project locked for a change, with what its rules look at. */
export interface ProjectForChange {
	readonly id: number;
	readonly identifier: string | null;
	readonly status_id: number;
	readonly owner_id: number;
	readonly group_id: number | null;
	readonly num_samples: number;
	readonly access_level: number;
}

/**
 * Loads a project with the viewer's level in one statement and locks it.
 * @throws NotFoundError, ForbiddenError when the level is below `level`
 */
export async function loadProjectForChange(tx: Tx, viewer: Viewer, projectId: number, level: number): Promise<ProjectForChange> {
	const { rows } = await sql<ProjectForChange>`
		SELECT p.id, p.identifier, p.status_id, p.owner_id, p.group_id,
			(SELECT count(*)::int FROM sample s WHERE s.project_id = p.id) AS num_samples, ${projectLevel(viewer, "p")} AS access_level
		FROM project p WHERE p.id = ${projectId} FOR UPDATE OF p`.execute(tx);
	const project = rows[0];
	if (!project) throw new NotFoundError("This project");
	if (project.access_level < level) throw new ForbiddenError();
	return project;
}

/** Level that editing or deleting needs: E in DRAFT, else I (access-and-web.md §3.1). */
export function levelToEdit(statusId: number): number {
	return statusId === ProjectStatus.DRAFT.id ? AccessType.EDIT.id : AccessType.INSIDER.id;
}
