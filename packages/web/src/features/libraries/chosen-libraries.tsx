import { BadRequestError, NotFoundError } from "@opengsync/core/errors";
import {
	findScopeName,
	type LibraryScope,
	listSelectableLibraries,
	type SelectableLibraryRow,
} from "@opengsync/db/queries/library-edits";
import { findMember, LibraryStatus, LibraryType } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { parseLibraryIds } from "@opengsync/domain/indices/library-ids";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { type EnteredForm, enteredTexts } from "../../framework/form.ts";
import type { Breadcrumb, NavigationKey } from "../../framework/page.ts";
import { idInPath } from "../../framework/route.ts";
import { SelectionField } from "../workflows/selection-field.tsx";
import { libraryTitle } from "./library-page.tsx";

/** In whose libraries one chooses: of a request, of a prep, or of all. */
export const scopeInQuery = z.object({ seq_request_id: idInPath.optional(), lab_prep_id: idInPath.optional() });

type ScopeQuery = z.output<typeof scopeInQuery>;

/** Where libraries are chosen, as pages show it. */
export interface ShownScope {
	readonly scope: LibraryScope;
	readonly name: string;
	/** Query that names the scope, with its question mark; empty for all libraries. */
	readonly query: string;
	readonly back: string;
	readonly active: NavigationKey;
	readonly crumbs: readonly Breadcrumb[];
}

function scopeOf(query: ScopeQuery): LibraryScope {
	if (query.seq_request_id !== undefined) return { kind: "request", id: query.seq_request_id };
	if (query.lab_prep_id !== undefined) return { kind: "labPrep", id: query.lab_prep_id };
	return { kind: "all" };
}

/** Loads the scope of the address. @throws NotFoundError for a request or prep that does not exist */
export async function loadScope(exchange: Exchange<Record<never, never>, ScopeQuery>): Promise<ShownScope> {
	const scope = scopeOf(exchange.query);
	const name = await findScopeName(exchange.db, scope);
	if (name === null) throw new NotFoundError(scope.kind === "request" ? "This request" : "This prep");
	if (scope.kind === "all") {
		return {
			scope,
			name,
			query: "",
			back: "/libraries/",
			active: "libraries",
			crumbs: [{ label: "Libraries", href: "/libraries/" }],
		};
	}
	if (scope.kind === "labPrep") {
		const back = `/lab_preps/${scope.id}/`;
		const crumbs = [
			{ label: "Preps", href: "/lab_preps/" },
			{ label: name, href: back },
		];
		return { scope, name, query: `?lab_prep_id=${scope.id}`, back, active: "preps", crumbs };
	}
	const back = `/seq_requests/${scope.id}/`;
	const crumbs = [
		{ label: "Requests", href: "/seq_requests/" },
		{ label: requestIdentifier(scope.id), href: back },
	];
	return { scope, name, query: `?seq_request_id=${scope.id}`, back, active: "requests", crumbs };
}

/** Ids of the ticked boxes. @throws NotFoundError for what is no id */
export function readChosenIds(entered: EnteredForm): number[] {
	return enteredTexts(entered, "libraryIds").map((text) => {
		const id = idInPath.safeParse(text);
		if (!id.success) throw new NotFoundError("A selected library");
		return id.data;
	});
}

/** Longest list of ids that every proxy lets through in an address. */
const longestIds = 6000;

/** Ids as an address names them: ranges where they follow each other (`12-40,45`). @throws BadRequestError when that becomes too long */
export function formatLibraryIds(ids: readonly number[]): string {
	const ranges: [number, number][] = [];
	for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && last[1] === id - 1) last[1] = id;
		else ranges.push([id, id]);
	}
	const text = ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(",");
	if (text.length > longestIds) throw new BadRequestError("These are too many libraries at once. Choose fewer.");
	return text;
}

/** Ids that an address names. */
export const idsInQuery = z
	.string()
	.max(longestIds)
	.transform((text, issue) => {
		const ids = parseLibraryIds(text);
		if (ids) return ids;
		issue.addIssue({ code: "custom", message: "must be ids and ranges of ids" });
		return z.NEVER;
	});

function optionOf(library: SelectableLibraryRow) {
	return {
		value: library.id,
		label: libraryTitle(library),
		cells: [
			String(library.id),
			findMember(LibraryType, library.type_id)?.abbreviation ?? "",
			findMember(LibraryStatus, library.status_id)?.label ?? "",
			library.pool_name,
			`${requestIdentifier(library.seq_request_id)} ${library.request_name}`,
		],
	};
}

/** A table of the libraries of a scope, of which any are ticked. */
export async function loadSelection(exchange: Exchange<never> | Exchange, scope: LibraryScope) {
	return listSelectableLibraries((exchange as Exchange).db, scope);
}

/** Shows the libraries to choose from. */
export function LibrarySelection(props: {
	libraries: readonly SelectableLibraryRow[];
	chosen: readonly number[];
	error: string | null;
}) {
	const field = {
		name: "libraryIds",
		label: "Libraries",
		type: "selection" as const,
		required: true,
		options: props.libraries.map(optionOf),
		optionColumns: ["Name", "ID", "Type", "Status", "Pool", "Request"],
	};
	return <SelectionField field={field} value={props.chosen} error={props.error} />;
}
