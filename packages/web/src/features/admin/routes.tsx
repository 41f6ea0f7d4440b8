import { NotFoundError } from "@opengsync/core/errors";
import { findMail, type MailDetails, mailList } from "@opengsync/db/queries/mails";
import { findDatabaseStatus, listLastJobRuns } from "@opengsync/db/queries/system-status";
import { LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Metadata, Tabs, Time } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { listRoutes } from "../../framework/list-routes.tsx";
import { admin } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { auditRoutes } from "./audit-routes.tsx";
import { SystemPage } from "./system-page.tsx";
import { MailStatus, mailsTable } from "./tables.tsx";

const adminPages = [
	{ href: "/admin/mail/", icon: "mail", title: "Mails", text: "What was sent, to whom, and what waits" },
	{ href: "/admin/audit/", icon: "history", title: "Audit trail", text: "Who changed what, and when" },
	{ href: "/admin/system/", icon: "server", title: "System", text: "Versions, database and jobs" },
	{ href: "/users/", icon: "users", title: "Users", text: "Accounts and roles" },
] as const;

const crumbs = [{ label: "Admin", href: "/admin_page/" }];

async function loadMail(exchange: Exchange<{ id: number }>): Promise<MailDetails> {
	const mail = await findMail(exchange.db, exchange.params.id);
	if (!mail) throw new NotFoundError("This mail");
	return mail;
}

/** Body of a mail: HTML in a frame that may neither run scripts nor reach the site, and the text part. */
function MailBody({ mail }: { mail: MailDetails }) {
	if (mail.html === "" && mail.text === "") {
		return (
			<EmptyState
				icon="mail"
				title="The body was not kept"
				hint="Mails may hold secret links: once a mail server has taken them, only the heading stays."
			/>
		);
	}
	const frame = (
		<iframe
			title="Mail"
			class="mail-frame"
			src={`/admin/mail/${mail.id}/html/`}
			sandbox=""
			referrerpolicy="no-referrer"
			style="width:100%;height:75vh;border:0;background:#fff"
		/>
	);
	return (
		<Tabs
			tabs={[
				{ key: "html", title: "HTML", content: <Card padded={false}>{frame}</Card> },
				{
					key: "text",
					title: "Text",
					content: (
						<Card>
							<pre style="white-space:pre-wrap">{mail.text}</pre>
						</Card>
					),
				},
			]}
		/>
	);
}

const mailPage = defineRoute({
	method: "GET",
	path: "/admin/mail/:id/",
	kind: "page",
	policy: admin,
	summary: "A mail of the outbox",
	params: withId,
	handler: async (exchange) => {
		const mail = await loadMail(exchange);
		return exchange.page(
			{
				title: mail.subject,
				active: "admin",
				breadcrumbs: [...crumbs, { label: "Mails", href: "/admin/mail/" }, { label: String(mail.id) }],
			},
			<>
				<Card>
					<Metadata
						items={[
							{ label: "To", value: mail.recipients.join(", ") },
							{ label: "Status", value: <MailStatus status={mail.status} /> },
							{ label: "Written", value: <Time at={mail.created_at} seconds /> },
							{ label: "Sent", value: <Time at={mail.sent_at} seconds /> },
							{ label: "Attempts", value: mail.attempts },
							...(mail.error ? [{ label: "Answer of the mail server", value: mail.error, wide: true }] : []),
						]}
					/>
				</Card>
				<MailBody mail={mail} />
			</>,
		);
	},
});

const mailHtml = defineRoute({
	method: "GET",
	path: "/admin/mail/:id/html/",
	kind: "file",
	policy: admin,
	summary: "HTML part of a mail",
	params: withId,
	userContent: true,
	secretUrl: true,
	handler: async (exchange) => {
		const mail = await loadMail(exchange);
		return exchange.download(mail.html, {
			fileName: `mail-${mail.id}.html`,
			contentType: "text/html; charset=utf-8",
			inline: true,
		});
	},
});

const adminPage = defineRoute({
	method: "GET",
	path: "/admin_page/",
	kind: "page",
	policy: admin,
	summary: "What admins look after",
	handler: (exchange) =>
		exchange.page(
			{ title: "Admin", active: "admin" },
			<Card>
				<Metadata
					items={adminPages.map(({ href, icon, title, text }) => ({
						label: text,
						value: (
							<LinkButton href={href} icon={icon}>
								{title}
							</LinkButton>
						),
					}))}
				/>
			</Card>,
		),
});

const systemPage = defineRoute({
	method: "GET",
	path: "/admin/system/",
	kind: "page",
	policy: admin,
	summary: "Versions, database and jobs",
	handler: async (exchange) => {
		const database = await findDatabaseStatus(exchange.db);
		const jobs = database.has_jobs ? await listLastJobRuns(exchange.db) : [];
		return exchange.page(
			{ title: "System", active: "admin", breadcrumbs: [...crumbs, { label: "System" }] },
			<SystemPage database={database} jobs={jobs} />,
		);
	},
});

/** Pages of admins. */
export const adminRoutes: readonly Route[] = [
	adminPage,
	systemPage,
	...listRoutes({
		path: "/admin/mail/",
		policy: admin,
		title: "Mails",
		active: "admin",
		summary: "Mails of the outbox",
		list: mailsTable,
		spec: mailList,
	}),
	mailPage,
	mailHtml,
	...auditRoutes,
];
