import type { AnnotationFacts, ProjectFact } from "./facts.ts";
import { formInteger, formText, formTick } from "./form-values.ts";
import { previousInput } from "./state.ts";
import { accept, type FormField, refuse, type Step, type StepResult } from "./step.ts";

const step = "project_select";

function describeFields(facts: AnnotationFacts): FormField[] {
	const fields: FormField[] = [
		{
			name: "project_id",
			label: "Existing project",
			type: "project",
			required: false,
			help: "Search by identifier or title. All samples of one annotation go into one project.",
		},
		{ name: "project_title", label: "New project: title", type: "text", required: false, minLength: 6, maxLength: 128 },
		{ name: "project_description", label: "New project: description", type: "textarea", required: false, maxLength: 2048 },
	];
	if (facts.isInsider) {
		fields.push({ name: "owner_is_requestor", label: "Requestor becomes owner", type: "checkbox", required: false });
	}
	return fields;
}

/** Text of a project in its search field: `[identifier] title`. */
function nameProject(project: ProjectFact): string {
	return project.identifier ? `[${project.identifier}] ${project.title}` : project.title;
}

function refuseField(field: string, message: string): StepResult {
	return refuse([], [{ field, message }]);
}

function checkExisting(id: string, facts: AnnotationFacts): ProjectFact | StepResult {
	const project = facts.projects.find((candidate) => String(candidate.id) === id);
	if (!project) return refuseField("project_id", "Select a project from the list.");
	if (!project.canEdit) return refuseField("project_id", "You may not add samples to this project.");
	if (facts.requestGroupId !== null && project.groupId !== facts.requestGroupId) {
		return refuseField("project_id", "The project does not belong to the group of the request.");
	}
	return project;
}

function checkNewTitle(title: string, description: string | null, facts: AnnotationFacts): StepResult | null {
	if (title.length < 6) return refuseField("project_title", "The title needs at least 6 characters.");
	if (title.length > 128) return refuseField("project_title", "The title may have at most 128 characters.");
	if (description !== null && description.length > 2048) {
		return refuseField("project_description", "The description may have at most 2048 characters.");
	}
	if (description === null) return refuseField("project_description", "A new project needs a description.");
	if (facts.takenProjectTitles.includes(title)) {
		return refuseField(
			"project_title",
			facts.isInsider ? "A project has this title already." : "You already have a project with this title.",
		);
	}
	return null;
}

/** Chooses or names the project of all samples of the run (requests-and-annotation.md §5.3). */
export const projectSelectStep: Step<AnnotationFacts> = {
	name: step,
	title: "Select Project",
	applies: () => true,
	present(state, facts) {
		const input = previousInput(state, step);
		const projectId = input ? formInteger(input, "project_id") : null;
		const project = facts.projects.find((candidate) => candidate.id === projectId);
		return {
			kind: "form",
			title: "Select Project",
			fields: describeFields(facts).map((field) =>
				field.name === "project_id" && project
					? { ...field, options: [{ value: project.id, label: nameProject(project) }] }
					: field,
			),
			values: {
				project_id: projectId,
				project_title: input ? formText(input, "project_title") : null,
				project_description: input ? formText(input, "project_description") : null,
				...(facts.isInsider ? { owner_is_requestor: input ? formTick(input, "owner_is_requestor") : true } : {}),
			},
		};
	},
	accept(input, _state, facts) {
		const id = formText(input, "project_id");
		const title = formText(input, "project_title");
		const description = formText(input, "project_description");
		if (id === null && title === null) return refuseField("project_id", "Select a project or enter the title of a new one.");
		if (id !== null && title !== null)
			return refuseField("project_title", "Either select a project or enter a new title, not both.");
		const ownerIsRequestor = facts.isInsider && formTick(input, "owner_is_requestor");
		if (id !== null) {
			const project = checkExisting(id, facts);
			if ("accepted" in project) return project;
			if (description !== null) return refuseField("project_description", "An existing project keeps its description.");
			const metadata = {
				project_id: project.id,
				project_title: project.title,
				project_description: null,
				owner_is_requestor: ownerIsRequestor,
			};
			return accept({ metadata });
		}
		const problem = checkNewTitle(title ?? "", description, facts);
		if (problem) return problem;
		const metadata = {
			project_id: null,
			project_title: title,
			project_description: description,
			owner_is_requestor: ownerIsRequestor,
		};
		return accept({ metadata });
	},
};
