import { httpCopyCommand, syncRemark, webdavSyncCommand, wgetCommand } from "@opengsync/domain/download-commands";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import type { FacilityConfig } from "../config.ts";
import type { FacilityMailParts } from "./facility-parts.ts";
import { layOutMail, type MailBlock } from "./mail-document.ts";
import type { MailMessage } from "./transport.ts";

/** What the mail about shared data tells. */
export interface ProjectDataMail {
	readonly displayIdentifier: string;
	readonly token: string;
	readonly expires: Date;
	readonly comment: string | null;
	readonly requests: readonly { readonly id: number; readonly name: string; readonly submitted: Date | null }[];
	readonly experiments: readonly { readonly name: string; readonly completed: Date | null }[];
	/** Real paths for people inside the facility; null leaves the block out. */
	readonly internalPaths: readonly string[] | null;
	/** Null for an anonymous message. */
	readonly sender: { readonly name: string; readonly email: string } | null;
}

/** Mail *project data* with its contents in the order of access-and-web.md §17. */
export async function writeProjectDataMail(
	config: FacilityConfig,
	parts: FacilityMailParts,
	mail: ProjectDataMail,
): Promise<Omit<MailMessage, "to">> {
	return layOutMail(config, {
		subject: `[${mail.displayIdentifier}]: ${config.organization} Shared Project Data`,
		...(parts.signature && { signatureHtml: parts.signature }),
		blocks: [
			...facilityBlock(parts.header),
			...(mail.comment ? [{ kind: "paragraph", text: mail.comment } as const] : []),
			...downloadBlocks(config, mail.token),
			{ kind: "heading", text: "Requests" },
			{
				kind: "list",
				items: mail.requests.map((request) => ({
					label: requestIdentifier(request.id),
					href: `${config.externalBaseUrl}/seq_requests/${request.id}/`,
					detail: [request.name, request.submitted && `submitted ${formatDay(request.submitted, config)}`]
						.filter(Boolean)
						.join(", "),
				})),
			},
			{ kind: "heading", text: "Experiments" },
			{
				kind: "list",
				items: mail.experiments.map((experiment) => ({
					label: experiment.name,
					...(experiment.completed && { detail: `completed ${formatDay(experiment.completed, config)}` }),
				})),
			},
			{
				kind: "paragraph",
				text: `The link is valid until ${formatMinute(mail.expires, config)}. After that, please ask for a new one.`,
			},
			...internalBlocks(parts, mail.internalPaths),
			...facilityBlock(parts.footer),
			...(mail.sender ? [{ kind: "paragraph", text: `Sent by ${mail.sender.name} (${mail.sender.email})` } as const] : []),
		],
	});
}

/** Mail *directory* (access-and-web.md §15.2, §17). */
export async function writeDirectoryMail(
	config: FacilityConfig,
	parts: FacilityMailParts,
	mail: Pick<ProjectDataMail, "token" | "expires" | "sender">,
): Promise<Omit<MailMessage, "to">> {
	return layOutMail(config, {
		subject: `${config.organization} Shared a Directory`,
		...(parts.signature && { signatureHtml: parts.signature }),
		blocks: [
			...downloadBlocks(config, mail.token),
			{
				kind: "paragraph",
				text: `The link is valid until ${formatMinute(mail.expires, config)}. Please download and back up the data within 90 days, as long-term availability cannot be guaranteed.`,
			},
			...(mail.sender ? [{ kind: "paragraph", text: `Sent by ${mail.sender.name} (${mail.sender.email})` } as const] : []),
		],
	});
}

/** Mail *request reviewed* (access-and-web.md §17, requests-and-annotation.md §2.5). */
export async function writeRequestReviewedMail(
	config: FacilityConfig,
	parts: FacilityMailParts,
	mail: {
		readonly requestId: number;
		readonly requestName: string;
		readonly response: string;
		readonly comment: string | null;
		readonly recipientName?: string;
	},
): Promise<Omit<MailMessage, "to">> {
	const identifier = requestIdentifier(mail.requestId);
	return layOutMail(config, {
		subject: `[${identifier}]: ${config.organization} Request ${mail.response}`,
		...(mail.recipientName && { recipientName: mail.recipientName }),
		...(parts.signature && { signatureHtml: parts.signature }),
		blocks: [
			{ kind: "paragraph", text: `Your request ${identifier} "${mail.requestName}" has been reviewed: ${mail.response}.` },
			...(mail.comment ? [{ kind: "paragraph", text: mail.comment } as const] : []),
			{ kind: "link", label: "Open the request", href: `${config.externalBaseUrl}/seq_requests/${mail.requestId}/` },
		],
	});
}

function downloadBlocks(config: FacilityConfig, token: string): MailBlock[] {
	return [
		{ kind: "heading", text: "WebDAV sync (recommended)" },
		{ kind: "paragraph", text: `Fastest; fetches only what is missing or changed; needs a recent rclone. Note: ${syncRemark}` },
		{ kind: "code", text: webdavSyncCommand(config, token) },
		{ kind: "heading", text: "HTTP copy" },
		{ kind: "code", text: httpCopyCommand(config, token) },
		{ kind: "heading", text: "wget" },
		{ kind: "paragraph", text: "Only if rclone is not available." },
		{ kind: "code", text: wgetCommand(config, token) },
		{ kind: "link", label: "Browse the files", href: `${config.externalBaseUrl}/files/share/browse/${token}/` },
	];
}

function internalBlocks(parts: FacilityMailParts, paths: readonly string[] | null): MailBlock[] {
	if (!paths) return [];
	const list: MailBlock = { kind: "list", items: paths.map((path) => ({ label: path })) };
	return [{ kind: "heading", text: "Internal access" }, ...facilityBlock(parts.internalAccess), list];
}

function facilityBlock(markup: string | undefined): MailBlock[] {
	return markup ? [{ kind: "facilityHtml", html: markup }] : [];
}

function formatDay(at: Date, config: FacilityConfig): string {
	return formatMinute(at, config).slice(0, 10);
}

function formatMinute(at: Date, config: FacilityConfig): string {
	return at.toLocaleString("sv-SE", { timeZone: config.timeZone }).slice(0, 16);
}
