import { findMember, UserRole } from "@opengsync/domain/catalog";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { Content, Flash } from "../framework/exchange.ts";
import type { PageOptions } from "../framework/page.ts";
import { currentRendering } from "../framework/rendering.ts";
import { ActionButton, CsrfField } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { navigationFor } from "./navigation.ts";
import { jsonForHtml } from "./parts.tsx";

const htmxSettings = {
	defaultTimeout: 60_000,
	noSwap: [204, 304, 400, 401, 403, 404, 405, 409, 413, 429, "5xx"],
	includeIndicatorCSS: false,
};

/** A whole document: head, navigation, breadcrumbs, header, content, dialogs, toasts. */
export function Layout({ options, flashes, children }: { options: PageOptions; flashes: readonly Flash[]; children?: Content }) {
	const rendering = currentRendering();
	return (
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<meta name="csrf-token" content={rendering.csrfToken} />
				<meta name="csp-nonce" content={rendering.nonce} />
				<meta name="islands" content={JSON.stringify(rendering.islands)} />
				<meta name="htmx-config" content={JSON.stringify({ ...htmxSettings, inlineScriptNonce: rendering.nonce })} />
				<title>{options.title === rendering.organization ? options.title : `${options.title} · ${rendering.organization}`}</title>
				<link rel="icon" href={rendering.asset("favicon.svg")} type="image/svg+xml" />
				<link rel="stylesheet" href={rendering.asset("style.css")} />
				<script src={rendering.asset("theme.js")} />
				<script type="module" src={rendering.asset("app.js")} />
			</head>
			<body class={options.bare ? "is-bare" : "has-sidebar"}>
				<a class="skip-link" href="#content">
					Skip to the content
				</a>
				{options.bare ? <BareBody>{children}</BareBody> : <FullBody options={options}>{children}</FullBody>}
				<Dialogs />
				<div class="toasts" id="toasts" aria-live="polite" aria-atomic="false" />
				<noscript>
					<div class="toasts">
						{flashes.map((flash) => (
							<div class={`toast-item toast-${flash.category}`}>{flash.message}</div>
						))}
					</div>
				</noscript>
				<script type="application/json" id="flashes" dangerouslySetInnerHTML={{ __html: jsonForHtml(flashes) }} />
			</body>
		</html>
	);
}

function BareBody({ children }: { children?: Content }) {
	const { organization, viewer } = currentRendering();
	return (
		<main class="bare-page" id="content">
			<WorkingAs />
			<a class="brand brand-large" href={viewer ? "/" : "/auth/auth/"}>
				<BrandMark />
				<span>{organization}</span>
			</a>
			{children}
		</main>
	);
}

/** Tells an admin on every page in whose account the work is done (access-and-web.md §4.8). */
function WorkingAs() {
	const { impersonator, viewer } = currentRendering();
	if (!impersonator || !viewer) return null;
	return (
		<div class="impersonation" role="status">
			<Icon name="user-check" />
			<span>
				You are working as{" "}
				<strong>
					{viewer.firstName} {viewer.lastName}
				</strong>
				.
			</span>
			<ActionButton action="/auth/end_session_as_user/" small look="secondary">
				End session
			</ActionButton>
		</div>
	);
}

function FullBody({ options, children }: { options: PageOptions; children?: Content }) {
	return (
		<div class="shell">
			<Sidebar options={options} />
			<div class="shell-main">
				<WorkingAs />
				<main id="content" class="page" tabindex={-1}>
					<PageHeader options={options} />
					{children}
				</main>
			</div>
		</div>
	);
}

/** Title, subtitle, breadcrumbs, buttons, status bar. */
export function PageHeader({ options }: { options: PageOptions }) {
	return (
		<header class="page-header">
			{options.breadcrumbs && options.breadcrumbs.length > 0 && (
				<nav aria-label="Breadcrumbs">
					<ol class="crumbs">
						{options.breadcrumbs.map((crumb, position) => (
							<li {...(position === (options.breadcrumbs?.length ?? 0) - 1 ? { "aria-current": "page" } : {})}>
								{crumb.href ? <a href={crumb.href}>{crumb.label}</a> : crumb.label}
							</li>
						))}
					</ol>
				</nav>
			)}
			<div class="page-header-row">
				<div class="page-header-text">
					<h1>{options.title}</h1>
					{options.subtitle && <p class="page-subtitle">{options.subtitle}</p>}
				</div>
				{options.actions && <div class="page-actions btn-list">{options.actions}</div>}
			</div>
			{options.status}
		</header>
	);
}

function Sidebar({ options }: { options: PageOptions }) {
	const { organization, viewer, hasPage } = currentRendering();
	const staff = viewer !== null && isInsider(viewer.roleId);
	return (
		<aside class={`sidebar${viewer && isAdmin(viewer.roleId) ? " is-admin" : ""}`}>
			<div class="sidebar-top">
				<a class="brand" href="/">
					<BrandMark />
					<span>{organization}</span>
				</a>
				<button type="button" class="sidebar-toggle" data-toggle-sidebar="" aria-expanded="false" aria-controls="sidebar-content">
					<Icon name="menu-2" label="Menu" />
				</button>
			</div>
			<div class="sidebar-content" id="sidebar-content">
				<form class="sidebar-search" action="/search/" method="get" hidden={!viewer || !hasPage("/search/")}>
					<Icon name="search" />
					<input
						type="search"
						name="word"
						class="form-control"
						placeholder="Search"
						aria-label="Search everything"
						data-global-search=""
					/>
					<span class="key-hint" aria-hidden="true">
						/
					</span>
				</form>
				<nav aria-label="Main">
					{navigationFor(viewer, hasPage).map((group) => (
						<div class="nav-group">
							{group.title && <p class="nav-group-title">{group.title}</p>}
							<ul>
								{group.entries.map((entry) => (
									<li>
										<a
											href={entry.href}
											class={`nav-entry${entry.key === options.active ? " is-active" : ""}`}
											{...(entry.key === options.active ? { "aria-current": "page" } : {})}
										>
											<Icon name={entry.icon} />
											{entry.label}
										</a>
									</li>
								))}
							</ul>
						</div>
					))}
				</nav>
				<div class="sidebar-bottom">
					{hasPage("/help/") && (
						<a class="nav-entry" href="/help/" target={staff ? "_blank" : "_self"} rel="noopener">
							<Icon name="help" />
							Help
						</a>
					)}
					<button type="button" class="nav-entry" data-toggle-theme="">
						<Icon name="moon" class="only-light" />
						<Icon name="sun" class="only-dark" />
						<span class="only-light">Dark colours</span>
						<span class="only-dark">Light colours</span>
					</button>
					<UserEntry active={options.active === "profile"} />
				</div>
			</div>
		</aside>
	);
}

function UserEntry({ active }: { active: boolean }) {
	const { viewer } = currentRendering();
	if (!viewer) {
		return (
			<a class="nav-entry" href="/auth/auth/">
				<Icon name="login" />
				Sign in
			</a>
		);
	}
	const role = findMember(UserRole, viewer.roleId);
	return (
		<div class={`user-entry${active ? " is-active" : ""}`}>
			<a href={`/users/${viewer.id}/`} class="user-entry-name">
				<span class="avatar-initials" aria-hidden="true">
					{viewer.firstName.slice(0, 1)}
					{viewer.lastName.slice(0, 1)}
				</span>
				<span>
					{viewer.firstName} {viewer.lastName}
					<small>{role?.label}</small>
				</span>
			</a>
			<form method="post" action="/auth/sign_out/">
				<CsrfField />
				<button
					type="submit"
					class="btn-copy"
					aria-label="Sign out"
					data-tooltip="Sign out"
					data-confirm="Sign out?"
					data-confirm-text="This ends the session in this browser."
				>
					<Icon name="logout" />
				</button>
			</form>
		</div>
	);
}

/** Sign of the product: two strands. */
function BrandMark() {
	return (
		<svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
			<rect width="32" height="32" rx="8" fill="currentColor" />
			<g fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round">
				<path d="M10 5c0 8 12 8 12 11s-12 3-12 11" />
				<path d="M22 5c0 8-12 8-12 11s12 3 12 11" opacity=".6" />
			</g>
		</svg>
	);
}

/** The dialog for forms and the one that asks; both filled by the browser. */
function Dialogs() {
	return (
		<>
			<dialog class="dialog" id="dialog" aria-label="Dialog">
				<button type="button" class="dialog-close" data-close-dialog="" aria-label="Close">
					<Icon name="x" />
				</button>
				<div id="dialog-body" />
			</dialog>
			<dialog
				class="dialog dialog-confirm"
				id="confirm"
				role="alertdialog"
				aria-labelledby="confirm-title"
				aria-describedby="confirm-text"
			>
				<h2 id="confirm-title">Are you sure?</h2>
				<p id="confirm-text" />
				<div class="form-actions">
					<button type="button" class="btn" data-answer="no">
						No
					</button>
					<button type="button" class="btn btn-danger" data-answer="yes">
						Yes
					</button>
				</div>
			</dialog>
		</>
	);
}
