/** Keeps what is typed safe: in this browser at once, on the server soon, and tells about other tabs, expiry and conflicts. */
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { fingerprintOf, isUnsaved, readDraft, removeDraft, removeOldDrafts, writeDraft } from "./draft-store.ts";
import type { Notices } from "./notices.ts";
import { ServerDraft, type ServerDraftStatus, type ServerDraftTarget } from "./server-draft.ts";
import { TabPresence } from "./tab-presence.ts";

const localPauseMs = 300;

/** What the keeper needs from the sheet. */
export interface DraftOwner {
	readonly key: string;
	/** The sheet as the server presents it. */
	readonly shown: RawSheet;
	/** The server shows the sheet only to have it corrected, and has not kept it. */
	readonly refused: boolean;
	readonly target: ServerDraftTarget | null;
	readonly notices: Notices;
	/** Where "Saved …" is said. */
	readonly status: HTMLElement;
	readSheet(): RawSheet;
	/** Replaces the sheet, as one step that can be undone. */
	replaceSheet(sheet: RawSheet): void;
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
	private readonly flushOnLeave = () => this.flush();

	constructor(owner: DraftOwner) {
		this.owner = owner;
		this.base = fingerprintOf(JSON.stringify(owner.shown));
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
		window.addEventListener("pagehide", this.flushOnLeave);
	}

	/** Brings back what was typed and never reached the server, with a notice that can put it aside. */
	restore(): void {
		const { key, shown, refused, notices } = this.owner;
		const draft = readDraft(localStorage, key);
		if (refused) {
			this.base = draft?.base ?? "";
			if (!draft || draft.submitted) {
				writeDraft(localStorage, key, { sheet: shown, base: this.base, savedAt: Date.now(), submitted: false });
				return;
			}
		}
		if (!draft) {
			return;
		}
		if (!isUnsaved(draft, shown)) {
			if (!refused) {
				removeDraft(localStorage, key);
			}
			return;
		}
		this.owner.replaceSheet(draft.sheet);
		const time = new Date(draft.savedAt).toLocaleString();
		notices.show("draft", "info", `Brought back what you had typed here until ${time}; it had not been submitted.`, [
			{
				label: "Discard it",
				act: () => {
					this.owner.replaceSheet(shown);
					this.flush();
					removeDraft(localStorage, key);
				},
			},
		]);
	}

	/** Something was typed. */
	schedule(): void {
		this.isPending = true;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.flush(), localPauseMs);
		this.server?.schedule(() => this.owner.readSheet());
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
		window.removeEventListener("pagehide", this.flushOnLeave);
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
		const draft = { sheet: this.owner.readSheet(), base: this.base, savedAt: Date.now(), submitted };
		if (writeDraft(localStorage, this.owner.key, draft)) {
			this.owner.notices.hide("storage");
			this.owner.status.textContent = `Kept in this browser ${new Date().toLocaleTimeString()}`;
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
			this.owner.replaceSheet(draft.sheet);
		}
	}

	private tellServerStatus(status: ServerDraftStatus): void {
		const { notices } = this.owner;
		if (status === "saved") {
			notices.hide("server");
			this.owner.status.textContent = `Saved ${new Date().toLocaleTimeString()}`;
		} else if (status === "expired") {
			notices.show(
				"server",
				"warning",
				"Your session has expired. What you type is kept in this browser: sign in again in another tab, then go on here.",
			);
		} else if (status === "conflict") {
			notices.show(
				"server",
				"danger",
				"This sheet was changed elsewhere since you opened it. What you type is kept in this browser; reload the page to see the other version.",
			);
		} else {
			this.owner.status.textContent = "The server cannot be reached; kept in this browser";
		}
	}
}
