import type { Route } from "./route.ts";

/** What the log says of an address: where it holds a secret, its pattern; elsewhere whatever looks like a token is left out. */
export function loggedPath(path: string, route: Route | null): string {
	if (route?.secretUrl || route?.policy.kind === "shareToken") return route.path;
	return path
		.slice(0, 512)
		.split("/")
		.map((part) => (part.length >= 16 && !isWord(part) ? "…" : part))
		.join("/");
}

/** Parts of our own addresses, such as `retrieve_flash_messages`. */
function isWord(part: string): boolean {
	return /^[a-z]+([_.-][a-z]+)*$/.test(part);
}

const keptFacts = ["code", "constraint", "table", "column", "routine"] as const;

/** What the log keeps of a defect. The database's details are left out: they may repeat whole rows, with hashes of passwords. */
export function loggedError(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { type: typeof error };
	const facts = new Map<string, unknown>(Object.entries(error));
	return {
		type: error.name,
		message: error.message,
		stack: error.stack,
		...Object.fromEntries(keptFacts.filter((name) => typeof facts.get(name) === "string").map((name) => [name, facts.get(name)])),
		...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
	};
}
