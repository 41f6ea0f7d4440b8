import { runList } from "@opengsync/db/list-query";
import { projectList } from "@opengsync/db/queries/projects";
import { userList } from "@opengsync/db/queries/users";
import { findMember, ProjectStatus, UserRole } from "@opengsync/domain/catalog";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import { z } from "zod";
import { insider, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";

/** Options of a search-select: access-and-web.md §12.1. */
interface SearchOption {
	readonly value: number;
	readonly label: string;
	readonly detail: string;
}

const query = z.object({ word: z.string().max(128).optional() });

/** Searches behind fields that pick one object; the 15 best, or the first by name for an empty word. */
export const searchRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/htmx/projects/search",
		kind: "api",
		policy: signedIn,
		summary: "Search for a project by identifier or title",
		query,
		handler: async (exchange) => {
			const word = exchange.query.word?.trim() ?? "";
			const parameters = word ? { search: { column: "identifier_title" as const, word } } : { sortBy: "title" as const };
			const { rows } = await runList(exchange.db, projectList, parameters, exchange.viewer);
			const options: SearchOption[] = rows.map((row) => ({
				value: row.id,
				label: `${projectDisplayIdentifier(row)} ${row.title}`,
				detail: findMember(ProjectStatus, row.status_id)?.label ?? "",
			}));
			return exchange.json(options);
		},
	}),
	defineRoute({
		method: "GET",
		path: "/htmx/users/search",
		kind: "api",
		policy: insider,
		summary: "Search for a user by name, or by e-mail when the word has an @",
		query,
		handler: async (exchange) => {
			const word = exchange.query.word?.trim() ?? "";
			const column = word.includes("@") ? ("email" as const) : ("name" as const);
			const parameters = word ? { search: { column, word } } : { sortBy: "last_name" as const };
			const { rows } = await runList(exchange.db, userList, parameters, exchange.viewer);
			const options: SearchOption[] = rows.map((row) => ({
				value: row.id,
				label: `${row.first_name} ${row.last_name}`,
				detail: `${row.email} · ${findMember(UserRole, row.role_id)?.label ?? ""}`,
			}));
			return exchange.json(options);
		},
	}),
];
