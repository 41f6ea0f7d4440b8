import { projectLevel } from "@opengsync/db/access";
import type { Tx } from "@opengsync/db/transaction";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { type ProjectActionName, projectAction } from "@opengsync/domain/project-actions";
import { sql } from "kysely";
import type { CommandContext, Viewer } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

/** A project locked for a change, with what its rules look at. */
export interface ProjectForChange {
	readonly id: number;
	readonly identifier: string | null;
	readonly status_id: number;
	readonly owner_id: number;
	readonly group_id: number | null;
	readonly num_samples: number;
	readonly access_level: AccessLevel;
}

async function lockProject(tx: Tx, viewer: Viewer, projectId: number): Promise<ProjectForChange> {
	const { rows } = await sql<ProjectForChange>`
		SELECT p.id, p.identifier, p.status_id, p.owner_id, p.group_id,
			(SELECT count(*)::int FROM sample s WHERE s.project_id = p.id) AS num_samples, ${projectLevel(viewer, "p")} AS access_level
		FROM project p WHERE p.id = ${projectId} FOR UPDATE OF p`.execute(tx);
	const project = rows[0];
	if (!project) throw new NotFoundError("This project");
	return project;
}

/**
 * Loads a project with the viewer's level in one statement, locks it, and lets the table of actions decide.
 * @throws NotFoundError, ForbiddenError when the level does not suffice, NotPossibleError when only the state stands against it
 */
export async function loadProjectFor(
	context: CommandContext,
	projectId: number,
	action: ProjectActionName,
): Promise<ProjectForChange> {
	const project = await lockProject(context.tx, context.viewer, projectId);
	const { status_id: statusId, access_level: level, num_samples: numSamples } = project;
	requireAllowed(projectAction(action, { statusId, level, numSamples }));
	return project;
}
