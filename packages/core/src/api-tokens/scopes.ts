/** What an API token may do; a token with several scopes may do each (access-and-web.md §5). */
export const apiTokenScopes = [
	{ key: "read", label: "Read", help: "look things up and list them" },
	{ key: "write", label: "Write", help: "change what the staff may change" },
	{ key: "pipeline", label: "Pipeline", help: "store reads, link data, release data" },
] as const;

/** One of {@link apiTokenScopes}, as the column `api_token.scopes` holds it. */
export type ApiTokenScope = (typeof apiTokenScopes)[number]["key"];

/** Scope that a call needs; `any` = every token will do. */
export type NeededScope = ApiTokenScope | "any";

/** Whether a text names a scope. */
export function isApiTokenScope(text: string): text is ApiTokenScope {
	return apiTokenScopes.some((scope) => scope.key === text);
}
