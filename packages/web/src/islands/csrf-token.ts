/** The token that shows the server that a request comes from our own page; empty where the page has none. */
export function csrfToken(): string {
	return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}
