import { ProjectStatus } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { checkProject } from "./check-project.ts";
import type { ProjectInput } from "./project-input.ts";

/**
 * Creates a project in DRAFT. Clients become its owner; insiders may name another (access-and-web.md §3.3).
 * @returns id of the project
 * @throws InvalidInputError with the fields of the form
 */
export async function createProject(context: CommandContext, input: ProjectInput): Promise<number> {
	const { tx, viewer } = context;
	const ownerId = isInsider(viewer.roleId) ? (input.ownerId ?? viewer.id) : viewer.id;
	await checkProject(context, input, { projectId: null, ownerId, presentGroupId: null });
	const project = await tx
		.insertInto("project")
		.values({
			identifier: input.identifier,
			title: input.title,
			description: input.description,
			status_id: ProjectStatus.DRAFT.id,
			owner_id: ownerId,
			group_id: input.groupId,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return project.id;
}
