import type { z } from "zod";
import { Form } from "../components/form.tsx";
import { Card } from "../components/parts.tsx";
import type { Content, Exchange } from "./exchange.ts";
import { type FieldMap, type FormDefinition, type FormState, type FormValues, untouched } from "./form.ts";
import type { Breadcrumb, NavigationKey } from "./page.ts";
import type { Policy } from "./policy.ts";
import { defineRoute, type Route } from "./route.ts";

/** A form of an object: once in a dialog, once as a page for whoever has no JavaScript, and the address that takes it. */
export interface FormRoutesDefinition<Params extends z.ZodObject, Loaded, Fields extends FieldMap> {
	/** Address of the page; the form is posted there, too. Ends in `/`. */
	readonly pagePath: string;
	/** Address of the fragment for the dialog. */
	readonly dialogPath?: string;
	readonly params?: Params;
	readonly policy: Policy;
	readonly summary: string;
	readonly title: (loaded: Loaded) => string;
	readonly active?: NavigationKey;
	readonly breadcrumbs?: (loaded: Loaded) => readonly Breadcrumb[];
	/** Loads and authorizes what the form is about. */
	readonly load: (exchange: Exchange<z.output<Params>>) => Promise<Loaded>;
	readonly form: (
		loaded: Loaded,
		exchange: Exchange<z.output<Params>>,
	) => FormDefinition<Fields> | Promise<FormDefinition<Fields>>;
	readonly intro?: (loaded: Loaded) => Content;
	/** Runs the command; answers where to go. InvalidInputError shows the form again. */
	readonly accept: (exchange: Exchange<z.output<Params>>, values: FormValues<Fields>, loaded: Loaded) => Promise<string>;
}

/** Routes of a form, from one definition. */
export function formRoutes<Params extends z.ZodObject, Loaded, Fields extends FieldMap>(
	definition: FormRoutesDefinition<Params, Loaded, Fields>,
): Route[] {
	const { pagePath, dialogPath, policy, summary } = definition;
	const params = definition.params ? { params: definition.params } : {};

	const show = async (
		exchange: Exchange<z.output<Params>>,
		loaded: Loaded,
		form: FormDefinition<Fields>,
		state: FormState,
		dialog: boolean,
	) => {
		const body = (
			<Form
				form={form}
				state={state}
				action={
					exchange.url.pathname.startsWith("/htmx/")
						? postAddress(pagePath, exchange.params)
						: exchange.url.pathname + exchange.url.search
				}
				intro={definition.intro?.(loaded)}
				{...(dialog ? { inDialog: true, target: "#dialog-body" } : {})}
			/>
		);
		const title = definition.title(loaded);
		if (dialog) {
			return exchange.fragment(
				<>
					<h2 class="dialog-title">{title}</h2>
					{body}
				</>,
			);
		}
		const breadcrumbs = definition.breadcrumbs?.(loaded);
		return exchange.page(
			{
				title,
				...(definition.active ? { active: definition.active } : {}),
				...(breadcrumbs ? { breadcrumbs: [...breadcrumbs, { label: title }] } : {}),
			},
			<Card>{body}</Card>,
		);
	};

	const opened = (dialog: boolean) => async (exchange: Exchange<z.output<Params>>) => {
		const loaded = await definition.load(exchange);
		return show(exchange, loaded, await definition.form(loaded, exchange), untouched, dialog);
	};

	return [
		defineRoute({
			method: "GET",
			path: pagePath,
			kind: "page",
			policy,
			summary: `Form: ${summary}`,
			...params,
			handler: opened(false),
		}),
		...(dialogPath
			? [
					defineRoute({
						method: "GET",
						path: dialogPath,
						kind: "fragment",
						policy,
						summary: `Dialog: ${summary}`,
						...params,
						handler: opened(true),
					}),
				]
			: []),
		defineRoute({
			method: "POST",
			path: pagePath,
			kind: "action",
			policy,
			summary,
			...params,
			handler: async (exchange: Exchange<z.output<Params>>) => {
				const loaded = await definition.load(exchange);
				const form = await definition.form(loaded, exchange);
				return exchange.acceptForm(
					form,
					async (values) => exchange.redirect(await definition.accept(exchange, values, loaded)),
					(state) => show(exchange, loaded, form, state, exchange.wantsFragment),
				);
			},
		}),
	];
}

/** The page's address with the parameters of this request. */
function postAddress(path: string, params: Readonly<Record<string, unknown>>): string {
	return path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => encodeURIComponent(String(params[name] ?? "")));
}
