import type { CommandContext } from "@opengsync/core/context";
import { InvalidInputError } from "@opengsync/core/errors";
import type { Db } from "@opengsync/db/connection";
import { type AssigneeRow, listAssignableUsers } from "@opengsync/db/queries/assignees";
import type { Action } from "@opengsync/domain/actions";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import type { NavigationKey } from "../../framework/page.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { Assignees } from "./assignees.tsx";

/** What requests and projects tell about themselves, so that the routes of their assignees are written once. */
export interface AssigneeSubject<Loaded extends { readonly id: number }> {
	readonly entity: "request" | "project";
	/** First part of its addresses, e.g. `projects`. */
	readonly folder: string;
	readonly active: NavigationKey;
	readonly load: (exchange: Exchange<{ id: number }>) => Promise<Loaded>;
	readonly breadcrumbs: (loaded: Loaded) => { label: string; href: string }[];
	/** Identifier, and the name by which a mail tells it. */
	readonly identifier: (loaded: Loaded) => string;
	readonly name: (loaded: Loaded) => string;
	readonly action: (loaded: Loaded, name: "assign" | "assignToMe") => Action;
	readonly list: (db: Db, id: number) => Promise<AssigneeRow[]>;
	readonly add: (context: CommandContext, id: number, userId: number) => Promise<boolean>;
	readonly remove: (context: CommandContext, id: number, userId: number) => Promise<void>;
}

interface FormFacts<Loaded> {
	readonly loaded: Loaded;
	readonly assignees: readonly AssigneeRow[];
}

/** Tab and actions of the assignees of an object: assign to me, add another, remove (extensions.md §2). */
export function assigneeRoutes<Loaded extends { readonly id: number }>(subject: AssigneeSubject<Loaded>): Route[] {
	const { entity, folder } = subject;
	const base = `/${folder}/:id`;
	const tabOf = (id: number) => `/${folder}/${id}/?tab=assignees`;
	const staff = onObject(entity, "id", "INSIDER");

	const tab = defineRoute({
		method: "GET",
		path: `/htmx${base}/assignees`,
		kind: "fragment",
		policy: onObject(entity, "id", "VIEW"),
		summary: `Assignees of a ${entity}`,
		params: withId,
		handler: async (exchange) => {
			const loaded = await subject.load(exchange);
			return exchange.fragment(
				<Assignees
					url={`/${folder}/${loaded.id}`}
					subject={`${subject.identifier(loaded)} ${subject.name(loaded)}`}
					assignees={await subject.list(exchange.db, loaded.id)}
					assign={subject.action(loaded, "assign")}
					assignToMe={subject.action(loaded, "assignToMe")}
				/>,
			);
		},
	});

	const add = formRoutes({
		pagePath: `${base}/assignees/add/`,
		dialogPath: `/htmx${base}/assignees/add`,
		params: withId,
		policy: staff,
		summary: `Add an assignee to a ${entity}`,
		active: subject.active,
		title: ({ loaded }: FormFacts<Loaded>) => `Assign ${subject.identifier(loaded)}`,
		breadcrumbs: ({ loaded }) => subject.breadcrumbs(loaded),
		load: async (exchange): Promise<FormFacts<Loaded>> => {
			const loaded = await subject.load(exchange);
			return { loaded, assignees: await subject.list(exchange.db, loaded.id) };
		},
		form: async ({ assignees }, exchange) => {
			const taken = new Set(assignees.map(({ id }) => id));
			const free = (await listAssignableUsers(exchange.db)).filter(({ id }) => !taken.has(id));
			const isFree = free.some(({ id }) => id === exchange.viewer.id);
			return defineForm({
				name: "assignee-form",
				submitLabel: "Assign",
				fields: {
					userId: {
						kind: "select",
						label: "Assignee",
						required: true,
						options: free.map((user) => ({ value: user.id, label: `${user.name} (${user.email})` })),
						...(isFree ? { value: exchange.viewer.id } : {}),
					},
				},
			});
		},
		accept: async (exchange, { userId }, { loaded }) => {
			const isNew = await exchange.command((context) => subject.add(context, loaded.id, userId));
			if (!isNew) throw new InvalidInputError([{ field: "userId", message: "This person is assigned already." }]);
			exchange.flash("success", "Assignee added.");
			return tabOf(loaded.id);
		},
	});

	const assignMe = defineRoute({
		method: "POST",
		path: `${base}/assign_me/`,
		kind: "action",
		policy: staff,
		summary: `Assign a ${entity} to oneself`,
		params: withId,
		handler: async (exchange) => {
			const loaded = await subject.load(exchange);
			const isNew = await exchange.command((context) => subject.add(context, loaded.id, exchange.viewer.id));
			const identifier = subject.identifier(loaded);
			if (isNew) exchange.flash("success", `${identifier} is assigned to you.`);
			else exchange.flash("info", `${identifier} was assigned to you already.`);
			const [from] = (await exchange.readFields()).get("from") ?? [];
			return exchange.redirect(from === "dashboard" ? "/" : tabOf(loaded.id));
		},
	});

	const remove = defineRoute({
		method: "POST",
		path: `${base}/assignees/:userId/remove/`,
		kind: "action",
		policy: staff,
		summary: `Remove an assignee from a ${entity}`,
		params: z.object({ id: idInPath, userId: idInPath }),
		handler: async (exchange) => {
			const loaded = await subject.load(exchange);
			await exchange.command((context) => subject.remove(context, loaded.id, exchange.params.userId));
			exchange.flash("success", "Assignee removed.");
			return exchange.redirect(tabOf(loaded.id));
		},
	});

	return [tab, ...add, assignMe, remove];
}
