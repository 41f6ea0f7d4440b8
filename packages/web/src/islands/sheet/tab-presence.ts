/** Tells two tabs of one browser that they show the same sheet, so that nobody overwrites work unknowingly. */

interface TabMessage {
	readonly kind: "opened" | "present" | "saved" | "closed";
	readonly tab: string;
}

/** What a tab learns about others. */
export interface TabEvents {
	/** Another tab had this sheet open before. */
	othersPresent(): void;
	/** Another tab has opened this sheet after this one. */
	othersOpened(): void;
	/** Another tab has kept a newer draft. */
	othersSaved(): void;
	/** The other tab has been closed. */
	othersClosed(): void;
}

/** Presence of this tab on the channel of a sheet. */
export class TabPresence {
	private readonly channel: BroadcastChannel;
	private readonly tab = crypto.randomUUID();

	constructor(key: string, events: TabEvents) {
		this.channel = new BroadcastChannel(`opengsync.sheet.${key}`);
		this.channel.addEventListener("message", (event: MessageEvent<TabMessage>) => {
			switch (event.data.kind) {
				case "opened":
					this.send("present");
					events.othersOpened();
					break;
				case "present":
					events.othersPresent();
					break;
				case "saved":
					events.othersSaved();
					break;
				case "closed":
					events.othersClosed();
					break;
			}
		});
		this.send("opened");
	}

	/** Tells the other tabs that this one has kept a draft. */
	announceSave(): void {
		this.send("saved");
	}

	close(): void {
		this.send("closed");
		this.channel.close();
	}

	private send(kind: TabMessage["kind"]): void {
		this.channel.postMessage({ kind, tab: this.tab } satisfies TabMessage);
	}
}
