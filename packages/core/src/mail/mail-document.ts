import { html, raw } from "hono/html";
import juice from "juice";
import type { FacilityConfig } from "../config.ts";
import type { MailMessage } from "./transport.ts";

/** One line of a list: text, maybe linked, maybe with a remark behind it. */
export interface MailListItem {
	readonly label: string;
	readonly href?: string;
	readonly detail?: string;
}

/** A piece of a mail. All texts are plain and are escaped here; only `facilityHtml` is markup, from the facility's own files. */
export type MailBlock =
	| { readonly kind: "heading" | "paragraph" | "code"; readonly text: string }
	| { readonly kind: "link"; readonly label: string; readonly href: string }
	| { readonly kind: "list"; readonly items: readonly MailListItem[] }
	| { readonly kind: "facilityHtml"; readonly html: string };

/** A mail before it is laid out. */
export interface MailDocument {
	readonly subject: string;
	/** Name in the greeting; without it "<organization> Client". */
	readonly recipientName?: string;
	readonly blocks: readonly MailBlock[];
	/** `custom/email-signature.html` of the facility. */
	readonly signatureHtml?: string;
	/** Small print at the very end: why the mail came, and how to get no more. */
	readonly smallPrint?: readonly MailBlock[];
}

const styles = `
body { font-family: Arial, Helvetica, sans-serif; font-size: 14px; line-height: 1.5; color: #1d273b; }
h2 { font-size: 16px; margin: 24px 0 8px; }
pre { font-family: Menlo, Consolas, monospace; font-size: 13px; background: #eef3fa; border-left: 4px solid #1f6feb; padding: 10px; white-space: pre-wrap; word-break: break-all; }
p.text { white-space: pre-line; }
a { color: #0b5cad; }
div.small { margin-top: 24px; border-top: 1px solid #c3ccd6; font-size: 12px; color: #4a5568; }`;

/**
 * Lays a mail out as HTML with inlined styles and as text, from one list of blocks (access-and-web.md §17).
 * @returns the message without its recipients
 */
export async function layOutMail(
	config: Pick<FacilityConfig, "organization" | "email">,
	document: MailDocument,
): Promise<Omit<MailMessage, "to">> {
	const greeting = `Dear ${document.recipientName ?? `${config.organization} Client`},`;
	const smallPrint = document.smallPrint ?? [];
	const closing = `For questions, please write to ${config.email}.`;
	const markup = await html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${document.subject}</title><style>${raw(styles)}</style></head>
<body><p>${greeting}</p>
${document.blocks.map(blockAsHtml)}
<p>${closing}</p><p>${config.organization}</p>
${document.signatureHtml ? raw(document.signatureHtml) : ""}
${smallPrint.length > 0 ? html`<div class="small">${smallPrint.map(blockAsHtml)}</div>` : ""}</body></html>`;
	const signature = document.signatureHtml ? [withoutMarkup(document.signatureHtml)] : [];
	const words = [greeting, ...document.blocks.map(blockAsText), closing, config.organization, ...signature];
	const text = [...words, ...(smallPrint.length > 0 ? ["--", ...smallPrint.map(blockAsText)] : [])].join("\n\n");
	return { subject: oneLine(document.subject), html: juice(markup.toString()), text: `${text}\n` };
}

function blockAsHtml(block: MailBlock) {
	switch (block.kind) {
		case "heading":
			return html`<h2>${block.text}</h2>`;
		case "paragraph":
			return html`<p class="text">${block.text}</p>`;
		case "code":
			return html`<pre>${block.text}</pre>`;
		case "link":
			return html`<p><a href="${block.href}">${block.label}</a></p>`;
		case "list":
			return html`<ul>${block.items.map(
				(item) =>
					html`<li>${item.href ? html`<a href="${item.href}">${item.label}</a>` : item.label}${item.detail ? ` – ${item.detail}` : ""}</li>`,
			)}</ul>`;
		case "facilityHtml":
			return raw(block.html);
	}
}

function blockAsText(block: MailBlock): string {
	switch (block.kind) {
		case "heading":
			return block.text.toUpperCase();
		case "paragraph":
			return block.text;
		case "code":
			return `    ${block.text}`;
		case "link":
			return `${block.label}: ${block.href}`;
		case "list":
			return block.items
				.map((item) => `- ${item.label}${item.detail ? ` – ${item.detail}` : ""}${item.href ? ` (${item.href})` : ""}`)
				.join("\n");
		case "facilityHtml":
			return withoutMarkup(block.html);
	}
}

/** A line break in a subject would begin a new header. */
function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}

function withoutMarkup(markup: string): string {
	return markup
		.replace(/<(style|script)[\s\S]*?<\/\1>/gi, "")
		.replace(/<[^>]*>/g, "")
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&")
		.replace(/\n\s*\n+/g, "\n")
		.trim();
}
