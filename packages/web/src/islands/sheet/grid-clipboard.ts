/** Copy, cut and paste between the grid and other programs, with cells quoted as spreadsheets do. */

/** What the clipboard needs from the grid. */
export interface ClipboardOwner {
	/** Whether an event concerns the grid rather than another field of the page. */
	isOwn(event: Event): boolean;
	/** Whether a cell editor is open, which has a clipboard of its own. */
	isEditing(): boolean;
	/** Text to go to the selected cells. */
	paste(text: string): void;
}

/** Quotes a cell for the clipboard as spreadsheets do (RFC 4180). */
function quoteCell(text: string): string {
	return /["\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Calls the listener for the grid's own event; Chromium has native events of the same names. */
function listenTo<Detail>(grid: HTMLElement, name: string, listener: (event: CustomEvent<Detail>) => void): void {
	grid.addEventListener(name, (event: Event) => {
		if (event instanceof CustomEvent) {
			listener(event);
		}
	});
}

/** Answers the clipboard events of the grid; it never parses or writes cells itself. */
export function listenToClipboard(grid: HTMLElement, owner: ClipboardOwner): void {
	for (const name of ["beforecopy", "beforecut"]) {
		listenTo<{ event: ClipboardEvent }>(grid, name, (event) => {
			if (!owner.isOwn(event.detail.event)) {
				event.preventDefault();
			}
		});
	}
	listenTo<{ event: DataTransfer; data?: unknown[][] }>(grid, "beforecopyapply", (event) => {
		const { event: clipboard, data } = event.detail;
		event.preventDefault();
		const lines = (data ?? []).map((row) => row.map((cell) => quoteCell(String(cell ?? ""))).join("\t"));
		clipboard.setData("text/plain", lines.join("\n"));
	});
	listenTo<{ event: ClipboardEvent; dataText: string }>(grid, "beforepaste", (event) => {
		const { event: original, dataText } = event.detail;
		event.preventDefault();
		if (owner.isOwn(original) && !owner.isEditing()) {
			original.preventDefault();
			owner.paste(dataText);
		}
	});
}
