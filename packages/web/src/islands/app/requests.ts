/** htmx requests: the forgery token in every one, and a word when the server cannot be reached. */
import { csrfToken } from "../csrf-token.ts";
import { showToast } from "./toasts.ts";

interface RequestContext {
	readonly request: { readonly headers: Record<string, string> };
	readonly response?: { readonly status: number };
}

/** The htmx context of an event, if it has one. */
function contextOf(event: Event): RequestContext | null {
	if (!(event instanceof CustomEvent)) return null;
	const detail: unknown = event.detail;
	return typeof detail === "object" && detail !== null && "ctx" in detail ? (detail.ctx as RequestContext) : null;
}

/** Says in a part of the page that never came that it did not, instead of "Loading" for ever. */
function showMissingPart(part: EventTarget | null): void {
	const loading = part instanceof Element ? part.querySelector(":scope > .loading") : null;
	if (!loading) return;
	const notice = document.createElement("div");
	notice.className = "empty-state";
	notice.setAttribute("role", "alert");
	const text = document.createElement("p");
	text.textContent = "This part could not be loaded.";
	const again = document.createElement("button");
	again.type = "button";
	again.className = "btn";
	again.textContent = "Try again";
	again.addEventListener("click", () => location.reload());
	notice.append(text, again);
	loading.replaceWith(notice);
}

/** Adds the token to each request and reports failures that carry no message of their own. */
export function watchRequests(): void {
	document.addEventListener("htmx:config:request", (event) => {
		const context = contextOf(event);
		if (context) context.request.headers["X-CSRF-Token"] = csrfToken();
	});
	document.addEventListener("htmx:error", (event) => {
		if (!contextOf(event)?.response) showToast({ category: "error", message: "The server does not answer. Please try again." });
	});
	for (const kind of ["htmx:response:error", "htmx:error"]) {
		document.addEventListener(kind, (event) => showMissingPart(event.target));
	}
}
