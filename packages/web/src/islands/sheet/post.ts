/** Requests of the sheet to the server, with the forgery token of the page. */
import { csrfToken } from "../csrf-token.ts";

/**
 * Posts a form or JSON.
 * @throws Error whose message is meant for the user
 */
export async function postToServer(url: string, body: FormData | string): Promise<Response> {
	const headers: Record<string, string> = { accept: "application/json", "x-csrf-token": csrfToken() };
	if (typeof body === "string") headers["content-type"] = "application/json";
	let response: Response;
	try {
		response = await fetch(url, { method: "POST", credentials: "same-origin", redirect: "manual", headers, body });
	} catch {
		throw new Error("The server cannot be reached. Nothing was changed; try again.");
	}
	if (response.ok) return response;
	if (response.type === "opaqueredirect" || response.status === 401)
		throw new Error("Your session has ended. Sign in again in another tab.");
	const answer: unknown = await response.json().catch(() => null);
	const hasMessage = typeof answer === "object" && answer !== null && "message" in answer && typeof answer.message === "string";
	throw new Error(hasMessage ? String(answer.message) : `That did not work (${response.status}).`);
}

/** Offers bytes of an answer as a download. */
export async function saveAnswer(response: Response, fileName: string): Promise<void> {
	const url = URL.createObjectURL(await response.blob());
	const link = document.createElement("a");
	link.href = url;
	link.download = fileName;
	link.click();
	URL.revokeObjectURL(url);
}
