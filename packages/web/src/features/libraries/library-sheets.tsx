import { editLibraryFeatures, presentLibraryFeatures } from "@opengsync/core/libraries/edit-features";
import { editLibraryMux, type MuxEdit, presentLibraryMux } from "@opengsync/core/libraries/edit-mux";
import { editLibraryProperties, presentLibraryProperties } from "@opengsync/core/libraries/edit-properties";
import { requireAllowed } from "@opengsync/core/require-allowed";
import type { LibraryPageRow } from "@opengsync/db/queries/library-page";
import { listKitTables } from "@opengsync/domain/annotation/feature-columns";
import type { OligoMuxContext } from "@opengsync/domain/annotation/oligo-mux-annotation";
import type { LibraryActionName } from "@opengsync/domain/library-actions";
import { z } from "zod";
import { Card } from "../../components/parts.tsx";
import { PlainTables } from "../../components/plain-tables.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { type EnteredForm, enteredTexts } from "../../framework/form.ts";
import { onObject } from "../../framework/policy.ts";
import { type Route, withId } from "../../framework/route.ts";
import { libraryActionOf, loadLibrary } from "./change-library.tsx";
import { libraryTitle } from "./library-page.tsx";
import { sheetEditRoutes } from "./sheet-edit-routes.tsx";

const noQuery = z.object({});
const editor = onObject("library", "id", "EDIT");

function frameOf(library: LibraryPageRow, name: string, tab: string) {
	const title = libraryTitle(library);
	return {
		subtitle: title,
		active: "libraries" as const,
		breadcrumbs: [
			{ label: "Libraries", href: "/libraries/" },
			{ label: title, href: `/libraries/${library.id}/` },
		],
		draftKey: `library-${name}/${library.id}`,
		back: `/libraries/${library.id}/?tab=${tab}`,
	};
}

/** Loads the library of the address for an action; the command decides again. */
const loadFor = (action: LibraryActionName) => async (exchange: Exchange<{ id: number }>) => {
	const library = await loadLibrary(exchange);
	requireAllowed(libraryActionOf(library, action));
	return library;
};

const properties = sheetEditRoutes({
	path: "/libraries/:id/properties/",
	params: withId,
	query: noQuery,
	showPolicy: editor,
	savePolicy: editor,
	summary: "Edit the properties of a library",
	load: loadFor("editProperties"),
	view: async (_, library) => ({
		...frameOf(library, "properties", "library"),
		title: "Properties",
		presented: presentLibraryProperties(library.properties),
		hints: ["A property that is not in the sheet is deleted from the library."],
	}),
	save: (exchange, library, edit) => exchange.command((context) => editLibraryProperties(context, library.id, edit)),
	saved: "Properties saved.",
});

const features = sheetEditRoutes({
	path: "/libraries/:id/features/",
	params: withId,
	query: noQuery,
	showPolicy: editor,
	savePolicy: editor,
	summary: "Edit the features of an antibody library",
	load: loadFor("editFeatures"),
	view: async (exchange, library) => {
		const { presented, context } = await presentLibraryFeatures(exchange.db, library.id);
		return {
			...frameOf(library, "features", "features"),
			title: "Features",
			presented,
			hints: [
				"Per row: a kit alone for all its features; a kit and an identifier or feature; or your own feature with sequence, pattern and read.",
			],
			below: <PlainTables title="Kits" tables={listKitTables(context.kits)} />,
		};
	},
	save: (exchange, library, edit) => exchange.command((context) => editLibraryFeatures(context, library.id, edit)),
	saved: "Features saved.",
});

/** Whether the box was ticked; on a page that was just opened, what fits the stored values. */
function isAppliedToPool(mux: MuxEdit, entered: EnteredForm | null): boolean {
	return entered ? enteredTexts(entered, "applyToPool").length > 0 : mux.applyToPool.isDefault;
}

function ApplyToPool({ mux, entered }: { mux: MuxEdit; entered: EnteredForm | null }) {
	if (!mux.applyToPool.isOffered) return null;
	const numLibraries = new Set(mux.links.map((link) => link.library_id)).size;
	return (
		<label class="form-check form-switch">
			<input
				type="checkbox"
				class="form-check-input"
				name="applyToPool"
				value="on"
				{...(isAppliedToPool(mux, entered) ? { checked: true } : {})}
			/>
			<span class="form-check-label">
				Apply to all samples in pool
				<span class="field-help d-block">
					{numLibraries === 1
						? "No other library shares this sample pool."
						: `Writes it to all ${numLibraries} libraries of this sample pool; otherwise to this library only.`}
				</span>
			</span>
		</label>
	);
}

function MuxTables({ mux, pool }: { mux: MuxEdit; pool: string }) {
	const rows = mux.links.map((link) => [
		link.sample_name,
		pool,
		link.library_name,
		link.mux?.barcode ?? null,
		link.mux?.pattern ?? null,
		link.mux?.read ?? null,
	]);
	const columns = ["Sample", "Pool", "Library", mux.kind === "oligo" ? "Sequence" : "Barcode", "Pattern", "Read"];
	const kits = mux.kind === "oligo" ? listKitTables((mux.presented.context as OligoMuxContext).kits) : [];
	return <PlainTables title="As it is stored" tables={[{ title: "Sample Pool", columns, rows }, ...kits]} />;
}

const mux = sheetEditRoutes({
	path: "/libraries/:id/multiplexing/",
	params: withId,
	query: noQuery,
	showPolicy: editor,
	savePolicy: editor,
	summary: "Edit how the samples of a library are told apart",
	load: loadFor("editMux"),
	view: async (exchange, library) => {
		const edit = await presentLibraryMux(exchange.db, library.id);
		return {
			...frameOf(library, "mux", "multiplexing"),
			title: "Multiplexing",
			presented: edit.presented,
			...(edit.kind === "oligo" ? { hints: ["Give either Kit and Feature, or Sequence, Pattern and Read."] } : {}),
			fields: (entered) =>
				edit.applyToPool.isOffered && (
					<Card>
						<ApplyToPool mux={edit} entered={entered} />
					</Card>
				),
			below: <MuxTables mux={edit} pool={library.sample_name} />,
		};
	},
	save: (exchange, library, edit, entered) =>
		exchange.command((context) => editLibraryMux(context, library.id, edit, enteredTexts(entered, "applyToPool").length > 0)),
	saved: "Multiplexing saved.",
});

/** Sheets of one library. */
export const librarySheetRoutes: readonly Route[] = [...properties, ...features, ...mux];
