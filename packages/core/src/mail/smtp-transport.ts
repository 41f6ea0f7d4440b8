import nodemailer from "nodemailer";
import type { MailTransport } from "./transport.ts";

/** How to reach the mail server: background-and-ops.md §9.2. */
export interface SmtpSettings {
	readonly server: string;
	readonly port: number;
	readonly user?: string | undefined;
	readonly password?: string | undefined;
	readonly sender: string;
	/** Only for servers without TLS on the same machine, e.g. in tests. */
	readonly allowsPlainText?: boolean;
}

/**
 * Sends over SMTP with STARTTLS (port 465: TLS from the start). Several recipients get one message as blind copies: they do not
 * see each other (access-and-web.md §17), and the server takes it for all of them or the message counts as refused.
 */
export function createSmtpTransport(settings: SmtpSettings): MailTransport {
	const transporter = nodemailer.createTransport({
		host: settings.server,
		port: settings.port,
		secure: settings.port === 465,
		requireTLS: !settings.allowsPlainText,
		ignoreTLS: settings.allowsPlainText ?? false,
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		socketTimeout: 20_000,
		...(settings.user && { auth: { user: settings.user, pass: settings.password ?? "" } }),
	});
	return {
		deliver: async (message) => {
			const [first] = message.to;
			const info = await transporter.sendMail({
				from: settings.sender,
				to: message.to.length === 1 && first ? { name: "", address: first } : "undisclosed-recipients:;",
				envelope: { from: settings.sender, to: [...message.to] },
				subject: message.subject,
				html: message.html,
				text: message.text,
				headers: { ...message.headers },
				disableFileAccess: true,
				disableUrlAccess: true,
			});
			if (info.rejected.length > 0)
				throw new Error(`The mail server refused ${info.rejected.length} of ${message.to.length} addresses`);
		},
	};
}
