import { AccessType } from "@opengsync/domain/catalog";
import type { Content } from "../framework/exchange.ts";
import { currentRendering } from "../framework/rendering.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** A framed part of a page with a heading and, at its right, buttons. */
export function Card(props: {
	title?: Content;
	actions?: Content;
	footer?: Content;
	padded?: boolean;
	id?: string;
	children?: Content;
}) {
	return (
		<section class="card" {...(props.id ? { id: props.id } : {})}>
			{(props.title || props.actions) && (
				<div class="card-header">
					{props.title && <h2 class="card-title">{props.title}</h2>}
					{props.actions && <div class="card-actions btn-list">{props.actions}</div>}
				</div>
			)}
			{props.padded === false ? props.children : <div class="card-body">{props.children}</div>}
			{props.footer && <div class="card-footer">{props.footer}</div>}
		</section>
	);
}

/** Says that there is nothing, and what to do about it. */
export function EmptyState({
	icon = "inbox",
	title,
	hint,
	action,
}: {
	icon?: IconName;
	title: string;
	hint?: string;
	action?: Content;
}) {
	return (
		<div class="empty-state">
			<Icon name={icon} class="icon-lg" />
			<p class="empty-state-title">{title}</p>
			{hint && <p class="empty-state-hint">{hint}</p>}
			{action && <div class="empty-state-action">{action}</div>}
		</div>
	);
}

/** Colour and sign of a notice that stays in the page. */
export type NoticeLook = "info" | "success" | "warning" | "error";

const noticeIcons: Record<NoticeLook, IconName> = {
	info: "info-circle",
	success: "circle-check",
	warning: "alert-triangle",
	error: "alert-circle",
};

/** A notice in the page. */
export function Notice({ look = "info", title, children }: { look?: NoticeLook; title?: string; children?: Content }) {
	return (
		<div class={`notice notice-${look}`} role={look === "error" ? "alert" : "status"}>
			<Icon name={noticeIcons[look]} />
			<div>
				{title && <p class="notice-title">{title}</p>}
				{children}
			</div>
		</div>
	);
}

/** One line of metadata. `copy` is the text that the copy button takes; none without it. */
export interface MetadataItem {
	readonly label: string;
	readonly value: Content;
	readonly copy?: string | null;
	readonly mono?: boolean;
	readonly wide?: boolean;
}

/** What is known of an object, as a list of terms. */
export function Metadata({ items }: { items: readonly MetadataItem[] }) {
	return (
		<dl class="metadata">
			{items.map((item) => (
				<div class={`metadata-item${item.wide ? " is-wide" : ""}`}>
					<dt>{item.label}</dt>
					<dd class={item.mono ? "font-mono" : ""}>
						{item.value === null || item.value === undefined || item.value === "" ? (
							<span class="text-secondary">–</span>
						) : (
							item.value
						)}
						{item.copy && <CopyButton text={item.copy} label={`Copy ${item.label}`} />}
					</dd>
				</div>
			))}
		</dl>
	);
}

/** Writes a text to the clipboard and says so. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
	return (
		<button type="button" class="btn-copy" data-copy={text} aria-label={label} data-tooltip={label}>
			<Icon name="copy" />
		</button>
	);
}

/** A tab of an object page. `href` gives its content as a fragment, loaded when it is first opened. */
export interface Tab {
	readonly key: string;
	readonly title: string;
	/** A number, or done and total: `2/3`. */
	readonly count?: number | string;
	/** Address of the fragment; without it `content` is delivered at once. */
	readonly href?: string;
	readonly content?: Content;
	/** Why it cannot have content; the tab is then disabled. */
	readonly disabledReason?: string;
}

/**
 * Tabs of an object page: access-and-web.md §7.3. The open one stands in the address as hash, or as `?tab=` where there is no
 * JavaScript; content is loaded by htmx when a tab is first opened.
 */
export function Tabs({ tabs, name = "tabs" }: { tabs: readonly Tab[]; name?: string }) {
	const path = new URL(currentRendering().path, "http://localhost");
	const asked = path.searchParams.get("tab");
	const open = tabs.find((tab) => tab.key === asked && !tab.disabledReason) ?? tabs.find((tab) => !tab.disabledReason);
	return (
		<div class="tabs" data-tabs={name}>
			<div class="nav nav-tabs" role="tablist">
				{tabs.map((tab) => (
					<TabHead tab={tab} name={name} path={path.pathname} open={tab === open} />
				))}
			</div>
			{tabs.map((tab) =>
				tab.disabledReason ? null : (
					<div
						class="tab-panel"
						role="tabpanel"
						id={`${name}-${tab.key}`}
						aria-labelledby={`${name}-tab-${tab.key}`}
						tabindex={0}
						{...(tab === open ? {} : { hidden: true })}
						{...(tab.href
							? {
									"hx-get": tab.href,
									"hx-trigger": tab === open ? "load once, open-tab once" : "open-tab once",
									"hx-swap": "innerHTML",
								}
							: {})}
					>
						{tab.href ? <Loading /> : tab.content}
					</div>
				),
			)}
		</div>
	);
}

function TabHead({ tab, name, path, open }: { tab: Tab; name: string; path: string; open: boolean }) {
	const title = (
		<>
			{tab.title}
			{tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
		</>
	);
	if (tab.disabledReason) {
		return (
			<button
				type="button"
				class="nav-link is-unavailable"
				role="tab"
				aria-disabled="true"
				aria-selected="false"
				data-tooltip={tab.disabledReason}
			>
				{title}
			</button>
		);
	}
	return (
		<a
			class={`nav-link${open ? " active" : ""}`}
			role="tab"
			id={`${name}-tab-${tab.key}`}
			href={`${path}?tab=${encodeURIComponent(tab.key)}`}
			data-tab={tab.key}
			aria-controls={`${name}-${tab.key}`}
			aria-selected={open ? "true" : "false"}
		>
			{title}
		</a>
	);
}

/** Stands where content is loading; keeps the height. */
export function Loading() {
	return (
		<div class="loading" role="status">
			<span class="spinner-border spinner-border-sm" aria-hidden="true" />
			<span>Loading …</span>
		</div>
	);
}

/** A part that loads by itself when it comes into view. `reloadOn`: events after which it is loaded again. */
export function Lazy({ href, id, reloadOn = [] }: { href: string; id: string; reloadOn?: readonly string[] }) {
	const triggers = ["revealed once", ...reloadOn.map((event) => `${event} from:body`)].join(", ");
	return (
		<div id={id} class="lazy" hx-get={href} hx-trigger={triggers} hx-swap="innerHTML">
			<Loading />
			<noscript>
				<a href={href}>Show this part</a>
			</noscript>
		</div>
	);
}

/** An island: a part that JavaScript takes over. `data` is its input, as JSON beside it. */
export function Island({ name, data, children }: { name: string; data?: unknown; children?: Content }) {
	return (
		<div hx-morph-skip="">
			<div data-island={name}>
				{data !== undefined && (
					<script type="application/json" data-island-input="" dangerouslySetInnerHTML={{ __html: jsonForHtml(data) }} />
				)}
				{children ?? <Loading />}
			</div>
		</div>
	);
}

/** JSON that may stand inside a script element. */
export function jsonForHtml(value: unknown): string {
	return (JSON.stringify(value) ?? "null")
		.replaceAll("<", "\\u003c")
		.replaceAll("\u2028", "\\u2028")
		.replaceAll("\u2029", "\\u2029");
}

/** A time in the facility's time zone: `YYYY-MM-DD HH:MM`; with seconds where asked. */
export function Time({ at, seconds = false }: { at: Date | null; seconds?: boolean }) {
	if (!at) return <span class="text-secondary">–</span>;
	return (
		<time datetime={at.toISOString()} class="text-nowrap tabular">
			{formatTime(at, seconds)}
		</time>
	);
}

/** `YYYY-MM-DD HH:MM` in the facility's time zone. */
export function formatTime(at: Date, seconds = false): string {
	const text = at.toLocaleString("sv-SE", { timeZone: currentRendering().timeZone });
	return seconds ? text.slice(0, 19) : text.slice(0, 16);
}

/**
 * A link that keeps the way by which the user came: `?from=<page>@<id>` (access-and-web.md §6.1). Plain text without `href`, and for
 * those whose `level` to the object does not let them see it.
 */
export function ObjectLink(props: {
	href: string | null;
	level?: number | null;
	from?: { page: string; id: number };
	mono?: boolean;
	children?: Content;
}) {
	const classes = props.mono ? "font-mono" : "";
	const isSeen = props.level === undefined || (props.level ?? AccessType.NONE.id) >= AccessType.VIEW.id;
	if (!props.href || !isSeen) return <span class={classes}>{props.children}</span>;
	const href = props.from ? `${props.href}?from=${props.from.page}@${props.from.id}` : props.href;
	return (
		<a href={href} class={classes}>
			{props.children}
		</a>
	);
}
