import { NotFoundError } from "@opengsync/core/errors";
import { editLibraryTable, presentLibraryTable } from "@opengsync/core/libraries/edit-library-table";
import { listChosenLibraries, type SelectableLibraryRow } from "@opengsync/db/queries/library-edits";
import { z } from "zod";
import { CsrfField, SubmitButton } from "../../components/button.tsx";
import { EmptyState } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { insider } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import {
	formatLibraryIds,
	idsInQuery,
	LibrarySelection,
	loadScope,
	loadSelection,
	readChosenIds,
	type ShownScope,
	scopeInQuery,
} from "./chosen-libraries.tsx";
import { sheetEditRoutes } from "./sheet-edit-routes.tsx";

const path = "/workflows/edit_libraries/";
type ScopeExchange = Exchange<Record<never, never>, z.output<typeof scopeInQuery>>;

function SelectionPage(props: { shown: ShownScope; libraries: readonly SelectableLibraryRow[]; error: string | null }) {
	const { shown, libraries, error } = props;
	if (libraries.length === 0) return <EmptyState title="No libraries yet" />;
	return (
		<form method="post" action={`${path}${shown.query}`} class="form">
			<CsrfField />
			<LibrarySelection libraries={libraries} chosen={[]} error={error} />
			<div class="form-actions">
				<a class="btn" href={shown.back}>
					Cancel
				</a>
				<SubmitButton icon="arrow-right">Edit these libraries</SubmitButton>
			</div>
		</form>
	);
}

async function showSelection(exchange: ScopeExchange, error: string | null): Promise<Response> {
	const shown = await loadScope(exchange);
	const libraries = await loadSelection(exchange as Exchange, shown.scope);
	return exchange.page(
		{
			title: "Edit libraries",
			subtitle: shown.name,
			active: shown.active,
			breadcrumbs: [...shown.crumbs, { label: "Edit libraries" }],
			...(error ? { httpStatus: 422 } : {}),
		},
		<SelectionPage shown={shown} libraries={libraries} error={error} />,
	);
}

const selection: readonly Route[] = [
	defineRoute({
		method: "GET",
		path,
		kind: "page",
		policy: insider,
		summary: "Choose the libraries to edit together",
		query: scopeInQuery,
		handler: (exchange) => showSelection(exchange, null),
	}),
	defineRoute({
		method: "POST",
		path,
		kind: "action",
		policy: insider,
		summary: "Take the chosen libraries to their sheet",
		query: scopeInQuery,
		handler: async (exchange) => {
			const { query } = await loadScope(exchange);
			const ids = readChosenIds(await exchange.readFields());
			if (ids.length === 0) return showSelection(exchange, "Select at least one library.");
			return exchange.redirect(`${path}sheet/${query}${query === "" ? "?" : "&"}library_ids=${formatLibraryIds(ids)}`);
		},
	}),
];

const sheet = sheetEditRoutes({
	path: `${path}sheet/`,
	params: z.object({}),
	query: scopeInQuery.extend({ library_ids: idsInQuery }),
	showPolicy: insider,
	savePolicy: insider,
	summary: "Edit libraries together",
	load: async (exchange) => {
		const shown = await loadScope(exchange);
		const ids = exchange.query.library_ids;
		const libraries = await listChosenLibraries(exchange.db, exchange.viewer, shown.scope, ids);
		if (libraries.length < ids.length || ids.length === 0) throw new NotFoundError("A selected library");
		return { shown, ids, libraries };
	},
	view: async (_, { shown, ids, libraries }) => ({
		title: "Edit libraries",
		subtitle: shown.name,
		active: shown.active,
		breadcrumbs: shown.crumbs,
		presented: presentLibraryTable(libraries),
		draftKey: `edit-libraries/${formatLibraryIds(ids)}`,
		back: shown.back,
		hints: ["The name of a library is not made anew from sample name and type: change both where both shall change."],
	}),
	save: (exchange, { shown, ids }, edit) => exchange.command((context) => editLibraryTable(context, shown.scope, ids, edit)),
	saved: "Libraries saved.",
});

/** Many libraries edited together: requests-and-annotation.md §10. */
export const editLibrariesRoutes: readonly Route[] = [...selection, ...sheet];
