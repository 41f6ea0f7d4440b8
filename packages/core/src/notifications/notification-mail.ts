import { requestIdentifier } from "@opengsync/domain/identifiers";
import { findNotificationKind, type NotificationKindKey } from "@opengsync/domain/notifications";
import type { FacilityConfig } from "../config.ts";
import type { FacilityMailParts } from "../mail/facility-parts.ts";
import { layOutMail, type MailBlock, type MailDocument } from "../mail/mail-document.ts";
import type { MailMessage } from "../mail/transport.ts";
import type { Notification, Recipient, RecipientReason } from "./notification.ts";
import { writeUnsubscribeToken } from "./unsubscribe-token.ts";

const reasons: Readonly<Record<RecipientReason, string>> = {
	requestor: "it is your request",
	contact: "you are its contact person",
	assignee: "the request is assigned to you",
	mentioned: "you were mentioned",
};

/** A longer text of somebody is cut in a digest; the page has it all. */
const maxDetailInDigest = 300;

type MailRecipient = Pick<Recipient, "userId" | "email" | "name">;

/** The mail about one event, for one person. */
export function writeNotificationMail(
	config: FacilityConfig,
	parts: FacilityMailParts,
	notification: Notification,
	recipient: Recipient,
): Promise<MailMessage> {
	const identifier = requestIdentifier(notification.requestId);
	const url = requestUrl(config, notification.requestId, notification.tab);
	const blocks: MailBlock[] = [
		{ kind: "paragraph", text: `${identifier} "${notification.requestName}": ${notification.summary}` },
		...(notification.detail ? [{ kind: "paragraph", text: notification.detail } as const] : []),
		...(recipient.userId === null ? [] : [{ kind: "link", label: "Open the request", href: url } as const]),
	];
	const subject = `[${identifier}]: ${notification.summary.replace(/\.$/, "")}`;
	const why = `You get this mail because ${reasons[recipient.reason]}.`;
	return layOutForRecipient(config, parts, { subject, blocks }, recipient, [notification.kind], why);
}

/** One thing that waited for the digest. */
export type DigestItem = Omit<Notification, "tab">;

/** The mail of a day, for one person; items in their order, those of a request together. */
export function writeDigestMail(
	config: FacilityConfig,
	parts: FacilityMailParts,
	items: readonly DigestItem[],
	recipient: MailRecipient,
): Promise<MailMessage> {
	const requests = [...new Map(items.map((item) => [item.requestId, item.requestName]))];
	const blocks = requests.flatMap(([id, name]): MailBlock[] => [
		{ kind: "heading", text: `${requestIdentifier(id)} ${name}` },
		{
			kind: "list",
			items: items
				.filter((item) => item.requestId === id)
				.map((item) => ({ label: item.summary, ...(item.detail && { detail: shorten(item.detail) }) })),
		},
		{ kind: "link", label: "Open the request", href: requestUrl(config, id) },
	]);
	const subject = items.length === 1 ? "One thing happened" : `${items.length} things happened`;
	const kinds = [...new Set(items.map((item) => item.kind))];
	const why = "You get this mail because you chose a daily digest.";
	return layOutForRecipient(config, parts, { subject: `${config.organization}: ${subject}`, blocks }, recipient, kinds, why);
}

async function layOutForRecipient(
	config: FacilityConfig,
	parts: FacilityMailParts,
	document: Pick<MailDocument, "subject" | "blocks">,
	recipient: MailRecipient,
	kinds: readonly NotificationKindKey[],
	why: string,
): Promise<MailMessage> {
	const { userId, email } = recipient;
	const token = writeUnsubscribeToken(config.secretKey, { userId, email, kinds });
	const stopUrl = `${config.externalBaseUrl}/notifications/unsubscribe/${token}/`;
	const topics = kinds.map((kind) => findNotificationKind(kind)?.topic ?? kind);
	const smallPrint: MailBlock[] = [
		{ kind: "paragraph", text: why },
		{ kind: "link", label: `No more mails about ${joinWords(topics)}`, href: stopUrl },
		...(userId === null
			? []
			: [
					{
						kind: "link",
						label: "Choose what you are told",
						href: `${config.externalBaseUrl}/users/${userId}/?tab=notifications`,
					} as const,
				]),
	];
	const message = await layOutMail(config, {
		...document,
		recipientName: recipient.name,
		smallPrint,
		...(parts.signature ? { signatureHtml: parts.signature } : {}),
	});
	return {
		...message,
		to: [email],
		headers: { "List-Unsubscribe": `<${stopUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
	};
}

function requestUrl(config: FacilityConfig, requestId: number, tab?: string): string {
	return `${config.externalBaseUrl}/seq_requests/${requestId}/${tab ? `?tab=${tab}` : ""}`;
}

function shorten(text: string): string {
	const line = text.replaceAll(/\s+/g, " ");
	return line.length > maxDetailInDigest ? `${line.slice(0, maxDetailInDigest)}…`.toWellFormed() : line;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
	const last = words.at(-1) ?? "";
	return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
