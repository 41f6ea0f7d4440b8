import { z } from "zod";
import { Card } from "../../components/parts.tsx";
import { untouched } from "../../framework/form.ts";
import { readListState } from "../../framework/list.ts";
import { stateUrl } from "../../framework/list-routes.tsx";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { demoForm } from "./demo-form.ts";
import { demoList, demoPage } from "./demo-list.tsx";
import { DemoDialog, DemoFormView, DemoList, Showcase } from "./views.tsx";

const demoPath = "/dev/ui/";

/** Pages for developers: every component with all its states. Mounted in development only. */
export function developerRoutes(): Route[] {
	return [
		defineRoute({
			method: "GET",
			path: demoPath,
			kind: "page",
			policy: publicly,
			summary: "Components with all their states",
			handler: (exchange) =>
				exchange.page(
					{
						title: "Components",
						subtitle: "Everything that pages are made of",
						active: "requests",
						breadcrumbs: [{ label: "Requests", href: "/seq_requests/" }, { label: "BSR_0005" }],
					},
					<Showcase list={<DemoList state={readListState(demoList, exchange.url.searchParams)} />} />,
				),
		}),
		defineRoute({
			method: "GET",
			path: "/dev/htmx/list/",
			kind: "fragment",
			policy: publicly,
			summary: "The list of the components page",
			handler: (exchange) =>
				exchange.fragment(<DemoList state={readListState(demoList, exchange.url.searchParams)} />, {
					replaceUrl: stateUrl(demoPath, exchange.url),
				}),
		}),
		defineRoute({
			method: "GET",
			path: "/dev/htmx/part/",
			kind: "fragment",
			policy: publicly,
			summary: "A part that loads when its tab is opened",
			handler: (exchange) => exchange.fragment(<Card>Loaded when the tab was opened: {demoPage.total} entries.</Card>),
		}),
		defineRoute({
			method: "GET",
			path: "/dev/htmx/form/",
			kind: "fragment",
			policy: publicly,
			summary: "A form in a dialog",
			handler: (exchange) => exchange.fragment(<DemoDialog state={untouched} />),
		}),
		defineRoute({
			method: "POST",
			path: "/dev/htmx/form/",
			kind: "fragment",
			policy: publicly,
			summary: "Send the form of the dialog",
			handler: (exchange) =>
				exchange.acceptForm(
					demoForm,
					async (values) => {
						exchange.flash("success", `Saved ${values.name}.`);
						return exchange.fragment("", { closeDialog: true });
					},
					(state) => exchange.fragment(<DemoDialog state={state} />),
				),
		}),
		defineRoute({
			method: "POST",
			path: "/dev/ui/form/",
			kind: "page",
			policy: publicly,
			summary: "Send the form of the components page",
			handler: (exchange) =>
				exchange.acceptForm(
					demoForm,
					async (values) => {
						exchange.flash("success", `Saved ${values.name}.`);
						return exchange.redirect(demoPath);
					},
					(state) => exchange.page({ title: "Form" }, <DemoFormView state={state} />),
				),
		}),
		defineRoute({
			method: "POST",
			path: "/dev/flash/",
			kind: "action",
			policy: publicly,
			summary: "Show a notice of each category",
			handler: (exchange) => {
				exchange.flash("success", "The request was submitted.");
				exchange.flash("warning", "Two libraries have no index.");
				exchange.flash("error", "The file could not be read: <b>not HTML</b>.");
				return exchange.redirect(demoPath);
			},
		}),
		defineRoute({
			method: "GET",
			path: "/dev/search/",
			kind: "api",
			policy: publicly,
			summary: "What the search-select of the components page finds",
			query: z.object({ word: z.string().default("") }),
			handler: (exchange) =>
				exchange.json(
					demoPage.rows
						.filter((row) => row.name.toLowerCase().includes(exchange.query.word.toLowerCase()))
						.map((row) => ({ value: row.id, label: row.name, detail: row.requestor })),
				),
		}),
	];
}
