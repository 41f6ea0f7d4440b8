import { fingerprintOf, type PresentedSheet, type SheetEdit, type SheetOutcome } from "@opengsync/core/libraries/sheet-edit";
import type { Problem, RawSheet } from "@opengsync/domain/sheets/types";
import type { z } from "zod";
import { CsrfField, SubmitButton } from "../../components/button.tsx";
import { Notice } from "../../components/parts.tsx";
import { SheetFrame, SheetProblems } from "../../components/sheet-frame.tsx";
import type { Content, Exchange } from "../../framework/exchange.ts";
import { type EnteredForm, enteredTexts } from "../../framework/form.ts";
import type { Breadcrumb, NavigationKey } from "../../framework/page.ts";
import type { Policy } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { readStepInput } from "../workflows/step-form.ts";

/** What the page of a sheet shows. */
export interface SheetEditView {
	readonly title: string;
	readonly subtitle?: string | undefined;
	readonly active: NavigationKey;
	readonly breadcrumbs: readonly Breadcrumb[];
	readonly presented: PresentedSheet;
	/** Names the sheet among the drafts of a browser, e.g. `library-properties/7`. */
	readonly draftKey: string;
	/** Where "Cancel" leads, and saving, too. */
	readonly back: string;
	/** What one needs to know before typing. */
	readonly hints?: readonly string[];
	/** Why it can only be looked at; null when it can be saved. */
	readonly readOnlyReason?: string | null;
	/** Fields above the sheet. */
	readonly fields?: (entered: EnteredForm | null) => Content;
	/** Tables below it. */
	readonly below?: Content;
}

/** A sheet with a page of its own: shown, and saved by one command. */
export interface SheetEditDefinition<Params extends z.ZodObject, Query extends z.ZodObject, Loaded> {
	readonly path: string;
	readonly params: Params;
	readonly query: Query;
	/** Who may look at it. */
	readonly showPolicy: Policy;
	/** Who may save it. */
	readonly savePolicy: Policy;
	readonly summary: string;
	/** Loads and authorizes what the sheet is about. */
	readonly load: (exchange: Exchange<z.output<Params>, z.output<Query>>) => Promise<Loaded>;
	readonly view: (exchange: Exchange<z.output<Params>, z.output<Query>>, loaded: Loaded) => Promise<SheetEditView>;
	readonly save: (
		exchange: Exchange<z.output<Params>, z.output<Query>>,
		loaded: Loaded,
		edit: SheetEdit,
		entered: EnteredForm,
	) => Promise<SheetOutcome>;
	/** Said after saving. */
	readonly saved: string;
}

interface Refused {
	readonly sheet: RawSheet;
	readonly problems: readonly Problem[];
	readonly entered: EnteredForm;
}

function SheetEditPage(props: { view: SheetEditView; action: string; refused: Refused | null }) {
	const { view, refused } = props;
	const { presented, readOnlyReason = null } = view;
	return (
		<form method="post" action={props.action} class="form step-form" novalidate data-form="">
			<CsrfField />
			<input type="hidden" name="seen" value={fingerprintOf(presented.initial)} />
			{readOnlyReason && (
				<Notice look="info" title="You can look at this sheet, not change it">
					<p>{readOnlyReason}</p>
				</Notice>
			)}
			{refused ? <SheetProblems problems={refused.problems} /> : view.hints?.map((hint) => <Notice>{hint}</Notice>)}
			{view.fields?.(refused?.entered ?? null)}
			<SheetFrame
				name={presented.name}
				context={presented.context}
				initial={refused?.sheet ?? presented.initial}
				refused={refused !== null}
				problems={refused?.problems ?? []}
				readOnly={readOnlyReason !== null}
				draftKey={view.draftKey}
			/>
			<div class="form-actions">
				<a class="btn" href={view.back}>
					{readOnlyReason ? "Back" : "Cancel"}
				</a>
				{!readOnlyReason && (
					<SubmitButton look="primary" icon="device-floppy">
						Save
					</SubmitButton>
				)}
			</div>
		</form>
	);
}

/** The two routes of a sheet: the page, and the address that saves it. */
export function sheetEditRoutes<Params extends z.ZodObject, Query extends z.ZodObject, Loaded>(
	definition: SheetEditDefinition<Params, Query, Loaded>,
): Route[] {
	type Here = Exchange<z.output<Params>, z.output<Query>>;
	const { path, params, query, summary } = definition;

	const show = async (exchange: Here, loaded: Loaded, refused: Refused | null) => {
		const view = await definition.view(exchange, loaded);
		return exchange.page(
			{
				title: view.title,
				subtitle: view.subtitle,
				active: view.active,
				breadcrumbs: [...view.breadcrumbs, { label: view.title }],
				...(refused ? { httpStatus: 422 } : {}),
			},
			<>
				<SheetEditPage view={view} action={exchange.url.pathname + exchange.url.search} refused={refused} />
				{view.below}
			</>,
		);
	};

	const save = async (exchange: Here) => {
		const loaded = await definition.load(exchange);
		const entered = await exchange.readFields();
		const { sheet = { columns: [], rows: [] } } = readStepInput(entered, [], true);
		const edit = { sheet, seen: enteredTexts(entered, "seen")[0] ?? "" };
		const outcome = await definition.save(exchange, loaded, edit, entered);
		if (!outcome.accepted) return show(exchange, loaded, { sheet, problems: outcome.problems, entered });
		exchange.flash("success", definition.saved);
		return exchange.redirect((await definition.view(exchange, loaded)).back);
	};

	return [
		defineRoute({
			method: "GET",
			path,
			kind: "page",
			policy: definition.showPolicy,
			summary: `Sheet: ${summary}`,
			params,
			query,
			handler: async (exchange: Here) => show(exchange, await definition.load(exchange), null),
		}),
		defineRoute({
			method: "POST",
			path,
			kind: "action",
			policy: definition.savePolicy,
			summary,
			params,
			query,
			handler: save,
		}),
	];
}
