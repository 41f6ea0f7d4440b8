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
	download(): void;
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
	/** Address of the workbook to fill in; null where there is none. */
	readonly templateUrl: string | null;
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
		this.addMenu("File", this.makeFileEntries(commands, abilities));
		if (abilities.canEdit && abilities.canAddColumns) {
			this.addMenu("Columns", [
				makeButton("Add column", () => commands.addColumn()),
				makeButton("Rename column", () => commands.renameColumn()),
				makeButton("Delete column", () => commands.deleteColumn()),
			]);
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

	/** A group behind one button; it closes when something is chosen, and with Escape. */
	private addMenu(label: string, entries: readonly HTMLElement[]): void {
		if (entries.length === 0) {
			return;
		}
		const summary = makeElement("summary", { class: "btn btn-sm" }, label);
		const menu = makeElement(
			"details",
			{ class: "sheet-menu" },
			summary,
			makeElement("div", { class: "sheet-menu-entries" }, ...entries),
		);
		// The grid keeps the focus, and with it the selection that the entries work on.
		summary.addEventListener("mousedown", (event) => event.preventDefault());
		const closeOutside = (event: Event) => {
			if (event.target instanceof Node && !menu.contains(event.target)) {
				menu.open = false;
			}
		};
		menu.addEventListener("toggle", () => {
			for (const type of ["pointerdown", "focusin"]) {
				if (menu.open) {
					document.addEventListener(type, closeOutside, true);
				} else {
					document.removeEventListener(type, closeOutside, true);
				}
			}
		});
		menu.addEventListener("click", (event) => {
			if (event.target instanceof HTMLElement && event.target.closest("button, a")) {
				menu.open = false;
			}
		});
		menu.addEventListener("keydown", (event) => {
			if (event.key === "Escape" && menu.open) {
				event.stopPropagation();
				menu.open = false;
				summary.focus();
			}
		});
		this.addGroup(menu);
	}

	private makeFileEntries(commands: SheetCommands, abilities: SheetAbilities): HTMLElement[] {
		const entries: HTMLElement[] = abilities.canEdit ? this.makeUpload(commands) : [];
		if (abilities.templateUrl !== null) {
			const template = makeElement(
				"a",
				{ class: "btn btn-sm", href: abilities.templateUrl, download: "", title: "Empty workbook with drop-downs and examples" },
				"Excel template",
			);
			const filled = makeButton("Download as Excel", () => commands.download(), { title: "The sheet as it is shown now" });
			entries.push(template, filled);
		}
		return entries;
	}

	private makeUpload(commands: SheetCommands): HTMLElement[] {
		const input = makeElement("input", {
			type: "file",
			accept: ".xlsx,.tsv,.csv,.txt",
			hidden: "",
			"aria-label": "File to fill in",
		});
		input.addEventListener("change", () => {
			const file = input.files?.[0];
			input.value = "";
			if (file) {
				commands.upload(file);
			}
		});
		return [
			makeButton("Upload file", () => input.click(), { title: "Fill in a .xlsx, .tsv or .csv file; its titles are matched" }),
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
