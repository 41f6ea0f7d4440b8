/** Buttons above the grid; each does what a key does, and says which. */
import { makeButton, makeElement } from "./dom.ts";

/** Everything that buttons and keys can do with a sheet. */
export interface SheetCommands {
	undo(): void;
	redo(): void;
	insertRows(): void;
	duplicateRows(): void;
	deleteRows(): void;
	fillDown(): void;
	sort(direction: "ascending" | "descending"): void;
	find(): void;
	upload(file: File): void;
	addColumn(): void;
	renameColumn(): void;
	deleteColumn(): void;
	nextProblem(): void;
	leaveGrid(): void;
}

/** What may be done with this sheet at all. */
export interface SheetAbilities {
	readonly canEdit: boolean;
	readonly canAddRows: boolean;
	readonly canAddColumns: boolean;
}

/** The toolbar and its buttons for undo and redo, which are enabled as the history allows. */
export class Toolbar {
	readonly element = makeElement("div", { class: "sheet-toolbar", role: "toolbar", "aria-label": "Sheet" });
	private readonly undo: HTMLButtonElement;
	private readonly redo: HTMLButtonElement;

	constructor(commands: SheetCommands, abilities: SheetAbilities) {
		this.undo = makeButton("Undo", () => commands.undo(), { title: "Undo (Ctrl+Z)" });
		this.redo = makeButton("Redo", () => commands.redo(), { title: "Redo (Ctrl+Y)" });
		this.showHistory(false, false);
		if (abilities.canEdit) {
			this.addGroup(this.undo, this.redo);
			if (abilities.canAddRows) {
				this.addGroup(
					makeButton("Insert rows", () => commands.insertRows(), {
						title: "Insert as many rows as are selected below them (Alt+Insert)",
					}),
					makeButton("Duplicate rows", () => commands.duplicateRows(), {
						title: "Repeat the selected rows below them (Alt+Shift+D)",
					}),
					makeButton("Delete rows", () => commands.deleteRows(), { title: "Delete the selected rows (Alt+Delete)" }),
				);
			}
			this.addGroup(
				makeButton("Fill down", () => commands.fillDown(), { title: "Copy the first selected row to those below (Ctrl+D)" }),
				makeButton("Sort A–Z", () => commands.sort("ascending"), { title: "Sort all rows by the selected column" }),
				makeButton("Sort Z–A", () => commands.sort("descending"), { title: "Sort all rows by the selected column, last first" }),
			);
		}
		this.addGroup(makeButton("Find", () => commands.find(), { title: "Find in the sheet (Ctrl+F)" }));
		if (abilities.canEdit) {
			this.addGroup(...this.makeUpload(commands));
		}
		if (abilities.canEdit && abilities.canAddColumns) {
			this.addGroup(
				makeButton("Add column", () => commands.addColumn()),
				makeButton("Rename column", () => commands.renameColumn()),
				makeButton("Delete column", () => commands.deleteColumn()),
			);
		}
	}

	/** Enables undo and redo as there are steps. */
	showHistory(canUndo: boolean, canRedo: boolean): void {
		this.undo.disabled = !canUndo;
		this.redo.disabled = !canRedo;
	}

	/** Puts the keyboard on the first button that can be used. */
	focus(): void {
		this.element.querySelector<HTMLButtonElement>("button:not(:disabled)")?.focus();
	}

	private addGroup(...children: HTMLElement[]): void {
		this.element.append(makeElement("div", { class: "sheet-toolbar-group", role: "group" }, ...children));
	}

	private makeUpload(commands: SheetCommands): HTMLElement[] {
		const input = makeElement("input", { type: "file", accept: ".tsv,.csv,.txt", hidden: "", "aria-label": "File to fill in" });
		input.addEventListener("change", () => {
			const file = input.files?.[0];
			input.value = "";
			if (file) {
				commands.upload(file);
			}
		});
		return [
			makeButton("Upload file", () => input.click(), { title: "Fill in a .tsv or .csv file; its titles are matched" }),
			input,
		];
	}
}

/** Does what a key in the grid stands for. Returns true when it stands for something. */
export function pressCommandKey(event: KeyboardEvent, commands: SheetCommands, abilities: SheetAbilities): boolean {
	const isControl = event.ctrlKey || event.metaKey;
	const key = event.key.toLowerCase();
	if (isControl && !event.altKey && key === "f") {
		commands.find();
	} else if (key === "f8") {
		commands.nextProblem();
	} else if (key === "escape") {
		commands.leaveGrid();
	} else if (!abilities.canEdit) {
		return false;
	} else if (isControl && !event.altKey && key === "z") {
		if (event.shiftKey) {
			commands.redo();
		} else {
			commands.undo();
		}
	} else if (isControl && !event.altKey && key === "y") {
		commands.redo();
	} else if (isControl && !event.altKey && key === "d") {
		commands.fillDown();
	} else if (abilities.canAddRows && event.altKey && key === "insert") {
		commands.insertRows();
	} else if (abilities.canAddRows && event.altKey && event.shiftKey && event.code === "KeyD") {
		commands.duplicateRows();
	} else if (abilities.canAddRows && event.altKey && key === "delete") {
		commands.deleteRows();
	} else {
		return false;
	}
	return true;
}
