import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "../config.ts";
import { writeDirectoryMail, writeProjectDataMail, writeRequestReviewedMail } from "./project-data-mail.ts";
import { createSmtpTransport } from "./smtp-transport.ts";

const received: { to: string[]; raw: string }[] = [];
const server = new SMTPServer({
	authOptional: true,
	disabledCommands: ["STARTTLS"],
	onRcptTo: ({ address }, _session, callback) => callback(address.startsWith("refused") ? new Error("no such user") : null),
	onData(stream, session, callback) {
		const chunks: Buffer[] = [];
		stream.on("data", (chunk: Buffer) => chunks.push(chunk));
		stream.on("end", () => {
			received.push({ to: session.envelope.rcptTo.map((recipient) => recipient.address), raw: Buffer.concat(chunks).toString() });
			callback();
		});
	},
});
let port = 0;
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.server.address();
	port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const config = {
	...loadConfig({ dataFolder: "/nowhere", port: 5000, secretKey: "k", environment: {} }),
	organization: "Core <Lab>",
};
const expires = new Date("2026-03-01T11:00:00Z");
const message = { subject: "Ünï", html: "<p>hello</p>", text: "hello" };
const settings = { server: "127.0.0.1", sender: "Core <core@example.org>", allowsPlainText: true };

it("reaches every recipient without telling them of each other", async () => {
	await createSmtpTransport({ ...settings, port }).deliver({ ...message, to: ["a@example.org", "b@example.org"] });
	const mail = received.at(-1);
	expect(mail?.to).toEqual(["a@example.org", "b@example.org"]);
	expect(mail?.raw).not.toContain("b@example.org");
	const parsed = await simpleParser(mail?.raw ?? "");
	expect([parsed.subject, parsed.text?.trim(), parsed.html]).toEqual(["Ünï", "hello", "<p>hello</p>"]);
});

it("hands headers over unfolded, so that a mail program finds the button to unsubscribe", async () => {
	const url = `<https://lims.example.org/notifications/unsubscribe/${"x".repeat(300)}/>`;
	const headers = { "List-Unsubscribe": url, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
	await createSmtpTransport({ ...settings, port }).deliver({ ...message, headers, to: ["a@example.org"] });
	const lines = (received.at(-1)?.raw ?? "").replaceAll(/\r\n\s+/g, " ");
	expect(lines).toContain(`List-Unsubscribe: ${url}`);
	expect(lines).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
});

it("reports a refused address, and a server without TLS unless that is allowed", async () => {
	const transport = createSmtpTransport({ ...settings, port });
	await expect(transport.deliver({ ...message, to: ["refused@example.org"] })).rejects.toThrow();
	await expect(transport.deliver({ ...message, to: ["a@example.org", "refused@example.org"] })).rejects.toThrow("refused 1 of 2");
	const strict = createSmtpTransport({ server: "127.0.0.1", port, sender: settings.sender });
	await expect(strict.deliver({ ...message, to: ["a@example.org"] })).rejects.toThrow();
});

it("tells about project data in the agreed order, escaped, with the sender only if wanted", async () => {
	const data = {
		displayIdentifier: "P17",
		token: "TOKEN",
		expires,
		comment: "<script>alert(1)</script>",
		requests: [{ id: 42, name: "My <b>request", submitted: expires }],
		experiments: [{ name: "EXP1", completed: null }],
		internalPaths: ["/projects/p1"],
		sender: { name: "Ann Example", email: "ann@example.org" },
	};
	const parts = { header: "<p>HEADER</p>", footer: "<p>FOOTER</p>" };
	const mail = await writeProjectDataMail(config, parts, data);
	expect(mail.subject).toBe("[P17]: Core <Lab> Shared Project Data");
	const order = [
		"HEADER",
		"<script>",
		"rclone sync",
		"rclone copy",
		"wget -P",
		"/files/share/browse/TOKEN/",
		"BSR_0042",
		"EXP1",
		"2026-03-01 12:00",
		"/projects/p1",
		"FOOTER",
		"Ann Example",
	];
	const places = order.map((text) => mail.text.indexOf(text));
	expect(places).not.toContain(-1);
	expect(places).toEqual([...places].sort((left, right) => left - right));
	expect(mail.html).not.toContain("<script>");
	expect(mail.html).toContain("My &lt;b&gt;request");
	expect(mail.html).toMatch(/<pre style="[^"]*background/);
	expect((await writeProjectDataMail(config, {}, { ...data, sender: null })).text).not.toContain("Ann");
});

it("tells about a directory and a reviewed request", async () => {
	const directory = await writeDirectoryMail(config, {}, { token: "TOKEN", expires, sender: null });
	expect(directory.subject).toBe("Core <Lab> Shared a Directory");
	expect(directory.text).toContain("within 90 days");
	const review = { requestId: 42, requestName: "R", response: "Accepted\r\nBcc: x@example.org", comment: null };
	const reviewed = await writeRequestReviewedMail(config, {}, review);
	expect(reviewed.subject).toBe("[BSR_0042]: Core <Lab> Request Accepted Bcc: x@example.org");
	expect(reviewed.text).toContain("/seq_requests/42/");
});
