import type { ProjectInput } from "@opengsync/core/projects/project-input";
import type { GroupOption } from "@opengsync/db/queries/groups";
import type { ProjectPageRow } from "@opengsync/db/queries/project-page";
import { membersOf, ProjectStatus } from "@opengsync/domain/catalog";
import { defineForm, type FormValues, memberOptions } from "../../framework/form.ts";
import { buildGroupField } from "../groups/group-field.ts";

/** What the form has to know of its user and, on editing, of the project. */
export interface ProjectFormFacts {
	readonly isInsider: boolean;
	readonly viewerId: number;
	readonly viewerName: string;
	readonly groups: readonly GroupOption[];
	readonly project: ProjectPageRow | null;
}

/** The form of a project: access-and-web.md §3.3. */
export function buildProjectForm(facts: ProjectFormFacts) {
	const { project, isInsider } = facts;
	const isNamed = project !== null && project.identifier !== null;
	const mayName = isInsider || (!isNamed && (project === null || project.owner_id === facts.viewerId));
	return defineForm({
		name: "project-form",
		submitLabel: project ? "Save project" : "Create project",
		fields: {
			title: {
				kind: "text",
				label: "Title",
				required: true,
				minLength: 6,
				maxLength: 128,
				...(project ? { value: project.title } : {}),
			},
			description: {
				kind: "textarea",
				label: "Description",
				required: true,
				maxLength: 2048,
				rows: 5,
				...(project?.description ? { value: project.description } : {}),
				help: "What is investigated, and with which samples.",
			},
			groupId: buildGroupField(facts, project, "Every member sees the samples and the results."),
			identifier: {
				kind: "text",
				label: "Identifier",
				maxLength: 16,
				half: true,
				monospace: true,
				placeholder: "BSA_0001",
				...(project?.identifier ? { value: project.identifier } : {}),
				...(mayName ? {} : { readOnly: true }),
				help: mayName && !isInsider ? "Leave it empty if you have none; once set, only the facility can change it." : "Unique.",
			},
			ownerId: isInsider
				? {
						kind: "search-select",
						label: "Owner",
						source: "/htmx/users/search",
						half: true,
						value: project
							? { id: project.owner_id, label: project.owner_name }
							: { id: facts.viewerId, label: facts.viewerName },
					}
				: { kind: "hidden", label: "Owner", readOnly: true },
			statusId:
				isInsider && project
					? {
							kind: "select",
							label: "Status",
							half: true,
							required: true,
							options: memberOptions(membersOf(ProjectStatus)),
							value: project.status_id,
						}
					: { kind: "hidden", label: "Status", readOnly: true },
		},
	});
}

/** What was entered, as the commands take it; read-only fields are absent. */
export function toProjectInput(
	values: FormValues<ReturnType<typeof buildProjectForm>["fields"]>,
	project: ProjectPageRow | null,
): ProjectInput {
	return {
		identifier: values.identifier === undefined ? (project?.identifier ?? null) : values.identifier,
		title: values.title,
		description: values.description,
		groupId: values.groupId,
		ownerId: typeof values.ownerId === "number" ? values.ownerId : null,
		statusId: typeof values.statusId === "number" ? values.statusId : null,
	};
}
