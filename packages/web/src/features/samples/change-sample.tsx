import { requireAllowed } from "@opengsync/core/require-allowed";
import { deleteSample } from "@opengsync/core/samples/delete-sample";
import { updateSample } from "@opengsync/core/samples/update-sample";
import { findSamplePage, type SamplePageRow } from "@opengsync/db/queries/sample-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { membersOf, SampleStatus } from "@opengsync/domain/catalog";
import { type SampleActionName, sampleAction } from "@opengsync/domain/sample-actions";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, memberOptions } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";

/** Loads the sample of the address with the viewer's level and lets the route's policy decide. */
export async function loadSample(exchange: Exchange<{ id: number }>): Promise<SamplePageRow> {
	return exchange.authorize(await findSamplePage(exchange.db, exchange.viewer, exchange.params.id));
}

function actionOf(sample: SamplePageRow, action: SampleActionName) {
	const { status_id: statusId, access_level: level, only_sample_of: onlySampleOf } = sample;
	return sampleAction(action, { statusId, level: level as AccessLevel, onlySampleOf });
}

/** Buttons at the right of the title: access-and-web.md §8.4. */
export function SampleButtons({ sample }: { sample: SamplePageRow }) {
	const edit = actionOf(sample, "edit");
	const remove = actionOf(sample, "delete");
	return (
		<>
			{edit.shown && (
				<LinkButton
					href={`/samples/${sample.id}/edit/`}
					dialog={`/htmx/samples/${sample.id}/edit`}
					icon="edit"
					disabledReason={edit.reason}
				>
					Edit
				</LinkButton>
			)}
			{remove.shown && (
				<ActionButton
					action={`/samples/${sample.id}/delete/`}
					icon="trash"
					look="danger"
					disabledReason={remove.reason}
					confirm={{ title: `Delete ${sample.name}?`, text: "Its links to libraries go with it.", yes: "Delete" }}
				>
					Delete
				</ActionButton>
			)}
		</>
	);
}

function buildSampleForm(sample: SamplePageRow) {
	const { status_id: statusId } = sample;
	return defineForm({
		name: "sample-form",
		submitLabel: "Save sample",
		fields: {
			name: {
				kind: "text",
				label: "Name",
				required: true,
				minLength: 4,
				maxLength: 64,
				monospace: true,
				value: sample.name,
				help: "Letters A–Z, digits and _; unique within the project.",
			},
			statusId: actionOf(sample, "changeStatus").enabled
				? {
						kind: "select",
						label: "Status",
						options: memberOptions(membersOf(SampleStatus)),
						...(statusId === null ? {} : { value: statusId, required: true }),
					}
				: { kind: "hidden", label: "Status", readOnly: true },
		},
	});
}

const edit = formRoutes({
	pagePath: "/samples/:id/edit/",
	dialogPath: "/htmx/samples/:id/edit",
	params: withId,
	policy: onObject("sample", "id", "EDIT"),
	summary: "Rename a sample or set its status",
	title: (sample: SamplePageRow) => `Edit ${sample.name}`,
	active: "samples",
	breadcrumbs: (sample) => [
		{ label: "Bio Samples", href: "/samples/" },
		{ label: sample.name, href: `/samples/${sample.id}/` },
	],
	load: async (exchange) => {
		const sample = await loadSample(exchange);
		requireAllowed(actionOf(sample, "edit"));
		return sample;
	},
	form: buildSampleForm,
	accept: async (exchange, values, sample) => {
		const statusId = typeof values.statusId === "number" ? values.statusId : null;
		await exchange.command((context) => updateSample(context, sample.id, { name: values.name, statusId }));
		exchange.flash("success", "Changes saved.");
		return `/samples/${sample.id}/`;
	},
});

const removal = defineRoute({
	method: "POST",
	path: "/samples/:id/delete/",
	kind: "action",
	policy: onObject("sample", "id", "EDIT"),
	summary: "Delete a sample",
	params: withId,
	handler: async (exchange) => {
		const sample = await loadSample(exchange);
		await exchange.command((context) => deleteSample(context, sample.id));
		exchange.flash("success", `Sample ${sample.name} deleted.`);
		return exchange.redirect(sample.project_access_level > 0 ? `/projects/${sample.project_id}/` : "/samples/");
	},
});

/** What is done to a sample by hand. */
export const sampleChangeRoutes: readonly Route[] = [...edit, removal];
