import { csrfToken } from "../csrf-token.ts";

/** What the server answered to a step with passkeys. */
export interface ServerAnswer {
	readonly ok: boolean;
	/** Address to go to, when the step is done. */
	readonly goTo: string | null;
	readonly body: unknown;
	/** What to tell the person when it failed. */
	readonly message: string;
}

const unreachable = "The server does not answer. Please try again.";

/** Posts JSON with the forgery token, as htmx would ask. Never throws. */
export async function askServer(address: string, body: unknown): Promise<ServerAnswer> {
	try {
		const response = await fetch(address, {
			method: "POST",
			credentials: "same-origin",
			headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken(), "HX-Request": "true" },
			body: JSON.stringify(body),
		});
		const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
		const answer: unknown = isJson ? await response.json() : null;
		const message = textMember(answer, "message") ?? flashText(response.headers.get("hx-trigger")) ?? unreachable;
		return { ok: response.ok, goTo: response.headers.get("hx-redirect"), body: answer, message };
	} catch {
		return { ok: false, goTo: null, body: null, message: unreachable };
	}
}

/** A text in a JSON object. */
export function textMember(value: unknown, name: string): string | null {
	if (typeof value !== "object" || value === null) return null;
	const member = Object.entries(value).find(([key]) => key === name)?.[1];
	return typeof member === "string" ? member : null;
}

/** Errors come as notices in a header. */
function flashText(header: string | null): string | null {
	const found = /"message":("(?:[^"\\]|\\.)*")/.exec(header ?? "")?.[1];
	const text: unknown = found === undefined ? null : JSON.parse(found);
	return typeof text === "string" ? text : null;
}

/** Input of an island as the page wrote it: texts by name. */
export function islandTexts(element: HTMLElement): ReadonlyMap<string, string> {
	const value: unknown = JSON.parse(element.querySelector("[data-island-input]")?.textContent ?? "{}");
	const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
	return new Map(entries.flatMap(([name, text]) => (typeof text === "string" ? [[name, text] as const] : [])));
}
