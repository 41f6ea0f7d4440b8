/** A message ready to be sent: HTML with inlined styles and a text part. */
export interface MailMessage {
	readonly to: readonly string[];
	readonly subject: string;
	readonly html: string;
	readonly text: string;
	/** Further header fields by name, e.g. `List-Unsubscribe`. */
	readonly headers?: Readonly<Record<string, string>>;
}

/** Hands messages over. SMTP in production; the embedded default keeps them in the table `mail`, shown at /admin/mail. */
export interface MailTransport {
	/** True when nothing leaves the machine: the outbox then keeps the bodies, else it drops them once a message is sent. */
	readonly captures?: boolean;
	/** @throws when the server refuses */
	deliver(message: MailMessage): Promise<void>;
}
