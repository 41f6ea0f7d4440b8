import { libraryList } from "@opengsync/db/queries/libraries";
import { listLibraryReads, listLibrarySamples } from "@opengsync/db/queries/library-page";
import { findMember, LibraryType } from "@opengsync/domain/catalog";
import { listRoutes } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { LibraryButtons, libraryActionOf, libraryChangeRoutes, loadLibrary } from "./change-library.tsx";
import { LibraryReads, LibrarySamples, LibraryStatusBar, LibraryTabs, libraryTitle } from "./library-page.tsx";
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
			<LibraryTabs library={library} isInsider={exchange.isInsider} />,
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
	}),
	libraryPage,
	samples,
	reads,
	...libraryChangeRoutes,
];
