import { removeSampleFromLibrary } from "@opengsync/core/libraries/remove-sample";
import { updateLibrary } from "@opengsync/core/libraries/update-library";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { findLibraryPage, type LibraryPageRow } from "@opengsync/db/queries/library-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { GenomeRef, LibraryStatus, LibraryType, MuxType, membersOf } from "@opengsync/domain/catalog";
import { type LibraryActionName, libraryAction } from "@opengsync/domain/library-actions";
import { z } from "zod";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, memberOptions } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { libraryTitle } from "./library-page.tsx";

/** Loads the library of the address with the viewer's level and lets the route's policy decide. */
export async function loadLibrary(exchange: Exchange<{ id: number }>): Promise<LibraryPageRow> {
	return exchange.authorize(await findLibraryPage(exchange.db, exchange.viewer, exchange.params.id));
}

/** An action on the library as its page offers it. */
export function libraryActionOf(library: LibraryPageRow, action: LibraryActionName) {
	return libraryAction(action, {
		statusId: library.status_id,
		typeId: library.type_id,
		requestStatusId: library.request_status_id,
		submissionTypeId: library.submission_type_id,
		numSamples: library.num_samples,
		level: library.access_level as AccessLevel,
	});
}

/** Button at the right of the title: access-and-web.md §8.5. */
export function LibraryButtons({ library }: { library: LibraryPageRow }) {
	const edit = libraryActionOf(library, "edit");
	const resequence = libraryActionOf(library, "resequence");
	return (
		<>
			{resequence.shown && (
				<ActionButton
					action={`/libraries/${library.id}/resequence/`}
					icon="refresh"
					disabledReason={resequence.reason}
					confirm={{
						title: "Sequence this library again?",
						text: "A clone with the same indices is added to its request.",
						yes: "Re-sequence",
					}}
				>
					Re-sequence
				</ActionButton>
			)}
			{edit.shown && <EditButton library={library} disabledReason={edit.reason} />}
		</>
	);
}

function EditButton({ library, disabledReason }: { library: LibraryPageRow; disabledReason: string | null }) {
	return (
		<LinkButton
			href={`/libraries/${library.id}/edit/`}
			dialog={`/htmx/libraries/${library.id}/edit`}
			icon="edit"
			disabledReason={disabledReason}
		>
			Edit
		</LinkButton>
	);
}

function buildLibraryForm(library: LibraryPageRow) {
	return defineForm({
		name: "library-form",
		submitLabel: "Save library",
		fields: {
			name: {
				kind: "text",
				label: "Sample name",
				required: true,
				minLength: 4,
				maxLength: 64,
				monospace: true,
				value: library.sample_name,
				help: "The library is called after the sample and its type.",
			},
			typeId: {
				kind: "select",
				label: "Library type",
				required: true,
				options: memberOptions(membersOf(LibraryType)),
				value: library.type_id,
			},
			genomeRefId: {
				kind: "select",
				label: "Genome",
				required: true,
				half: true,
				options: memberOptions(membersOf(GenomeRef)),
				value: library.genome_ref_id,
			},
			muxTypeId: {
				kind: "select",
				label: "Multiplexing",
				half: true,
				options: memberOptions(membersOf(MuxType)),
				...(library.mux_type_id === null ? {} : { value: library.mux_type_id }),
			},
			nucleiIsolation: { kind: "switch", label: "Nuclei isolation", value: library.nuclei_isolation },
			statusId: libraryActionOf(library, "changeStatus").enabled
				? {
						kind: "select",
						label: "Status",
						required: true,
						options: memberOptions(membersOf(LibraryStatus)),
						value: library.status_id,
					}
				: { kind: "hidden", label: "Status", readOnly: true },
		},
	});
}

const edit = formRoutes({
	pagePath: "/libraries/:id/edit/",
	dialogPath: "/htmx/libraries/:id/edit",
	params: withId,
	policy: onObject("library", "id", "EDIT"),
	summary: "Edit a library",
	title: (library: LibraryPageRow) => `Edit ${libraryTitle(library)}`,
	active: "libraries",
	breadcrumbs: (library) => [
		{ label: "Libraries", href: "/libraries/" },
		{ label: libraryTitle(library), href: `/libraries/${library.id}/` },
	],
	load: async (exchange) => {
		const library = await loadLibrary(exchange);
		requireAllowed(libraryActionOf(library, "edit"));
		return library;
	},
	form: buildLibraryForm,
	accept: async (exchange, values, library) => {
		const statusId = typeof values.statusId === "number" ? values.statusId : null;
		await exchange.command((context) => updateLibrary(context, library.id, { ...values, statusId }));
		exchange.flash("success", "Changes saved.");
		return `/libraries/${library.id}/`;
	},
});

const removal = defineRoute({
	method: "POST",
	path: "/libraries/:id/samples/:sampleId/remove/",
	kind: "action",
	policy: onObject("library", "id", "EDIT"),
	summary: "Remove a sample from a library",
	params: z.object({ id: idInPath, sampleId: idInPath }),
	handler: async (exchange) => {
		const library = await loadLibrary(exchange);
		await exchange.command((context) => removeSampleFromLibrary(context, library.id, exchange.params.sampleId));
		exchange.flash("success", "Sample removed from the library.");
		return exchange.redirect(`/libraries/${library.id}/?tab=samples`);
	},
});

/** What is done to a library by hand. */
export const libraryChangeRoutes: readonly Route[] = [...edit, removal];
