/** Search within the sheet: counts and highlights the cells that contain the text, and walks through them. */
import { keyOfCell } from "./cell-marks.ts";
import { makeButton, makeElement } from "./dom.ts";
import type { SheetState } from "./sheet-state.ts";

/** A cell that contains the searched text, zero-based. */
export interface FoundCell {
	readonly row: number;
	readonly column: number;
}

/** Cells that contain the text in any case, row by row. */
export function findCells(state: SheetState, text: string): readonly FoundCell[] {
	const wanted = text.trim().toLowerCase();
	if (wanted === "") {
		return [];
	}
	const found: FoundCell[] = [];
	state.rows.forEach((cells, row) => {
		state.columns.forEach((column, index) => {
			if (cells[column.id]?.toLowerCase().includes(wanted)) {
				found.push({ row, column: index });
			}
		});
	});
	return found;
}

/** What the bar asks the island to do. */
export interface FindActions {
	readState(): SheetState;
	/** Highlight these cells (`keyOfCell`). */
	highlight(keys: ReadonlySet<string>): void;
	/** Select a cell without taking the keyboard from the search field. */
	reveal(cell: FoundCell): void;
	/** The bar was closed: back to the grid, to the cell found last. */
	close(cell: FoundCell | null): void;
}

/** The search field with its buttons; hidden until opened. */
export class FindBar {
	readonly element = makeElement("div", { class: "sheet-find", role: "search", hidden: "" });
	private readonly input = makeElement("input", {
		type: "search",
		class: "form-control form-control-sm",
		placeholder: "Find in sheet",
		"aria-label": "Find in sheet",
	});
	private readonly count = makeElement("span", { class: "sheet-find-count", "aria-live": "polite" });
	private readonly actions: FindActions;
	private found: readonly FoundCell[] = [];
	private position = -1;

	constructor(actions: FindActions) {
		this.actions = actions;
		this.element.append(
			this.input,
			makeButton("Previous", () => this.step(-1)),
			makeButton("Next", () => this.step(1)),
			makeButton("Close", () => this.close()),
			this.count,
		);
		this.input.addEventListener("input", () => {
			this.position = -1;
			this.refresh();
			this.step(1);
		});
		this.input.addEventListener("keydown", (event) => {
			event.stopPropagation();
			if (event.key === "Enter") {
				event.preventDefault();
				this.step(event.shiftKey ? -1 : 1);
			} else if (event.key === "Escape") {
				event.preventDefault();
				this.close();
			}
		});
	}

	open(): void {
		this.element.hidden = false;
		this.input.focus();
		this.input.select();
		this.refresh();
	}

	/** Searches again after the sheet has changed. */
	refresh(): void {
		if (this.element.hidden) {
			return;
		}
		const state = this.actions.readState();
		this.found = findCells(state, this.input.value);
		this.actions.highlight(new Set(this.found.map((cell) => keyOfCell(cell.row + 1, state.columns[cell.column]?.id ?? ""))));
		this.showCount();
	}

	private step(direction: 1 | -1): void {
		const total = this.found.length;
		if (total > 0) {
			this.position = this.position === -1 && direction === -1 ? total - 1 : (this.position + direction + total) % total;
			const cell = this.found[this.position];
			if (cell) {
				this.actions.reveal(cell);
			}
		}
		this.showCount();
	}

	private showCount(): void {
		const current = this.position >= 0 ? `${this.position + 1} of ` : "";
		this.count.textContent = this.input.value.trim() === "" ? "" : `${current}${this.found.length} found`;
	}

	private close(): void {
		this.element.hidden = true;
		this.actions.highlight(new Set());
		this.actions.close(this.found[this.position] ?? null);
	}
}
