import type { Tx } from "@opengsync/db/transaction";
import { recordEvent } from "../audit/record-event.ts";
import type { FacilityConfig } from "../config.ts";
import { readFacilityMailParts } from "../mail/facility-parts.ts";
import { layOutMail, type MailBlock } from "../mail/mail-document.ts";
import { enqueueMail } from "../mail/outbox.ts";

/** A mail about an account (access-and-web.md §17). */
export type AccountMail =
	| { readonly kind: "registration"; readonly token: string }
	| { readonly kind: "welcome back" }
	| { readonly kind: "reset"; readonly token: string }
	| { readonly kind: "activation"; readonly token: string }
	| { readonly kind: "new address"; readonly token: string }
	| { readonly kind: "address changed"; readonly oldEmail: string; readonly newEmail: string };

/** To whom it goes. */
export interface AccountMailRecipient {
	readonly email: string;
	/** Account concerned; null while there is none. */
	readonly userId: number | null;
	/** For the greeting. */
	readonly name?: string;
}

const lifeNotice = "The link works once and only within 24 hours.";

/** An account as a recipient. */
export function recipientOf(user: {
	readonly id: number;
	readonly email: string;
	readonly first_name: string;
	readonly last_name: string;
}): AccountMailRecipient {
	return { email: user.email, userId: user.id, name: `${user.first_name} ${user.last_name}` };
}

/** Puts a mail about an account into the outbox, within the transaction. @returns the id of its row */
export async function enqueueAccountMail(
	tx: Tx,
	config: FacilityConfig,
	recipient: AccountMailRecipient,
	mail: AccountMail,
): Promise<number> {
	const parts = await readFacilityMailParts(config);
	const { subject, blocks } = contentOf(mail, recipient, config);
	const message = await layOutMail(config, {
		subject,
		blocks,
		...(recipient.name ? { recipientName: recipient.name } : {}),
		...(parts.signature ? { signatureHtml: parts.signature } : {}),
	});
	return enqueueMail(tx, { ...message, to: [recipient.email] });
}

/** The same, noted in the audit trail. */
export async function sendAccountMail(
	tx: Tx,
	config: FacilityConfig,
	recipient: AccountMailRecipient,
	mail: AccountMail,
): Promise<void> {
	await enqueueAccountMail(tx, config, recipient, mail);
	await recordAccountMail(tx, "link_sent", recipient, mail);
}

/** Notes in the audit trail that a mail goes out, or that somebody asked for one in vain. Never the link itself. */
export async function recordAccountMail(
	tx: Tx,
	kind: "link_sent" | "link_refused",
	recipient: AccountMailRecipient,
	mail: AccountMail,
): Promise<void> {
	const object = recipient.userId === null ? null : { table: "lims_user", id: recipient.userId };
	await recordEvent(tx, { kind, object, details: { mail: mail.kind, email: recipient.email } });
}

function contentOf(
	mail: AccountMail,
	{ email }: AccountMailRecipient,
	config: FacilityConfig,
): { readonly subject: string; readonly blocks: readonly MailBlock[] } {
	const at = (path: string) => `${config.externalBaseUrl}${path}`;
	const notYou = `If this was not you, please write to ${config.email}.`;
	switch (mail.kind) {
		case "registration":
			return {
				subject: "OpeNGSync User Registration",
				blocks: [
					{ kind: "paragraph", text: `Please complete your registration. The link is only for ${email}. ${lifeNotice}` },
					{ kind: "link", label: "Complete the registration", href: at(`/auth/register/${mail.token}/`) },
				],
			};
		case "welcome back":
			return {
				subject: "Welcome Back to OpeNGSync",
				blocks: [
					{ kind: "paragraph", text: `There is an account with the address ${email} already. ${notYou}` },
					{ kind: "link", label: "Sign in", href: at("/auth/auth/") },
					{ kind: "link", label: "Forgot the password?", href: at("/auth/forgot_password/") },
				],
			};
		case "reset":
			return {
				subject: "OpeNGSync Password Reset",
				blocks: [
					{ kind: "paragraph", text: `Here you can choose a new password. ${lifeNotice} If you do nothing, the old one stays.` },
					{ kind: "link", label: "Choose a new password", href: at(`/auth/reset_password/${mail.token}/`) },
				],
			};
		case "activation":
			return {
				subject: "OpeNGSync Account Activation",
				blocks: [
					{ kind: "paragraph", text: `Your account has been activated. Please choose a password. ${lifeNotice}` },
					{ kind: "link", label: "Choose a password", href: at(`/auth/reset_password/${mail.token}/`) },
				],
			};
		case "new address":
			return {
				subject: "OpeNGSync Change of E-mail",
				blocks: [
					{ kind: "paragraph", text: `Please confirm that ${email} is your new address. ${lifeNotice} ${notYou}` },
					{ kind: "link", label: "Confirm the address", href: at(`/auth/change_email/${mail.token}/`) },
				],
			};
		case "address changed":
			return {
				subject: "OpeNGSync E-mail Changed",
				blocks: [
					{
						kind: "paragraph",
						text: `The address of your account was changed from ${mail.oldEmail} to ${mail.newEmail}. Sign in with the new one from now on. ${notYou}`,
					},
				],
			};
	}
}
