/** Fills files and pastes into the sheet, says what became of them, and offers the other ways to take them. */
import type { Problem } from "@opengsync/domain/sheets/types";
import { type FilledIn, keepFileProblems } from "./cell-marks.ts";
import { bestSheet, type FileSheet, isCertain, proposeMapping } from "./column-mapping.ts";
import { askForMapping } from "./mapping-dialog.ts";
import type { NoticeAction } from "./notices.ts";
import { beginsWithHeader, type PasteResult, pasteBlock, pasteByHeader, pasteMapped, rowForUpload } from "./paste-cells.ts";
import { readFileSheets } from "./read-file.ts";
import type { SheetEditor } from "./sheet-editor.ts";
import type { CellRange, SheetState } from "./sheet-state.ts";

type Cells = readonly (readonly string[])[];

/** What an editor does with tables that come from elsewhere. */
export class SheetFiller {
	private readonly editor: SheetEditor;
	private readonly readUrl: string | null;
	private filled: FilledIn | null = null;

	/** `readUrl` is the address that reads workbooks; null where there is none. */
	constructor(editor: SheetEditor, readUrl: string | null) {
		this.editor = editor;
		this.readUrl = readUrl;
	}

	/**
	 * Fills in a table of a file below what is there; in a sheet of fixed rows from its first row on. Asks which column goes where unless
	 * the titles leave no doubt.
	 */
	async upload(file: File): Promise<void> {
		const { definition, history, readOnly } = this.editor;
		if (readOnly) return;
		try {
			const sheets = await readFileSheets(file, this.readUrl);
			const best = bestSheet(definition, sheets);
			if (!best) return;
			const top = definition.canAddRows ? rowForUpload(history.state) : 0;
			if (isCertain(proposeMapping(definition, best.cells))) {
				await this.insertTitled(best.cells, { top, bottom: top, left: 0, right: 0 }, true);
			} else {
				await this.insertMapped(sheets, best, top);
			}
		} catch (error) {
			this.showFailure(error);
		}
	}

	/** Writes copied cells at the selection, by their titles if they have some. */
	async paste(cells: Cells): Promise<void> {
		const { definition, history, readOnly, view } = this.editor;
		if (cells.length === 0 || readOnly) return;
		const selection = await view.readSelection();
		if (beginsWithHeader(definition, cells)) await this.insertTitled(cells, selection, false);
		else await this.finish(pasteBlock(definition, history.state, cells, selection));
	}

	/** Tells why something could not be filled in. */
	showFailure(error: unknown): void {
		this.editor.notices.show("paste", "danger", error instanceof Error ? error.message : String(error));
	}

	/** Why rows of the last file were left out, as long as nobody has changed them. */
	keepProblems(state: SheetState): readonly Problem[] {
		return keepFileProblems(this.filled, state);
	}

	private async insertTitled(cells: Cells, selection: CellRange, isFile: boolean): Promise<void> {
		const { definition, history } = this.editor;
		const before = history.state;
		const pasted = { name: "Pasted", cells };
		const chooseColumns = () => {
			this.editor.commit(before);
			void this.insertMapped([pasted], pasted, selection.top);
		};
		const pasteAsItIs = () => void this.finish(pasteBlock(definition, before, cells, selection));
		const replaceRows = () => void this.finish(pasteByHeader(definition, { ...before, rows: [] }, cells, 0));
		const actions = [{ label: "Choose columns", act: chooseColumns }];
		if (!isFile) actions.push({ label: "Paste as it is instead", act: pasteAsItIs });
		else if (selection.top > 0) actions.push({ label: "Replace the rows that were there", act: replaceRows });
		await this.finish(pasteByHeader(definition, before, cells, selection.top), actions);
	}

	private async insertMapped(sheets: readonly FileSheet[], first: FileSheet, top: number): Promise<void> {
		const { definition, history, view } = this.editor;
		const answer = await askForMapping(view.element, definition, sheets, first);
		if (!answer) return;
		const data = answer.sheet.cells.slice(answer.hasTitles ? 1 : 0);
		await this.finish(pasteMapped(definition, history.state, data, answer.columns, top));
	}

	private async finish(result: PasteResult, actions: readonly NoticeAction[] = []): Promise<void> {
		const { history, notices, view } = this.editor;
		const before = history.state;
		this.editor.commit(result.state);
		this.filled = { problems: result.problems, before, after: history.state };
		this.editor.check();
		if (result.remarks.length > 0) {
			const tone = result.problems.length > 0 ? "danger" : actions.length > 0 ? "info" : "warning";
			notices.show("paste", tone, result.remarks.join(" "), actions);
		} else {
			notices.hide("paste");
		}
		await view.select(result.range);
	}
}
