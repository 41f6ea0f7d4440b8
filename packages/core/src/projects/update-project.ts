import { findMember, ProjectStatus } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { BadRequestError } from "../errors.ts";
import { checkProject } from "./check-project.ts";
import { loadProjectFor } from "./load-for-change.ts";
import type { ProjectInput } from "./project-input.ts";

/**
 * Changes a project: E in DRAFT, else I. What is for insiders (owner, status) stays as it is for others, and so does an identifier
 * once it is set; only the owner may set it (access-and-web.md §3.3).
 * @throws NotFoundError, ForbiddenError, InvalidInputError with the fields of the form, BadRequestError for an unknown status
 */
export async function updateProject(context: CommandContext, projectId: number, input: ProjectInput): Promise<void> {
	const { tx, viewer } = context;
	const present = await loadProjectFor(context, projectId, "edit");
	const insider = isInsider(viewer.roleId);
	const ownerId = insider ? (input.ownerId ?? present.owner_id) : present.owner_id;
	const statusId = insider ? (input.statusId ?? present.status_id) : present.status_id;
	const mayName = insider || (present.identifier === null && present.owner_id === viewer.id);
	const identifier = mayName ? input.identifier : present.identifier;
	if (!findMember(ProjectStatus, statusId)) throw new BadRequestError("The status is not known.");
	await checkProject(context, { ...input, identifier }, { projectId, ownerId, presentGroupId: present.group_id });
	await tx
		.updateTable("project")
		.set({
			identifier,
			title: input.title,
			description: input.description,
			status_id: statusId,
			owner_id: ownerId,
			group_id: input.groupId,
		})
		.where("id", "=", projectId)
		.execute();
}
