/** What each column wants, below the grid for everybody, and in one line for the cell that has the focus. */
import type { CellMark } from "./cell-marks.ts";
import { makeElement } from "./dom.ts";
import { isEditable, type SheetColumn } from "./sheet-state.ts";

const keyboardHelp: readonly (readonly [keys: string, meaning: string])[] = [
	["Enter or an arrow", "go into the cells once Tab has reached the grid"],
	["Arrows, Tab, Ctrl+arrows", "move; with Shift select"],
	["Home, End, Page up, Page down", "move far; with Ctrl to the first or last cell"],
	["Enter or F2", "edit; Alt+↓ opens the list of a choice"],
	["Ctrl+C, Ctrl+X, Ctrl+V, Delete", "copy, cut, paste, clear"],
	["Ctrl+Z, Ctrl+Y", "undo, redo"],
	["Ctrl+D", "fill down"],
	["Alt+Insert, Alt+Shift+D, Alt+Delete", "insert, duplicate, delete rows"],
	["Ctrl+F", "find"],
	["F8", "next problem"],
	["Escape", "leave the grid for the buttons above it"],
];

/** One paragraph about a column. */
function describeColumn(column: SheetColumn): string {
	const definition = column.definition;
	if (!definition) {
		return "A column of your own.";
	}
	const options = definition.options ?? [];
	const need = definition.required ? "Required." : "Optional.";
	return [
		definition.readOnly ? "Cannot be changed here." : need,
		definition.unique ? "Every value once." : "",
		definition.help ?? "",
		options.length > 0
			? `One of: ${options
					.slice(0, 12)
					.map((option) => option.label)
					.join("; ")}${options.length > 12 ? `; … (${options.length} options)` : ""}.`
			: "",
		definition.examples?.length ? `For example: ${definition.examples.join("; ")}.` : "",
	]
		.filter((part) => part !== "")
		.join(" ");
}

/** The foldable help: all columns and all keys. */
export class ColumnHelp {
	readonly element = makeElement("details", { class: "sheet-help" }, makeElement("summary", {}, "Columns and keys"));
	private readonly columns = makeElement("dl");

	constructor() {
		const keys = makeElement("dl");
		for (const [name, meaning] of keyboardHelp) {
			keys.append(makeElement("dt", {}, name), makeElement("dd", {}, meaning));
		}
		this.element.append(makeElement("div", { class: "sheet-help-parts" }, this.columns, keys));
	}

	/** Describes these columns. */
	show(columns: readonly SheetColumn[]): void {
		this.columns.replaceChildren(
			...columns.flatMap((column) => [makeElement("dt", {}, column.label), makeElement("dd", {}, describeColumn(column))]),
		);
	}
}

/** The line that tells about the cell with the focus: where it is, what is wrong with it, what the column wants. */
export class CellLine {
	readonly element = makeElement(
		"div",
		{ class: "sheet-cell-line", "aria-live": "polite" },
		"Type, or paste rows that you copied from a spreadsheet; File opens a workbook.",
	);

	/** Tells about a cell; the row zero-based. */
	show(row: number, column: SheetColumn | undefined, mark: CellMark | undefined): void {
		if (!column) {
			this.element.replaceChildren();
			return;
		}
		const place = makeElement("strong", {}, `Row ${row + 1}, ${column.label}: `);
		const messages = mark ? [makeElement("span", { class: "sheet-cell-message" }, `${mark.messages.join(" ")} `)] : [];
		const need = column.definition?.required ? "Required." : "";
		const help = column.definition?.help ?? (isEditable(column) ? need : "Cannot be changed here.");
		this.element.replaceChildren(place, ...messages, help);
	}
}
