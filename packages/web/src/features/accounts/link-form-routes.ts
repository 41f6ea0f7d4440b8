import type { Exchange } from "../../framework/exchange.ts";
import { type FieldMap, type FormDefinition, type FormState, type FormValues, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { submitLimit, withToken } from "./account-parts.tsx";
import { refuseBadLink, useLink } from "./bad-link.ts";

type LinkExchange = Exchange<{ token: string }>;

/** A form that the link of a mail opens. */
interface LinkForm<Link, Fields extends FieldMap> {
	/** Address with `:token`, which is never logged. */
	readonly path: string;
	/** What one does with it: "Choose a new password by the link of a mail". */
	readonly summary: string;
	readonly limitName: string;
	/** What the link stands for; undefined or null when it does not work. */
	find(exchange: LinkExchange): Promise<Link | null | undefined>;
	form(link: Link): FormDefinition<Fields>;
	show(exchange: LinkExchange, link: Link, state: FormState): Promise<Response>;
	accept(exchange: LinkExchange, values: FormValues<Fields>): Promise<Response>;
}

/** The page with the form and its submission; a link that does not work leads to the sign-in page. */
export function linkFormRoutes<Link, Fields extends FieldMap>(options: LinkForm<Link, Fields>): Route[] {
	const { path, summary } = options;
	const shared = { path, kind: "page", policy: publicly, params: withToken, secretUrl: true } as const;
	return [
		defineRoute({
			...shared,
			method: "GET",
			summary: `Form: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
			handler: async (exchange) => {
				const link = await options.find(exchange);
				return link ? options.show(exchange, link, untouched) : refuseBadLink(exchange);
			},
		}),
		defineRoute({
			...shared,
			method: "POST",
			summary,
			limit: { name: options.limitName, ...submitLimit },
			handler: async (exchange) => {
				const link = await options.find(exchange);
				if (!link) return refuseBadLink(exchange);
				return useLink(exchange, () =>
					exchange.acceptForm(
						options.form(link),
						(values) => options.accept(exchange, values),
						(state) => options.show(exchange, link, state),
					),
				);
			},
		}),
	];
}
