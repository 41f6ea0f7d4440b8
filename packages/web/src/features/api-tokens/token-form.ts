import { type ApiTokenScope, apiTokenScopes } from "@opengsync/core/api-tokens/scopes";
import { apiTokenValidity } from "@opengsync/domain/catalog";
import { defineForm } from "../../framework/form.ts";

const [read, write, pipeline] = apiTokenScopes;

/** Name, scopes and validity of a new token: access-and-web.md §5. */
export const tokenForm = defineForm({
	name: "api-token-form",
	submitLabel: "Create token",
	fields: {
		name: {
			kind: "text",
			label: "Name",
			required: true,
			maxLength: 64,
			placeholder: "e.g. demultiplexing",
			help: "What the token is for.",
			autocomplete: "off",
		},
		read: { kind: "checkbox", label: `${read.label}: ${read.help}`, value: true },
		write: { kind: "checkbox", label: `${write.label}: ${write.help}` },
		pipeline: { kind: "checkbox", label: `${pipeline.label}: ${pipeline.help}` },
		timeValidMin: {
			kind: "select",
			label: "Validity",
			required: true,
			options: apiTokenValidity.choices.map(({ minutes, label }) => ({ value: minutes as number, label })),
			value: apiTokenValidity.defaultMinutes,
		},
	},
	check: (values) => (tickedScopes(values).length > 0 ? [] : [{ field: "read", message: "Choose what the token may do." }]),
});

/** Scopes whose boxes are ticked. */
export function tickedScopes(values: Readonly<Record<ApiTokenScope, boolean>>): ApiTokenScope[] {
	return apiTokenScopes.map((scope) => scope.key).filter((key) => values[key]);
}
