/** What buttons and keys do, on the selected cells. */
import type { SheetEditor } from "./sheet-editor.ts";
import {
	addColumn,
	type CellRange,
	deleteColumn,
	deleteRows,
	duplicateRows,
	fillDown,
	insertRows,
	renameColumn,
	type SheetState,
	sortRows,
} from "./sheet-state.ts";
import { askForTitle } from "./title-dialog.ts";
import type { SheetCommands } from "./toolbar.ts";

/** Makes the commands of an editor; `leaveGrid` gets the keyboard out of the grid. */
export function makeSheetCommands(editor: SheetEditor, leaveGrid: () => void): SheetCommands {
	async function change(work: (state: SheetState, range: CellRange) => SheetState): Promise<CellRange> {
		const range = await editor.view.readSelection();
		editor.commit(work(editor.history.state, range));
		return range;
	}

	async function changeTitle(): Promise<void> {
		const range = await editor.view.readSelection();
		const column = editor.history.state.columns[range.left];
		if (column) {
			const title = await askForTitle(editor.view.element, `New title of column "${column.label}"`, column.label);
			if (title) {
				editor.commit(renameColumn(editor.definition, editor.history.state, column.id, title));
			}
		}
	}

	async function appendColumn(): Promise<void> {
		const title = await askForTitle(editor.view.element, "Title of the new column", "");
		if (title) {
			editor.commit(addColumn(editor.definition, editor.history.state, title));
		}
	}

	async function selectRowsBelow(range: CellRange): Promise<void> {
		const count = range.bottom - range.top + 1;
		await editor.view.select({ ...range, top: range.bottom + 1, bottom: range.bottom + count });
	}

	return {
		undo: () => editor.history.undo(),
		redo: () => editor.history.redo(),
		insertRows: () =>
			void change((state, range) => insertRows(state, range.bottom + 1, range.bottom - range.top + 1)).then(selectRowsBelow),
		duplicateRows: () => void change(duplicateRows).then(selectRowsBelow),
		deleteRows: () => void change(deleteRows),
		fillDown: () => void change(fillDown),
		sort: (direction) =>
			void change((state, range) => {
				const column = state.columns[range.left];
				return column ? sortRows(state, column.id, direction) : state;
			}),
		find: () => editor.find(),
		upload: (file) => void editor.filler.upload(file),
		download: () => void editor.download(),
		addColumn: () => void appendColumn(),
		renameColumn: () => void changeTitle(),
		deleteColumn: () =>
			void change((state, range) => {
				const column = state.columns[range.left];
				return column && state.columns.length > 1 ? deleteColumn(state, column.id) : state;
			}),
		nextProblem: () => editor.jumpToNextProblem(),
		leaveGrid: () => void editor.view.leave().then(leaveGrid),
	};
}
