import type { MailTransport } from "./transport.ts";

/** The embedded default: takes every message and sends none. They stay readable in the outbox, at /admin/mail. */
export function createCaptureTransport(): MailTransport {
	return { captures: true, deliver: async () => undefined };
}
