/** The spreadsheet on the page: puts grid, toolbar, problems, search, help and drafts together around one history of states. */
import { parseTsv } from "@opengsync/domain/sheets/parse-tsv";
import type { Problem, RawSheet, Repair, SheetDefinition } from "@opengsync/domain/sheets/types";
import { type CellMarks, columnsOfProblem, keepServerProblems, keyOfCell, markCells } from "./cell-marks.ts";
import { CellLine, ColumnHelp } from "./column-help.ts";
import { makeElement } from "./dom.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { FindBar } from "./find-bar.ts";
import { readFormFields, writeFormFields } from "./form-fields.ts";
import { GridView, heightOfRows } from "./grid-view.ts";
import { LiveValidation } from "./live-validation.ts";
import { Notices } from "./notices.ts";
import { postToServer, saveAnswer } from "./post.ts";
import { ProblemList } from "./problem-list.ts";
import { makeSheetCommands } from "./sheet-commands.ts";
import type { SheetConfig, SheetFiles } from "./sheet-config.ts";
import { SheetFiller } from "./sheet-filler.ts";
import { SheetHistory } from "./sheet-history.ts";
import {
	type CellEdit,
	countFilledRows,
	keyOfColumn,
	type SheetState,
	sheetOfState,
	stateOfSheet,
	withSpareRows,
	writeCells,
} from "./sheet-state.ts";
import { adoptSheetStyles } from "./sheet-styles.ts";
import { pressCommandKey, type SheetAbilities, Toolbar } from "./toolbar.ts";

/** The working spreadsheet inside an island's element. */
export class SheetEditor {
	readonly notices = new Notices();
	readonly history: SheetHistory;
	readonly view: GridView;
	readonly definition: SheetDefinition;
	readonly filler: SheetFiller;
	private readonly root = makeElement("div", { class: "sheet-island" });
	private readonly toolbar: Toolbar;
	private readonly problemList: ProblemList;
	private readonly cellLine = new CellLine();
	private readonly columnHelp = new ColumnHelp();
	private readonly findBar: FindBar;
	private readonly validation: LiveValidation;
	private readonly drafts: DraftKeeper | null;
	private readonly sent: SheetState;
	private readonly serverProblems: readonly Problem[];
	private problems: readonly Problem[] = [];
	private marks: CellMarks = new Map();
	private found: ReadonlySet<string> = new Set();
	readonly readOnly: boolean;
	private readonly files: SheetFiles | null;
	private focused = { row: 0, column: 0 };

	constructor(element: HTMLElement, definition: SheetDefinition, config: SheetConfig) {
		adoptSheetStyles();
		this.definition = definition;
		this.readOnly = config.readOnly;
		this.files = config.files ?? null;
		this.serverProblems = config.problems;
		this.sent = stateOfSheet(definition, config.initial);
		this.history = new SheetHistory(this.sent);
		const abilities: SheetAbilities = {
			canEdit: !config.readOnly,
			canAddRows: definition.canAddRows,
			canAddColumns: definition.canAddColumns,
			templateUrl: this.files?.templateUrl ?? null,
		};
		const commands = makeSheetCommands(this, () => this.toolbar.focus());
		this.toolbar = new Toolbar(commands, abilities);
		this.problemList = new ProblemList({
			jump: (problem) => this.jumpTo(problem),
			repair: (repairs) => this.applyRepairs(repairs),
		});
		this.findBar = new FindBar({
			readState: () => this.history.state,
			highlight: (keys) => {
				this.found = keys;
				this.view.showLook(this.readLook());
			},
			reveal: (cell) => void this.view.reveal(cell.row, cell.column),
			close: (cell) => this.selectCell(cell ?? this.focused),
		});
		const gridHost = makeElement("div", { class: "sheet-grid-host" });
		if (!definition.canAddRows) gridHost.style.maxHeight = heightOfRows(this.sent.rows.length);
		const status = makeElement("span", { class: "sheet-save-status" });
		this.root.append(
			this.notices.element,
			this.toolbar.element,
			this.findBar.element,
			gridHost,
			makeElement("div", { class: "sheet-foot" }, this.cellLine.element, status),
			this.problemList.element,
			this.columnHelp.element,
		);
		element.append(this.root);
		this.view = new GridView(gridHost, definition.title, this.history.state, this.readLook(), {
			edit: (edits) => this.commit(writeCells(this.history.state, edits)),
			paste: (text) => void this.filler.paste(parseTsv(text)),
			pressKey: (event) => pressCommandKey(event, commands, abilities) || this.pressMoveKey(event),
			focusCell: (row, column) => this.showCell(row, column),
		});
		this.columnHelp.show(this.history.state.columns);
		this.validation = new LiveValidation(definition, (problems, state) => this.showProblems(problems, state));
		this.filler = new SheetFiller(this, this.files?.readUrl ?? null);
		this.drafts = this.makeDrafts(element, config, status);
		this.history.listen((state, before) => this.react(state, before));
		this.drafts?.restore();
		if (config.problems.length > 0 || countFilledRows(this.history.state.rows) > 0) {
			this.validation.schedule(this.history.state);
		}
		this.acceptDroppedFiles();
	}

	/** The sheet as it would be submitted now, an open cell editor included. */
	readSheet(): RawSheet {
		const open = this.view.readOpenEdit();
		return sheetOfState(open ? writeCells(this.history.state, [open]) : this.history.state);
	}

	/** The form is being sent. */
	markSubmitted(): void {
		this.drafts?.markSubmitted();
	}

	/** Makes a state the current one; spare rows are added. */
	commit(next: SheetState): void {
		if (!this.readOnly) {
			this.history.commit(withSpareRows(this.definition, next));
		}
	}

	/** Checks the state at once: the marks come with the text where nobody is typing. */
	check(): void {
		this.validation.run(this.history.state);
	}

	/** Opens the search. */
	find(): void {
		this.findBar.open();
	}

	/** Saves the sheet as it is shown as a workbook. */
	async download(): Promise<void> {
		if (!this.files) {
			return;
		}
		try {
			await saveAnswer(await postToServer(this.files.filledUrl, JSON.stringify(this.readSheet())), this.files.fileName);
		} catch (error) {
			this.filler.showFailure(error);
		}
	}

	/** Goes to the first problem after the focused cell, then round. */
	jumpToNextProblem(): void {
		const placed = this.problems.filter((problem) => problem.row !== null);
		const positionOf = (problem: Problem) => (problem.row ?? 0) * 1000 + this.columnIndexOf(problem);
		const current = (this.focused.row + 1) * 1000 + this.focused.column;
		const ordered = placed.toSorted((a, b) => positionOf(a) - positionOf(b));
		const next = ordered.find((problem) => positionOf(problem) > current) ?? ordered[0];
		if (next) {
			this.jumpTo(next);
		}
	}

	destroy(): void {
		this.validation.stop();
		this.drafts?.destroy();
		this.view.destroy();
		this.root.remove();
	}

	private makeDrafts(element: HTMLElement, config: SheetConfig, status: HTMLElement): DraftKeeper | null {
		const key = element.dataset.draftKey;
		if (!key || config.readOnly) {
			return null;
		}
		const form = element.closest("form");
		return new DraftKeeper({
			key,
			element,
			shown: { sheet: sheetOfState(this.sent), values: readFormFields(form, element) },
			refused: config.refused === true,
			target: config.draft,
			notices: this.notices,
			status,
			readTyped: () => ({ sheet: this.readSheet(), values: readFormFields(form, element) }),
			replaceTyped: ({ sheet, values }) => {
				this.commit(stateOfSheet(this.definition, sheet));
				writeFormFields(form, element, values);
			},
		});
	}

	private react(state: SheetState, before: SheetState): void {
		this.view.show(state);
		this.toolbar.showHistory(this.history.canUndo, this.history.canRedo);
		this.findBar.refresh();
		if (state.columns !== before.columns) {
			this.columnHelp.show(state.columns);
		}
		this.validation.schedule(state);
		this.drafts?.schedule();
	}

	private showProblems(live: readonly Problem[], state: SheetState): void {
		const fromServer = keepServerProblems(this.serverProblems, this.sent, state, live);
		this.problems = [...live, ...fromServer, ...this.filler.keepProblems(state)];
		this.marks = markCells(this.problems, state.columns);
		this.view.showLook(this.readLook());
		this.problemList.show(this.problems, state.columns);
		this.showCell(this.focused.row, this.focused.column);
	}

	private readLook() {
		return { marks: this.marks, found: this.found, readOnly: this.readOnly };
	}

	private showCell(row: number, columnIndex: number): void {
		this.focused = { row, column: columnIndex };
		const column = this.history.state.columns[columnIndex];
		this.cellLine.show(row, column, column && this.marks.get(keyOfCell(row + 1, column.id)));
	}

	private selectCell({ row, column }: { readonly row: number; readonly column: number }): void {
		void this.view.select({ top: row, bottom: row, left: column, right: column });
	}

	private columnIndexOf(problem: Problem): number {
		const [column] = columnsOfProblem(problem, this.history.state.columns);
		return column ? this.history.state.columns.indexOf(column) : 0;
	}

	private jumpTo(problem: Problem): void {
		this.selectCell({ row: (problem.row ?? 1) - 1, column: this.columnIndexOf(problem) });
	}

	private applyRepairs(repairs: readonly Repair[]): void {
		const { columns } = this.history.state;
		const edits = repairs.flatMap((repair) =>
			repair.cells.flatMap((cell): CellEdit[] => {
				const column = columns.find((candidate) => keyOfColumn(candidate) === cell.column);
				return column ? [{ row: cell.row - 1, columnId: column.id, text: cell.value }] : [];
			}),
		);
		this.commit(writeCells(this.history.state, edits));
		this.check();
	}

	private pressMoveKey(event: KeyboardEvent): boolean {
		const { rows, columns } = this.history.state;
		const isControl = event.ctrlKey || event.metaKey;
		let { row, column } = this.focused;
		if (event.key === "F2" || (event.altKey && event.key === "ArrowDown")) {
			void this.view.edit(row, columns[column]?.id ?? "");
			return true;
		}
		if (event.shiftKey || event.altKey) {
			return false;
		}
		const pageRows = 15;
		if (event.key === "Home") {
			column = 0;
			row = isControl ? 0 : row;
		} else if (event.key === "End") {
			column = columns.length - 1;
			row = isControl ? Math.max(0, countFilledRows(rows) - 1) : row;
		} else if (event.key === "PageDown") {
			row = Math.min(rows.length - 1, row + pageRows);
		} else if (event.key === "PageUp") {
			row = Math.max(0, row - pageRows);
		} else {
			return false;
		}
		this.selectCell({ row, column });
		return true;
	}

	private acceptDroppedFiles(): void {
		this.root.addEventListener("dragover", (event) => event.preventDefault());
		this.root.addEventListener("drop", (event) => {
			event.preventDefault();
			const file = event.dataTransfer?.files[0];
			if (file) {
				void this.filler.upload(file);
			}
		});
	}
}
