/** The grid component on the page: draws states, reports what the user does to cells, and never changes data itself. */
import type { ColumnRegular } from "@revolist/revogrid";
import { defineCustomElements } from "@revolist/revogrid/loader";
import { resolveChoice } from "./cell-editor.ts";
import { listenToClipboard } from "./grid-clipboard.ts";
import { describeColumns, type GridLook } from "./grid-columns.ts";
import { type CellEdit, type CellRange, isEditable, type SheetColumn, type SheetState } from "./sheet-state.ts";
import { isTyped, type NextCell, neighbourOf, TypeAhead, type TypedGrid } from "./type-ahead.ts";

const rowHeightPx = 30;
/** Titles, borders and the horizontal scroll bar. */
const aroundRowsPx = 56;

/** CSS height of a grid that shows so many rows: no emptiness below a sheet that cannot grow. */
export function heightOfRows(count: number): string {
	return `max(10rem, ${count * rowHeightPx + aroundRowsPx}px)`;
}

/** What the user does in the grid, for the island to answer. */
export interface GridActions {
	/** Cells typed, dragged over, cut or cleared. */
	edit(edits: readonly CellEdit[]): void;
	/** Text from the clipboard, to go to the selected cells. */
	paste(text: string): void;
	/** A key in the grid outside the cell editor. Returns true when it was used. */
	pressKey(event: KeyboardEvent): boolean;
	/** The cell that has the focus now. */
	focusCell(row: number, column: number): void;
}

/** Resolves before the next frame is drawn. */
function nextFrame(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

/** Resolves in the frame in which something is true, or after half a second. */
async function waitUntil(isTrue: () => boolean): Promise<void> {
	for (let frame = 0; frame < 30 && !isTrue(); frame += 1) await nextFrame();
}

/** The grid component, wired to actions. */
export class GridView {
	readonly element: HTMLRevoGridElement;
	private state: SheetState;
	private look: GridLook;
	private readonly actions: GridActions;
	private editing: { readonly row: number; readonly columnId: string } | null = null;
	private lastRange: CellRange = { top: 0, bottom: 0, left: 0, right: 0 };
	/** The cell that the next key is meant for; it may not be drawn yet. */
	private focused = { row: 0, column: 0 };
	/** The focus has been told to go there and has not been drawn there yet. */
	private isUnderWay = false;
	/** Told by the editor that opens. */
	private editorOpened: (() => void) | null = null;
	private endEditor: ((next: NextCell) => void) | null = null;
	private readonly typeAhead = new TypeAhead(this.makeTypedGrid());
	private readonly stopped = new AbortController();

	constructor(host: HTMLElement, label: string, state: SheetState, look: GridLook, actions: GridActions) {
		defineCustomElements(window);
		this.state = state;
		this.look = look;
		this.actions = actions;
		this.element = document.createElement("revo-grid");
		this.element.className = "sheet-grid";
		this.element.setAttribute("aria-label", label);
		Object.assign(this.element, {
			range: true,
			resize: true,
			filter: false,
			canDrag: false,
			rowHeaders: {
				size: 50,
				cellProperties: () => ({ role: "rowheader" }),
				name: "Row",
				columnProperties: () => ({ role: "columnheader" }),
			},
			applyOnClose: true,
			readonly: look.readOnly,
			rowSize: rowHeightPx,
			theme: "default",
		});
		this.listen();
		this.element.columns = this.describeColumns(state.columns);
		this.element.source = [...state.rows];
		this.element.addEventListener("aftergridrender", () => this.completeRoles());
		host.append(this.element);
	}

	/** Draws another state. */
	show(state: SheetState): void {
		const before = this.state;
		this.state = state;
		if (state.columns !== before.columns) {
			this.element.columns = this.describeColumns(state.columns);
		}
		if (state.rows !== before.rows) {
			this.element.source = [...state.rows];
		}
	}

	/** Draws the visible cells again with other marks. */
	showLook(look: GridLook): void {
		this.look = look;
		void this.element.refresh();
	}

	/** The selected cells; the last known ones when the grid has no focus. */
	async readSelection(): Promise<CellRange> {
		const range = await this.element.getSelectedRange();
		if (range) {
			this.lastRange = {
				top: Math.min(range.y, range.y1),
				bottom: Math.max(range.y, range.y1),
				left: Math.min(range.x, range.x1),
				right: Math.max(range.x, range.x1),
			};
		}
		const lastRow = Math.max(0, this.state.rows.length - 1);
		const lastColumn = Math.max(0, this.state.columns.length - 1);
		return {
			top: Math.min(this.lastRange.top, lastRow),
			bottom: Math.min(this.lastRange.bottom, lastRow),
			left: Math.min(this.lastRange.left, lastColumn),
			right: Math.min(this.lastRange.right, lastColumn),
		};
	}

	/** Selects cells, scrolls to the first and gives the grid the keyboard. */
	async select(range: CellRange): Promise<void> {
		await this.goTo(range);
		this.element.scrollIntoView({ block: "nearest" });
	}

	private async goTo(range: CellRange): Promise<void> {
		this.lastRange = range;
		// At once: keys that follow start from here, not from what is still drawn.
		this.headFor(range.top, range.left);
		this.actions.focusCell(range.top, range.left);
		await this.reveal(range.top, range.left);
		await this.element.setCellsFocus({ x: range.left, y: range.top }, { x: range.right, y: range.bottom });
		await this.focusWhenDrawn(range);
	}

	private headFor(row: number, column: number): void {
		this.isUnderWay ||= row !== this.focused.row || column !== this.focused.column;
		this.focused = { row, column };
	}

	/** Whether a cell has the keyboard, or is about to have it. */
	private isAtCell(): boolean {
		return this.isUnderWay || this.element.querySelector("revogr-focus.focused-cell") !== null;
	}

	/** An editor has got the keyboard: what was typed before belongs to it. */
	private welcomeEditor(end: (next: NextCell) => void): string {
		this.endEditor = end;
		if (!this.editorOpened) return "";
		this.editorOpened();
		return this.typeAhead.takeText();
	}

	/** Takes over what was typed into a cell and goes on to its neighbour. */
	private finishEdit(text: string, next: NextCell): void {
		if (!this.editing) return;
		const { row, columnId } = this.editing;
		this.editing = null;
		this.actions.edit([{ row, columnId, text: text.trim() }]);
		this.focused = { row, column: this.state.columns.findIndex(({ id }) => id === columnId) };
		this.move(next);
		this.typeAhead.begin(null);
	}

	/** Focuses a neighbour of the cell; at the edge of the sheet the cell itself. */
	private move(next: NextCell): void {
		const { row, column } = this.focused;
		const rows = { below: 1, above: -1, right: 0, left: 0 }[next];
		const columns = { below: 0, above: 0, right: 1, left: -1 }[next];
		const top = Math.min(Math.max(row + rows, 0), this.state.rows.length - 1);
		const left = Math.min(Math.max(column + columns, 0), this.state.columns.length - 1);
		void this.goTo({ top, bottom: top, left, right: left });
	}

	private makeTypedGrid(): TypedGrid {
		const isSettled = () => !this.isEditing() && this.findCellElement(this.focused.row, this.focused.column) !== null;
		return {
			settle: () => waitUntil(isSettled),
			open: async () => {
				const column = this.state.columns[this.focused.column];
				if (!column || !isEditable(column)) return false;
				const opened = new Promise<boolean>((resolve) => {
					this.editorOpened = () => resolve(true);
					setTimeout(() => resolve(false), 1000);
				});
				await this.edit(this.focused.row, column.id);
				const isOpen = await opened;
				this.editorOpened = null;
				return isOpen;
			},
			endEdit: (next) => this.endEditor?.(next),
			write: (text) => this.writeFocused(text),
			move: (next) => this.move(next),
			press: (event) => {
				if (event.key === "Backspace" || event.key === "Delete") this.writeFocused("");
				else this.actions.pressKey(event);
			},
		};
	}

	private writeFocused(text: string): void {
		const column = this.state.columns[this.focused.column];
		if (!column || !isEditable(column)) return;
		const options = column.definition?.options?.map((option) => option.label) ?? null;
		this.actions.edit([{ row: this.focused.row, columnId: column.id, text: resolveChoice(options, text).trim() }]);
	}

	/** Scrolls to a cell without selecting it. */
	async reveal(row: number, column: number): Promise<void> {
		if (!this.findCellElement(row, column)) {
			await this.element.scrollToRow(Math.max(0, row - 3));
			await this.element.scrollToColumnIndex(Math.max(0, column - 1));
		}
	}

	/** Opens the editor of a cell. */
	async edit(row: number, columnId: string): Promise<void> {
		this.editing = { row, columnId };
		await this.element.setCellEdit(row, columnId);
	}

	/** What stands in an open cell editor and has not been taken over yet; null when none is open. */
	readOpenEdit(): CellEdit | null {
		const input = this.element.querySelector<HTMLInputElement>("revogr-edit input");
		return input && this.editing ? { ...this.editing, text: input.value.trim() } : null;
	}

	/** Gives the keyboard back to the page. */
	async leave(): Promise<void> {
		this.isUnderWay = false;
		await this.element.clearFocus();
	}

	destroy(): void {
		this.stopped.abort();
		this.element.remove();
	}

	private describeColumns(columns: readonly SheetColumn[]): ColumnRegular[] {
		return describeColumns(columns, {
			readLook: () => this.look,
			opened: (end) => this.welcomeEditor(end),
			finish: (text, next) => this.finishEdit(text, next),
		});
	}

	/** True for events of the grid itself; keys and clipboard of other fields on the page are none of its business. */
	private isOwn(event: Event): boolean {
		const target = event.target;
		return target === document.body || (target instanceof Node && this.element.contains(target));
	}

	/** The drawn cell, if it is in view; drawn cells are re-used for other rows while scrolling. */
	private findCellElement(row: number, column: number): HTMLElement | null {
		return this.element.querySelector(`revogr-data[col-type="rgCol"] [data-rgrow="${row}"][data-rgcol="${column}"]`);
	}

	/** Gives the keyboard to a cell as soon as it has been scrolled to, unless something else was selected meanwhile. */
	private async focusWhenDrawn(range: CellRange): Promise<void> {
		for (let frame = 0; frame < 30 && this.lastRange === range; frame += 1) {
			await nextFrame();
			const cell = this.findCellElement(range.top, range.left);
			if (this.isEditing()) return;
			if (cell) {
				cell.focus({ preventScroll: true });
				return;
			}
		}
	}

	private isEditing(): boolean {
		return this.element.querySelector("revogr-edit") !== null;
	}

	/** Completes the roles: a grid whose titles stand in a row; the component's signature is no part of it. */
	private completeRoles(): void {
		this.element.setAttribute("role", "grid");
		for (const row of this.element.querySelectorAll("revogr-header .header-rgRow")) {
			row.setAttribute("role", "row");
		}
		this.element.querySelector("revogr-attribution")?.setAttribute("aria-hidden", "true");
		this.element.querySelector("revogr-attribution a")?.setAttribute("tabindex", "-1");
	}

	private listen(): void {
		const grid = this.element;
		grid.addEventListener("beforeedit", (event) => {
			event.preventDefault();
			const { rowIndex, prop, val } = event.detail;
			this.actions.edit([{ row: rowIndex, columnId: String(prop), text: String(val ?? "").trim() }]);
		});
		grid.addEventListener("beforerangeedit", (event) => {
			event.preventDefault();
			const edits: CellEdit[] = [];
			for (const [row, cells] of Object.entries(event.detail.data)) {
				for (const [columnId, value] of Object.entries(cells)) {
					edits.push({ row: Number(row), columnId, text: String(value ?? "") });
				}
			}
			this.actions.edit(edits);
		});
		grid.addEventListener("beforeeditstart", (event) => {
			this.editing = { row: event.detail.rowIndex, columnId: String(event.detail.prop) };
		});
		// By the mouse, and not drawn yet.
		grid.addEventListener("beforecellfocus", (event) => {
			const column = this.state.columns.findIndex(({ id }) => id === event.detail.prop);
			if (column >= 0) this.headFor(event.detail.rowIndex, column);
		});
		grid.addEventListener("afterfocus", ({ detail: { rowIndex: row, colIndex: column } }) => {
			const hasArrived = row === this.focused.row && column === this.focused.column;
			// The drawing of a cell that has been left already.
			if (this.isUnderWay && !hasArrived) return;
			this.isUnderWay = false;
			this.focused = { row, column };
			this.actions.focusCell(row, column);
		});
		this.listenToKeys();
		listenToClipboard(grid, {
			isOwn: (event) => this.isOwn(event),
			isEditing: () => this.isEditing(),
			paste: (text) => this.actions.paste(text),
		});
	}

	/** A key on a cell: a command, a step to a neighbour, or a letter that begins an edit. */
	private takeKey(event: KeyboardEvent): boolean {
		if (this.actions.pressKey(event)) return true;
		if (!this.isAtCell()) return false;
		const next = neighbourOf(event);
		if (next !== null) {
			this.move(next);
			return true;
		}
		if (this.look.readOnly) return false;
		if (isTyped(event)) {
			this.typeAhead.begin(event);
			return true;
		}
		return false;
	}

	private listenToKeys(): void {
		this.element.addEventListener("mousedown", (event) => {
			if (event.target instanceof Element && !event.target.closest("revogr-edit")) {
				this.element.focus({ preventScroll: true });
			}
		});
		this.element.addEventListener("keydown", (event: KeyboardEvent) => {
			if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
				event.preventDefault();
			}
		});
		// Tab reaches the grid as a whole and passes it; these keys go into its cells.
		this.element.addEventListener("keydown", (event: KeyboardEvent) => {
			const isAtCell = event.target !== this.element || this.isAtCell();
			if (isAtCell || !/^(Enter|F2|Arrow\w+)$/.test(event.key)) return;
			event.preventDefault();
			void this.select({ ...this.lastRange });
		});
		this.element.addEventListener("beforekeydown", (event: Event) => {
			const { original } = (event as CustomEvent<{ original: KeyboardEvent }>).detail;
			if (original.defaultPrevented || !this.isOwn(original)) {
				event.preventDefault();
			} else if (!this.isEditing() && this.takeKey(original)) {
				event.preventDefault();
				original.preventDefault();
			}
		});
		const keep = (event: KeyboardEvent) => {
			if (!this.isOwn(event) || !this.typeAhead.keep(event)) return;
			event.preventDefault();
			event.stopImmediatePropagation();
		};
		document.addEventListener("keydown", keep, { capture: true, signal: this.stopped.signal });
	}
}
