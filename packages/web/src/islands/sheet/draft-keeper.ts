/** Keeps what is typed safe: in this browser at once, on the server soon, and tells about other tabs, expiry and conflicts. */
import {
	type Draft,
	fingerprintOfTyped,
	isUnsaved,
	readDraft,
	removeDraft,
	removeOldDrafts,
	type Typed,
	writeDraft,
} from "./draft-store.ts";
import type { Notices } from "./notices.ts";
import { ServerDraft, type ServerDraftStatus, type ServerDraftTarget } from "./server-draft.ts";
import { TabPresence } from "./tab-presence.ts";

const localPauseMs = 300;

/** What the keeper needs from the sheet. */
export interface DraftOwner {
	readonly key: string;
	/** The island; the fields beside it are those of its form. */
	readonly element: HTMLElement;
	/** Sheet and fields as the server presents them. */
	readonly shown: Typed;
	/** The server shows the sheet only to have it corrected, and has not kept it. */
	readonly refused: boolean;
	readonly target: ServerDraftTarget | null;
	readonly notices: Notices;
	/** Where "Saved …" is said. */
	readonly status: HTMLElement;
	readTyped(): Typed;
	/** Replaces sheet and fields; the sheet as one step that can be undone. */
	replaceTyped(typed: Typed): void;
}

/** The drafts of one sheet on one page. */
export class DraftKeeper {
	private readonly owner: DraftOwner;
	private readonly tabs: TabPresence;
	private readonly server: ServerDraft | null;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private isPending = false;
	/** Fingerprint of what the server has kept. */
	private base: string;
	private readonly listening = new AbortController();

	constructor(owner: DraftOwner) {
		this.owner = owner;
		this.base = fingerprintOfTyped(owner.shown);
		this.server = owner.target ? new ServerDraft(owner.target, (status) => this.tellServerStatus(status)) : null;
		this.tabs = new TabPresence(owner.key, {
			othersPresent: () =>
				owner.notices.show(
					"tab",
					"warning",
					"This sheet is already open in another tab. Type in one of them only: the last change wins.",
				),
			othersOpened: () =>
				owner.notices.show("tab", "info", "This sheet has now been opened in another tab, too. Type in one of them only."),
			othersSaved: () =>
				owner.notices.show("tab", "warning", "This sheet was changed in another tab.", [
					{ label: "Show what was typed there", act: () => this.takeStored() },
				]),
			othersClosed: () => owner.notices.hide("tab"),
		});
		removeOldDrafts(localStorage, Date.now());
		const options = { signal: this.listening.signal };
		window.addEventListener("pagehide", () => this.flush(), options);
		const form = owner.element.closest("form");
		for (const kind of ["input", "change"]) form?.addEventListener(kind, (event) => this.reactToField(event), options);
	}

	/** Brings back what was typed and never reached the server, or tells where it comes from, with a notice that can put it aside. */
	restore(): void {
		const { key, shown, refused } = this.owner;
		const draft = readDraft(localStorage, key);
		if (refused) {
			this.base = draft?.base ?? "";
			if (!draft || draft.submitted) {
				writeDraft(localStorage, key, this.draftOf(shown, false));
				this.server?.schedule(() => this.owner.readTyped());
				return;
			}
		}
		if (draft && isUnsaved(draft, shown)) {
			this.bringBack(draft);
			return;
		}
		if (!refused) {
			removeDraft(localStorage, key);
			this.tellKeptDraft();
		}
	}

	/** What this browser holds and the server does not: shown, unless something newer was typed elsewhere. */
	private bringBack(draft: Draft): void {
		const { key, shown, notices, target } = this.owner;
		const time = dayAndTime(draft.savedAt);
		if (target && target.version !== draft.serverVersion) {
			notices.show(
				"draft",
				"warning",
				`This was changed elsewhere since you typed here (${time}). This browser still holds that.`,
				[{ label: "Show what was typed here", act: () => this.owner.replaceTyped(draft) }],
			);
			return;
		}
		this.owner.replaceTyped(draft);
		notices.show("draft", "info", `Brought back what you had typed here until ${time}; it had not been submitted.`, [
			{
				label: "Discard it",
				act: () => {
					this.owner.replaceTyped(shown);
					this.flush();
					removeDraft(localStorage, key);
				},
			},
		]);
	}

	/** The page shows a draft that the server kept. */
	private tellKeptDraft(): void {
		const { notices, target } = this.owner;
		if (!target?.changedAt) {
			return;
		}
		const time = dayAndTime(target.changedAt);
		notices.show("draft", "info", `Brought back what was typed until ${time}; it had not been submitted.`, [
			{ label: "Discard it", act: () => void this.discardKeptDraft() },
		]);
	}

	private async discardKeptDraft(): Promise<void> {
		clearTimeout(this.timer);
		this.isPending = false;
		if (await this.server?.discard()) {
			removeDraft(localStorage, this.owner.key);
			location.reload();
		} else {
			this.tellServerStatus({ kind: "offline" });
		}
	}

	/** Something was typed. */
	schedule(): void {
		this.isPending = true;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.flush(), localPauseMs);
		this.server?.schedule(() => this.owner.readTyped());
	}

	/** The form is being sent: what is kept now counts as sent, until the server shows otherwise. */
	markSubmitted(): void {
		this.write(true);
		this.server?.stop();
	}

	destroy(): void {
		this.flush();
		this.server?.stop();
		this.tabs.close();
		this.listening.abort();
	}

	/** A field beside the sheet was filled in. */
	private reactToField(event: Event): void {
		if (event.target instanceof Node && !this.owner.element.contains(event.target)) {
			this.schedule();
		}
	}

	private flush(): void {
		clearTimeout(this.timer);
		if (this.isPending) {
			this.write(false);
			this.tabs.announceSave();
		}
	}

	private write(submitted: boolean): void {
		clearTimeout(this.timer);
		this.isPending = false;
		if (writeDraft(localStorage, this.owner.key, this.draftOf(this.owner.readTyped(), submitted))) {
			this.owner.notices.hide("storage");
			this.owner.status.textContent = `Kept in this browser ${clockTime()}`;
		} else {
			this.owner.notices.show(
				"storage",
				"warning",
				"This browser has no space left to keep what you type. Submit it before you leave the page.",
			);
		}
	}

	private takeStored(): void {
		const draft = readDraft(localStorage, this.owner.key);
		if (draft) {
			this.owner.replaceTyped(draft);
		}
	}

	private draftOf({ sheet, values }: Typed, submitted: boolean): Draft {
		return { sheet, values, base: this.base, savedAt: Date.now(), submitted, serverVersion: this.server?.version ?? 0 };
	}

	private tellServerStatus(status: ServerDraftStatus): void {
		const { notices } = this.owner;
		if (status.kind === "saved") {
			notices.hide("server");
			this.write(false);
			this.owner.status.textContent = `Saved ${clockTime()}`;
		} else if (status.kind === "expired") {
			notices.show(
				"server",
				"warning",
				"Your session has expired. What you type is kept in this browser: sign in again in another tab, then reload this page.",
			);
		} else if (status.kind === "refused") {
			notices.show("server", "danger", `${status.message} What you type here is kept in this browser.`, [
				{ label: "Reload the page", act: () => location.reload() },
			]);
		} else {
			this.owner.status.textContent = "The server cannot be reached; kept in this browser";
		}
	}
}

/** `14:05` on the clock of the person. */
function clockTime(): string {
	return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** `2026-12-31 14:05` on the clock of the person. */
function dayAndTime(at: string | number): string {
	return new Date(at).toLocaleString("sv-SE").slice(0, 16);
}
