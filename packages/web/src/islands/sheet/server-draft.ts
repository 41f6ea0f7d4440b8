/**
 * Sends what is typed to the server as it is typed, so that it can be continued on another computer. Contract: POST JSON
 * `{version, sheet}` to the draft's URL; 200 with `{version}` when kept, 409 when somebody else has kept another version since,
 * 401/403 or a redirect when the session has expired.
 */
import type { RawSheet } from "@opengsync/domain/sheets/types";

const pauseMs = 1500;
const retryMs = 15_000;

/** Where drafts of this sheet go and which version the page shows. */
export interface ServerDraftTarget {
	readonly url: string;
	readonly version: number;
}

/** What became of sending. */
export type ServerDraftStatus = "saved" | "conflict" | "expired" | "offline";

/** True for the answer to a kept draft. */
function hasVersion(value: unknown): value is { version: number } {
	return typeof value === "object" && value !== null && "version" in value && typeof value.version === "number";
}

/** One request at a time, after a pause in typing, the newest sheet only; repeated while the server cannot be reached. */
export class ServerDraft {
	private version: number;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private waiting: (() => RawSheet) | null = null;
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
	schedule(read: () => RawSheet): void {
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
		if (status === "conflict") {
			this.stop();
		} else if (status === "saved") {
			if (this.waiting) {
				this.wait(pauseMs);
			}
		} else {
			this.waiting ??= read;
			this.wait(retryMs);
		}
	}

	private async post(sheet: RawSheet): Promise<ServerDraftStatus> {
		const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content");
		try {
			const response = await fetch(this.url, {
				method: "POST",
				credentials: "same-origin",
				redirect: "manual",
				headers: { "content-type": "application/json", ...(token ? { "x-csrf-token": token } : {}) },
				body: JSON.stringify({ version: this.version, sheet }),
			});
			if (response.status === 409) {
				return "conflict";
			}
			if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
				return "expired";
			}
			const body: unknown = response.ok ? await response.json() : null;
			if (!hasVersion(body)) {
				return "offline";
			}
			this.version = body.version;
			return "saved";
		} catch {
			return "offline";
		}
	}
}
