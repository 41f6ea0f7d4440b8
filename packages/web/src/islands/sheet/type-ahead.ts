/** Where the keyboard goes from a cell that has been filled in. */
export type NextCell = "below" | "above" | "right" | "left";

/** The grid as somebody sees it who types faster than it draws. */
export interface TypedGrid {
	/** Resolves when the focused cell is drawn and no editor is left. */
	settle(): Promise<void>;
	/** Opens the editor of the focused cell; resolves when it has taken the text that waits (`takeText`), false when there is none to open. */
	open(): Promise<boolean>;
	/** Ends the open editor as Enter or Tab do. */
	endEdit(next: NextCell): void;
	/** Writes a text into the focused cell as its editor would. */
	write(text: string): void;
	/** Focuses a neighbour. */
	move(next: NextCell): void;
	/** Does what another key means outside an editor. */
	press(event: KeyboardEvent): void;
}

/** Where Enter, Tab and Shift+Tab lead to; null for other keys. */
export function nextCellOf(event: KeyboardEvent): NextCell | null {
	if (event.key === "Enter") return "below";
	if (event.key !== "Tab") return null;
	return event.shiftKey ? "left" : "right";
}

const arrows: Readonly<Record<string, NextCell>> = {
	ArrowDown: "below",
	ArrowUp: "above",
	ArrowRight: "right",
	ArrowLeft: "left",
};

/** Held for a command; AltGr writes letters, although it looks like Ctrl and Alt. */
function isCommand(event: KeyboardEvent): boolean {
	return (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
}

/** Where a key leads from a cell that is not edited; null for other keys and those that select more cells. */
export function neighbourOf(event: KeyboardEvent): NextCell | null {
	if (isCommand(event)) return null;
	if (event.key === "Tab") return nextCellOf(event);
	return event.shiftKey ? null : (arrows[event.key] ?? null);
}

/** Whether a key is a letter to be typed. */
export function isTyped(event: KeyboardEvent): boolean {
	return event.key.length === 1 && !isCommand(event) && !event.isComposing;
}

/** Keys besides letters that mean something to a cell; Shift and its like do not. */
const cellKeys = /^(Enter|Tab|Escape|Backspace|Delete|Home|End|Page\w+|Arrow\w+)$/;

/**
 * Keeps keys while an editor opens or closes, which takes the grid some frames, and gives them to whom they were meant for: fast fingers and
 * barcode scanners lose no letter and type into no other cell.
 */
export class TypeAhead {
	private readonly grid: TypedGrid;
	private readonly waiting: KeyboardEvent[] = [];
	private isBusy = false;

	constructor(grid: TypedGrid) {
		this.grid = grid;
	}

	/** A letter on a cell, or the end of an edit (no key). */
	begin(event: KeyboardEvent | null): void {
		if (event) this.waiting.push(event);
		void this.work();
	}

	/** Keeps a key while the grid is busy; true when it was kept. */
	keep(event: KeyboardEvent): boolean {
		if (!this.isBusy || !(isTyped(event) || (cellKeys.test(event.key) && !isCommand(event)))) return false;
		this.waiting.push(event);
		return true;
	}

	/** Letters that wait for the editor which has just opened. */
	takeText(): string {
		let text = "";
		for (let [key] = this.waiting; key && (isTyped(key) || (key.key === "Backspace" && text !== "")); [key] = this.waiting) {
			text = isTyped(key) ? text + key.key : text.slice(0, -1);
			this.waiting.shift();
		}
		return text;
	}

	private async work(): Promise<void> {
		if (this.isBusy) return;
		this.isBusy = true;
		try {
			do await this.grid.settle();
			while (await this.workOff());
		} finally {
			this.isBusy = false;
		}
	}

	/**
	 * Works off what waits: an unfinished text goes to an editor, the others to their cells at once.
	 * @returns whether the grid has to be drawn before the rest
	 */
	private async workOff(): Promise<boolean> {
		const [first] = this.waiting;
		if (!first) return false;
		if (isTyped(first) && this.waiting.every((event) => isTyped(event) || event.key === "Backspace")) {
			if (!(await this.grid.open())) this.grid.write(this.takeText());
			const key = this.waiting.shift();
			const next = key ? nextCellOf(key) : null;
			if (next !== null) this.grid.endEdit(next);
			else this.waiting.length = 0;
			return next !== null;
		}
		const text = this.takeText();
		if (text !== "") this.grid.write(text);
		const key = this.waiting.shift();
		const next = key ? (nextCellOf(key) ?? neighbourOf(key)) : null;
		if (next !== null) this.grid.move(next);
		else if (key) this.grid.press(key);
		return true;
	}
}
