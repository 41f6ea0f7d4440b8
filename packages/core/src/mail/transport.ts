/** A message ready to be sent: HTML with inlined styles and a text part. */
export interface MailMessage {
	readonly to: readonly string[];
	readonly subject: string;
	readonly html: string;
	readonly text: string;
}

/** Hands messages over. SMTP in production; the embedded default keeps them in the table `mail`, shown at /admin/mail. */
export interface MailTransport {
	/** @throws when the server refuses */
	deliver(message: MailMessage): Promise<void>;
}
