import type { Content } from "./exchange.ts";

/** Content as HTML. Texts are escaped by JSX where they stand in elements; a bare text here is escaped too. */
export async function renderHtml(content: Content): Promise<string> {
	const node = await content;
	if (node === null || node === undefined || typeof node === "boolean") return "";
	if (typeof node === "string" && !("isEscaped" in Object(node))) return escapeHtml(node);
	if (typeof node === "number") return String(node);
	if (Array.isArray(node)) return (await Promise.all(node.map((child) => renderHtml(child)))).join("");
	return String(await node.toString());
}

/** Escapes a text for HTML content and attributes. */
export function escapeHtml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}
