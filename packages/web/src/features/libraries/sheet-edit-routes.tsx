import { InvalidInputError } from "@opengsync/core/errors";
import { fingerprintOf, type PresentedSheet, type SheetEdit } from "@opengsync/core/libraries/sheet-edit";
import type { FieldError } from "@opengsync/domain/field-error";
import type { Problem, RawSheet } from "@opengsync/domain/sheets/types";
import type { z } from "zod";
import { CsrfField, SubmitButton } from "../../components/button.tsx";
import { FormFields, type FormProps } from "../../components/form.tsx";
import { Card, Notice } from "../../components/parts.tsx";
import { SheetFrame, SheetProblems } from "../../components/sheet-frame.tsx";
import type { Content, Exchange } from "../../framework/exchange.ts";
import { type EnteredForm, enteredTexts } from "../../framework/form.ts";
import type { Breadcrumb, NavigationKey } from "../../framework/page.ts";
import type { Policy } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { sheetFileRoutes, sheetFilesOf } from "../workflows/sheet-files.ts";
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
	/** Where "Cancel" leads, and saving, too, unless there is a next page. */
	readonly back: string;
	/** Where saving leads when another sheet follows. */
	readonly next?: string;
	/** What one needs to know before typing. */
	readonly hints?: readonly string[];
	/** Why it can only be looked at; null when it can be saved. */
	readonly readOnlyReason?: string | null;
	/** Fields above the sheet. */
	readonly fields?: (entered: EnteredForm | null) => Content;
	/** Tables below it. */
	readonly below?: Content;
}

/** Whether a sheet was saved; what to say instead of the usual, or what is wrong with the fields sent with it. */
export type SheetSaveOutcome =
	| { readonly accepted: true; readonly message?: string }
	| { readonly accepted: false; readonly problems: readonly Problem[]; readonly errors?: readonly FieldError[] };

/** A sheet with a page of its own: shown, saved by one command, filled in from files and downloaded. */
export interface SheetEditDefinition<Params extends z.ZodObject, Query extends z.ZodObject, Loaded> {
	readonly path: string;
	readonly params: Params;
	readonly query: Query;
	/** Who may look at it. */
	readonly showPolicy: Policy;
	/** Who may save it. */
	readonly savePolicy: Policy;
	readonly summary: string;
	/** Fields below the sheet, sent with it. */
	readonly form?: FormProps["form"];
	/** Loads and authorizes what the sheet is about. */
	readonly load: (exchange: Exchange<z.output<Params>, z.output<Query>>) => Promise<Loaded>;
	readonly view: (exchange: Exchange<z.output<Params>, z.output<Query>>, loaded: Loaded) => Promise<SheetEditView>;
	readonly save: (
		exchange: Exchange<z.output<Params>, z.output<Query>>,
		loaded: Loaded,
		edit: SheetEdit,
		entered: EnteredForm,
	) => Promise<SheetSaveOutcome>;
	/** Said after saving. */
	readonly saved: string;
}

interface Refused {
	readonly sheet: RawSheet;
	readonly problems: readonly Problem[];
	readonly errors: readonly FieldError[];
	readonly entered: EnteredForm;
}

interface SheetEditPageProps {
	readonly view: SheetEditView;
	readonly form: FormProps["form"] | null;
	readonly url: URL;
	readonly refused: Refused | null;
}

function SheetEditPage({ view, form, url, refused }: SheetEditPageProps) {
	const { presented, readOnlyReason = null } = view;
	const fields = Object.entries(form?.fields ?? {});
	const hasFile = fields.some(([, field]) => field.kind === "file");
	const errors = refused?.errors ?? [];
	const others = errors.filter((error) => !fields.some(([name]) => name === error.field)).map((error) => error.message);
	return (
		<form
			method="post"
			action={url.pathname + url.search}
			{...(hasFile ? { enctype: "multipart/form-data" } : {})}
			class="form step-form"
			novalidate
			data-form=""
		>
			<CsrfField />
			<input type="hidden" name="seen" value={fingerprintOf(presented.initial)} />
			{readOnlyReason && (
				<Notice look="info" title="You can look at this sheet, not change it">
					<p>{readOnlyReason}</p>
				</Notice>
			)}
			{refused ? (
				<SheetProblems problems={refused.problems} others={others} />
			) : (
				readOnlyReason === null && view.hints?.map((hint) => <Notice>{hint}</Notice>)
			)}
			{view.fields?.(refused?.entered ?? null)}
			<SheetFrame
				name={presented.name}
				context={presented.context}
				initial={refused?.sheet ?? presented.initial}
				refused={refused !== null}
				problems={refused?.problems ?? []}
				readOnly={readOnlyReason !== null}
				draftKey={view.draftKey}
				files={sheetFilesOf(url.pathname, presented.name, url.search)}
			/>
			{form && (
				<Card>
					<FormFields form={form} state={{ errors, ...(refused ? { entered: refused.entered } : {}) }} />
				</Card>
			)}
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

/** Saves; fields that are wrong come back as they do from a form. */
async function trySave(save: () => Promise<SheetSaveOutcome>): Promise<SheetSaveOutcome> {
	try {
		return await save();
	} catch (error) {
		if (!(error instanceof InvalidInputError)) throw error;
		return { accepted: false, problems: [], errors: error.fields };
	}
}

/** The routes of a sheet: the page, the address that saves it, and its workbooks. */
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
				<SheetEditPage view={view} form={definition.form ?? null} url={exchange.url} refused={refused} />
				{view.below}
			</>,
		);
	};

	const save = async (exchange: Here) => {
		const loaded = await definition.load(exchange);
		const entered = await exchange.readFields();
		const { sheet = { columns: [], rows: [] } } = readStepInput(entered, [], true);
		const edit = { sheet, seen: enteredTexts(entered, "seen")[0] ?? "" };
		const outcome = await trySave(() => definition.save(exchange, loaded, edit, entered));
		if (!outcome.accepted) {
			return show(exchange, loaded, { sheet, problems: outcome.problems, errors: outcome.errors ?? [], entered });
		}
		exchange.flash("success", outcome.message ?? definition.saved);
		const { next, back } = await definition.view(exchange, loaded);
		return exchange.redirect(next ?? back);
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
		...sheetFileRoutes({
			...definition,
			load: async (exchange) => (await definition.view(exchange, await definition.load(exchange))).presented,
		}),
	];
}
