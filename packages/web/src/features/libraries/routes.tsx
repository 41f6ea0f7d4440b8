import { libraryList } from "@opengsync/db/queries/libraries";
import { listLibraryFeatures } from "@opengsync/db/queries/library-edits";
import { listLibraryReads, listLibrarySamples } from "@opengsync/db/queries/library-page";
import { findMember, LibraryType } from "@opengsync/domain/catalog";
import { LinkButton } from "../../components/button.tsx";
import { listRoutes } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { LibraryButtons, libraryActionOf, libraryChangeRoutes, loadLibrary } from "./change-library.tsx";
import { editLibrariesRoutes } from "./edit-libraries-routes.tsx";
import { LibraryFeatures, LibraryMux } from "./library-annotation.tsx";
import { LibraryReads, LibrarySamples, LibraryStatusBar, LibraryTabs, libraryTitle } from "./library-page.tsx";
import { librarySheetRoutes } from "./library-sheets.tsx";
import { propertyTableRoutes } from "./property-table.tsx";
import { resequenceRoutes } from "./resequence-routes.tsx";
import { librariesTable } from "./tables.tsx";

const libraryPage = defineRoute({
	method: "GET",
	path: "/libraries/:id/",
	kind: "page",
	policy: onObject("library", "id", "VIEW"),
	summary: "Page of a library",
	params: withId,
	handler: async (exchange) => {
		const library = await loadLibrary(exchange);
		const title = libraryTitle(library);
		return exchange.page(
			{
				title,
				subtitle: findMember(LibraryType, library.type_id)?.abbreviation,
				active: "libraries",
				breadcrumbs: [{ label: "Libraries", href: "/libraries/" }, { label: title }],
				status: <LibraryStatusBar statusId={library.status_id} />,
				actions: <LibraryButtons library={library} />,
			},
			<LibraryTabs
				library={library}
				isInsider={exchange.isInsider}
				editProperties={libraryActionOf(library, "editProperties")}
			/>,
		);
	},
});

const samples = defineRoute({
	method: "GET",
	path: "/htmx/libraries/:id/samples",
	kind: "fragment",
	policy: onObject("library", "id", "VIEW"),
	summary: "Samples of a library",
	params: withId,
	handler: async (exchange) => {
		const library = await loadLibrary(exchange);
		const rows = await listLibrarySamples(exchange.db, exchange.viewer, library.id);
		const removal = libraryActionOf(library, "removeSample");
		return exchange.fragment(<LibrarySamples libraryId={library.id} samples={rows} removal={removal} />);
	},
});

const multiplexing = defineRoute({
	method: "GET",
	path: "/htmx/libraries/:id/multiplexing",
	kind: "fragment",
	policy: onObject("library", "id", "VIEW"),
	summary: "How the samples of a library are told apart",
	params: withId,
	handler: async (exchange) => {
		const library = await loadLibrary(exchange);
		const rows = await listLibrarySamples(exchange.db, exchange.viewer, library.id);
		return exchange.fragment(<LibraryMux library={library} samples={rows} edit={libraryActionOf(library, "editMux")} />);
	},
});

const features = defineRoute({
	method: "GET",
	path: "/htmx/libraries/:id/features",
	kind: "fragment",
	policy: onObject("library", "id", "VIEW"),
	summary: "Features of a library",
	params: withId,
	handler: async (exchange) => {
		const library = await loadLibrary(exchange);
		const rows = await listLibraryFeatures(exchange.db, library.id);
		const edit = libraryActionOf(library, "editFeatures");
		return exchange.fragment(<LibraryFeatures libraryId={library.id} features={rows} edit={edit} />);
	},
});

const reads = defineRoute({
	method: "GET",
	path: "/htmx/libraries/:id/reads",
	kind: "fragment",
	policy: onObject("library", "id", "VIEW"),
	summary: "Reads of a library by lane",
	params: withId,
	handler: async (exchange) => {
		const library = await loadLibrary(exchange);
		return exchange.fragment(<LibraryReads reads={await listLibraryReads(exchange.db, library.id)} />);
	},
});

/** Libraries: list and page. */
export const libraryRoutes: readonly Route[] = [
	...listRoutes({
		path: "/libraries/",
		policy: signedIn,
		title: "Libraries",
		active: "libraries",
		summary: "Libraries",
		list: librariesTable,
		spec: libraryList,
		actions: (exchange) =>
			exchange.isInsider && (
				<LinkButton href="/workflows/edit_libraries/" icon="edit">
					Edit libraries
				</LinkButton>
			),
	}),
	libraryPage,
	samples,
	multiplexing,
	features,
	reads,
	...libraryChangeRoutes,
	...librarySheetRoutes,
	...propertyTableRoutes,
	...editLibrariesRoutes,
	...resequenceRoutes,
];
