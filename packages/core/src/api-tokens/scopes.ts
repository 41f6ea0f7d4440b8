/** What an API token may do; a token with several scopes may do each (issue 3, API tokens). */
export const apiTokenScopes = [
	{ key: "read", label: "Read", help: "look things up and list them" },
	{ key: "write", label: "Write", help: "change what the staff may change" },
	{ key: "pipeline", label: "Pipeline", help: "store reads, link data, release data" },
] as const;

/** One of {@link apiTokenScopes}, as the column `api_token.scopes` holds it. */
export type ApiTokenScope = (typeof apiTokenScopes)[number]["key"];

/** Whether a text names a scope. */
export function isApiTokenScope(text: string): text is ApiTokenScope {
	return apiTokenScopes.some((scope) => scope.key === text);
}
