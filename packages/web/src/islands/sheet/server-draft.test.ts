import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ServerDraft, type ServerDraftStatus } from "./server-draft.ts";

const typed = { sheet: { columns: ["Sample Name"], rows: [["lung_1"]] }, values: { instructions: "here" } };
let sent: { method: string; body: unknown }[];
let answers: (() => Response)[];
let statuses: ServerDraftStatus[];
let draft: ServerDraft;

const kept = (version: number) => () => Response.json({ version });
const refused = (status: number, text: string) => () => new Response(text, { status });

beforeEach(() => {
	vi.useFakeTimers();
	sent = [];
	answers = [];
	statuses = [];
	vi.stubGlobal("document", { querySelector: () => ({ getAttribute: () => "token" }) });
	vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
		sent.push({ method: String(init.method), body: typeof init.body === "string" ? JSON.parse(init.body) : null });
		const answer = answers.shift();
		if (!answer) throw new TypeError("no connection");
		return answer();
	});
	draft = new ServerDraft({ url: "/draft/", version: 4, changedAt: null }, (status) => statuses.push(status));
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

test("typing is sent once after a pause, with the version that the page knows, then with the new one", async () => {
	answers = [kept(9), kept(12)];
	draft.schedule(() => ({ ...typed, values: {} }));
	draft.schedule(() => typed);
	await vi.advanceTimersByTimeAsync(2000);
	draft.schedule(() => typed);
	await vi.advanceTimersByTimeAsync(2000);
	expect(sent.map((call) => call.body)).toEqual([
		{ version: 4, ...typed },
		{ version: 9, ...typed },
	]);
	expect(statuses).toEqual([{ kind: "saved" }, { kind: "saved" }]);
	expect(draft.version).toBe(12);
});

test.each([
	[409, "changed elsewhere"],
	[404, "expired"],
	[413, "too much"],
])("after %i the server's words are told and nothing is overwritten any more", async (status, text) => {
	answers = [refused(status, text), kept(5)];
	draft.schedule(() => typed);
	await vi.advanceTimersByTimeAsync(2000);
	draft.schedule(() => typed);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(statuses).toEqual([{ kind: "refused", message: text }]);
	expect(sent).toHaveLength(1);
});

test.each([400, 401, 403])("an expired session (%i) is told, and the same is sent again later", async (status) => {
	answers = [refused(status, ""), kept(5)];
	draft.schedule(() => typed);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(statuses).toEqual([{ kind: "expired" }, { kind: "saved" }]);
});

test("without a connection it is tried again until it succeeds", async () => {
	draft.schedule(() => typed);
	await vi.advanceTimersByTimeAsync(20_000);
	answers = [kept(5)];
	await vi.advanceTimersByTimeAsync(20_000);
	expect(statuses.at(0)).toEqual({ kind: "offline" });
	expect(statuses.at(-1)).toEqual({ kind: "saved" });
});

test("once the form is submitted nothing is sent after it", async () => {
	answers = [kept(5)];
	draft.schedule(() => typed);
	draft.stop();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(sent).toEqual([]);
});

test("putting the draft aside says whether that was possible", async () => {
	answers = [kept(0)];
	expect(await draft.discard()).toBe(true);
	expect(await draft.discard()).toBe(false);
	expect(sent.map((call) => call.method)).toEqual(["DELETE", "DELETE"]);
});
