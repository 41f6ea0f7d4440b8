import { type ResequenceType, resequenceLibraries } from "@opengsync/core/libraries/resequence-libraries";
import { requireAllowed } from "@opengsync/core/require-allowed";
import type { SelectableLibraryRow } from "@opengsync/db/queries/library-edits";
import { SubmissionType } from "@opengsync/domain/catalog";
import type { z } from "zod";
import { CsrfField, SubmitButton } from "../../components/button.tsx";
import { Card, EmptyState } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { enteredTexts } from "../../framework/form.ts";
import { insider, onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { libraryActionOf, loadLibrary } from "./change-library.tsx";
import { LibrarySelection, loadScope, loadSelection, readChosenIds, type ShownScope, scopeInQuery } from "./chosen-libraries.tsx";

const path = "/workflows/resequence/";
const formId = "resequence";
type ScopeExchange = Exchange<Record<never, never>, z.output<typeof scopeInQuery>>;

/** What was chosen and refused. */
interface Refused {
	readonly ids: readonly number[];
	readonly type: ResequenceType | null;
	readonly libraryError: string | null;
}

const types: readonly { readonly key: ResequenceType; readonly label: string; readonly hint: string }[] = [
	{
		key: "indexed",
		label: "The same libraries",
		hint: "Copies with the same indices; they are Stored and can be pooled at once.",
	},
	{ key: "raw", label: "Prepared anew", hint: "Copies without indices; they are Accepted and wait to be prepared." },
];

function ResequencePage(props: { shown: ShownScope; libraries: readonly SelectableLibraryRow[]; refused: Refused | null }) {
	const { shown, libraries, refused } = props;
	if (libraries.length === 0) return <EmptyState title="Nothing can be re-sequenced here" />;
	return (
		<>
			<TypeChoice refused={refused} />
			<form method="post" action={`${path}${shown.query}`} class="form" id={formId}>
				<CsrfField />
				<LibrarySelection libraries={libraries} chosen={refused?.ids ?? []} error={refused?.libraryError ?? null} />
				<div class="form-actions">
					<a class="btn" href={shown.back}>
						Cancel
					</a>
					<SubmitButton icon="refresh">Re-sequence</SubmitButton>
				</div>
			</form>
		</>
	);
}

/** Stands before the form that it belongs to, whose search would hide its answers. */
function TypeChoice({ refused }: { refused: Refused | null }) {
	return (
		<Card title="What is sequenced again?">
			<fieldset>
				<legend class="visually-hidden">What is sequenced again?</legend>
				{types.map(({ key, label, hint }) => (
					<label class="form-check">
						<input
							type="radio"
							class="form-check-input"
							form={formId}
							name="type"
							value={key}
							required
							{...(refused?.type === key ? { checked: true } : {})}
						/>
						<span class="form-check-label">
							{label}
							<span class="field-help d-block">{hint}</span>
						</span>
					</label>
				))}
			</fieldset>
			{refused && refused.type === null && (
				<p class="field-error" role="alert">
					Choose one of these.
				</p>
			)}
		</Card>
	);
}

async function show(exchange: ScopeExchange, shown: ShownScope, refused: Refused | null): Promise<Response> {
	const all = await loadSelection(exchange as Exchange, shown.scope);
	const libraries = all.filter((library) => library.submission_type_id !== SubmissionType.QC_ONLY.id);
	return exchange.page(
		{
			title: "Re-sequence",
			subtitle: shown.name,
			active: shown.active,
			breadcrumbs: [...shown.crumbs, { label: "Re-sequence" }],
			...(refused ? { httpStatus: 422 } : {}),
		},
		<ResequencePage shown={shown} libraries={libraries} refused={refused} />,
	);
}

const countText = (count: number) => (count === 1 ? "1 library is" : `${count} libraries are`);

/** Libraries sequenced once more: requests-and-annotation.md §9. */
export const resequenceRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path,
		kind: "page",
		policy: insider,
		summary: "Choose the libraries to sequence again",
		query: scopeInQuery,
		handler: async (exchange) => show(exchange, await loadScope(exchange), null),
	}),
	defineRoute({
		method: "POST",
		path,
		kind: "action",
		policy: insider,
		summary: "Clone libraries to sequence them again",
		query: scopeInQuery,
		handler: async (exchange) => {
			const shown = await loadScope(exchange);
			const entered = await exchange.readFields();
			const ids = readChosenIds(entered);
			const type = types.find(({ key }) => enteredTexts(entered, "type")[0] === key)?.key ?? null;
			if (type === null || ids.length === 0) {
				const libraryError = ids.length === 0 ? "Select at least one library." : null;
				return show(exchange, shown, { ids, type, libraryError });
			}
			const clones = await exchange.command((context) => resequenceLibraries(context, shown.scope, ids, type));
			exchange.flash("success", `${countText(clones.length)} to be sequenced again.`);
			return exchange.redirect(shown.scope.kind === "request" ? `${shown.back}?tab=libraries` : shown.back);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/libraries/:id/resequence/",
		kind: "action",
		policy: onObject("library", "id", "INSIDER"),
		summary: "Clone one library to sequence it again",
		params: withId,
		handler: async (exchange) => {
			const library = await loadLibrary(exchange);
			requireAllowed(libraryActionOf(library, "resequence"));
			const scope = { kind: "request", id: library.seq_request_id } as const;
			const [clone] = await exchange.command((context) => resequenceLibraries(context, scope, [library.id], "indexed"));
			exchange.flash("success", "The library is to be sequenced again: this is its clone.");
			return exchange.redirect(`/libraries/${clone?.id ?? library.id}/`);
		},
	}),
];
