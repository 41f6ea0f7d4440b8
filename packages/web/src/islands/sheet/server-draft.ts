/**
 * Sends what is typed to the server as it is typed, so that it can be continued on another computer. Contract: POST JSON
 * `{version, sheet, values}` to the draft's URL; 200 with `{version}` when kept, 409 when somebody else has kept another version since,
 * 404 when the run is gone, 413 when it is too large, 400, 401, 403 or a redirect when the session has expired. DELETE puts the draft aside.
 */
import { csrfToken } from "../csrf-token.ts";
import type { Typed } from "./draft-store.ts";

const pauseMs = 1500;
const retryMs = 15_000;

/** Where drafts of this sheet go and which version the page shows. */
export interface ServerDraftTarget {
	readonly url: string;
	readonly version: number;
	/** When the draft that the page shows was kept (ISO 8601); null = the page shows none. */
	readonly changedAt: string | null;
}

/** What became of sending; `refused` = another tab, computer or person was faster, or it cannot be kept, with the server's words. */
export type ServerDraftStatus =
	| { readonly kind: "saved" | "expired" | "offline" }
	| { readonly kind: "refused"; readonly message: string };

/** True for the answer to a kept draft. */
function hasVersion(value: unknown): value is { version: number } {
	return typeof value === "object" && value !== null && "version" in value && typeof value.version === "number";
}

/** One request at a time, after a pause in typing, the newest sheet only; repeated while the server cannot be reached. */
export class ServerDraft {
	/** The newest version that this page knows. */
	version: number;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private waiting: (() => Typed) | null = null;
	private isSending = false;
	private isStopped = false;
	private readonly url: string;
	private readonly onStatus: (status: ServerDraftStatus) => void;

	constructor(target: ServerDraftTarget, onStatus: (status: ServerDraftStatus) => void) {
		this.url = target.url;
		this.version = target.version;
		this.onStatus = onStatus;
	}

	/** Sends the sheet soon; a later call replaces an earlier one that has not been sent. */
	schedule(read: () => Typed): void {
		this.waiting = read;
		this.wait(pauseMs);
	}

	/** Sends nothing any more: the form has been submitted, or the sheet has left the page. */
	stop(): void {
		this.isStopped = true;
		clearTimeout(this.timer);
	}

	private wait(delayMs: number): void {
		clearTimeout(this.timer);
		if (!this.isStopped && !this.isSending) {
			this.timer = setTimeout(() => void this.send(), delayMs);
		}
	}

	private async send(): Promise<void> {
		const read = this.waiting;
		if (!read || this.isStopped) {
			return;
		}
		this.waiting = null;
		this.isSending = true;
		const status = await this.post(read());
		this.isSending = false;
		if (this.isStopped) {
			return;
		}
		this.onStatus(status);
		if (status.kind === "refused") {
			this.stop();
		} else if (status.kind === "saved") {
			if (this.waiting) {
				this.wait(pauseMs);
			}
		} else {
			this.waiting ??= read;
			this.wait(retryMs);
		}
	}

	/** Puts the kept draft aside. Resolves to whether that was possible. */
	async discard(): Promise<boolean> {
		this.stop();
		try {
			return (await this.ask("DELETE")).ok;
		} catch {
			return false;
		}
	}

	private ask(method: "POST" | "DELETE", body?: string): Promise<Response> {
		return fetch(this.url, {
			method,
			credentials: "same-origin",
			redirect: "manual",
			headers: { "content-type": "application/json", "x-csrf-token": csrfToken() },
			...(body === undefined ? {} : { body }),
		});
	}

	private async post({ sheet, values }: Typed): Promise<ServerDraftStatus> {
		try {
			const response = await this.ask("POST", JSON.stringify({ version: this.version, sheet, values }));
			if ([404, 409, 413].includes(response.status)) {
				return { kind: "refused", message: await response.text() };
			}
			if (response.type === "opaqueredirect" || [400, 401, 403].includes(response.status)) {
				return { kind: "expired" };
			}
			const body: unknown = response.ok ? await response.json() : null;
			if (!hasVersion(body)) {
				return { kind: "offline" };
			}
			this.version = body.version;
			return { kind: "saved" };
		} catch {
			return { kind: "offline" };
		}
	}
}
