import { membersOf, UserRole } from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import type { ProjectInput } from "./project-input.ts";

/** What the check has to know besides the input. */
export interface ProjectCheck {
	/** Null = a new project. */
	readonly projectId: number | null;
	readonly ownerId: number;
	/** Group that the project has already; keeping it needs no membership of the viewer. */
	readonly presentGroupId: number | null;
}

interface Findings {
	readonly owner_exists: boolean;
	readonly owner_fits_group: boolean;
	readonly viewer_fits_group: boolean;
	readonly group_exists: boolean;
	readonly title_taken: boolean;
	readonly identifier_taken: boolean;
}

const insiderIds = membersOf(UserRole)
	.filter(({ insider }) => insider)
	.map(({ id }) => id);

/**
 * Rules of the project form that need the database (access-and-web.md §3.3, data-model.md §5), in one statement; all at once.
 * @throws InvalidInputError
 */
export async function checkProject(context: CommandContext, input: ProjectInput, check: ProjectCheck): Promise<void> {
	const insider = isInsider(context.viewer.roleId);
	const { rows } = await sql<Findings>`
		SELECT
			EXISTS (SELECT 1 FROM lims_user u WHERE u.id = ${check.ownerId}) AS owner_exists,
			EXISTS (SELECT 1 FROM user_affiliation a WHERE a.user_id = ${check.ownerId} AND a.group_id = ${input.groupId})
				OR EXISTS (SELECT 1 FROM lims_user u WHERE u.id = ${check.ownerId} AND u.role_id = ANY(${insiderIds}::int[])) AS owner_fits_group,
			EXISTS (SELECT 1 FROM user_affiliation a WHERE a.user_id = ${context.viewer.id} AND a.group_id = ${input.groupId}) AS viewer_fits_group,
			EXISTS (SELECT 1 FROM "group" g WHERE g.id = ${input.groupId}) AS group_exists,
			EXISTS (SELECT 1 FROM project p WHERE lower(p.title) = lower(${input.title}) AND p.id IS DISTINCT FROM ${check.projectId}::int
				AND (${insider} OR p.owner_id = ${check.ownerId})) AS title_taken,
			EXISTS (SELECT 1 FROM project p WHERE p.identifier = ${input.identifier} AND p.id IS DISTINCT FROM ${check.projectId}::int) AS identifier_taken`.execute(
		context.tx,
	);
	const [found] = rows;
	if (!found) return;
	const errors: FieldError[] = [];
	if (!found.owner_exists) errors.push({ field: "ownerId", message: "This user does not exist." });
	if (input.groupId !== null && input.groupId !== check.presentGroupId) {
		if (!found.group_exists || !(insider || found.viewer_fits_group)) {
			errors.push({ field: "groupId", message: insider ? "This group does not exist." : "Choose a group to which you belong." });
		}
	}
	if (input.groupId !== null && found.group_exists && found.owner_exists && !found.owner_fits_group) {
		errors.push({ field: "groupId", message: "The owner does not belong to this group." });
	}
	if (found.title_taken) {
		const message = insider ? "Another project has this title." : "Another project of yours has this title.";
		errors.push({ field: "title", message });
	}
	if (found.identifier_taken) errors.push({ field: "identifier", message: "Another project has this identifier." });
	if (errors.length > 0) throw new InvalidInputError(errors);
}
