/** Columns and cells as the grid component wants them described. */
import type { CellProps, ColumnRegular } from "@revolist/revogrid";
import { type CellEditorUse, makeCellEditor } from "./cell-editor.ts";
import { type CellMarks, keyOfCell } from "./cell-marks.ts";
import { isEditable, type SheetColumn } from "./sheet-state.ts";
import { titleWidthPx } from "./sheet-styles.ts";

/** How cells are drawn, asked for each visible cell. */
export interface GridLook {
	readonly marks: CellMarks;
	/** Keys of cells that the search has found (`keyOfCell`). */
	readonly found: ReadonlySet<string>;
	readonly readOnly: boolean;
}

/** What drawing and editing of cells need from the grid. */
export interface ColumnsUse extends Pick<CellEditorUse, "opened" | "finish"> {
	/** How cells look at the moment of drawing. */
	readLook(): GridLook;
}

/** Describes columns with their titles, cells and editors. */
export function describeColumns(columns: readonly SheetColumn[], { readLook, opened, finish }: ColumnsUse): ColumnRegular[] {
	return columns.map((column) => {
		const definition = column.definition;
		const isAsked = definition?.required === true && isEditable(column);
		const help = [isAsked ? "Required." : "", definition?.help ?? ""].filter(Boolean).join(" ");
		return {
			prop: column.id,
			name: column.label,
			size: Math.max(60, definition?.width ?? 140, titleWidthPx(column.label)),
			readonly: !isEditable(column),
			columnTemplate: (h) => [
				h("span", {}, column.label),
				isAsked ? h("span", { class: "sheet-required", "aria-label": "required" }, "*") : "",
			],
			columnProperties: () => ({ title: help === "" ? column.label : `${column.label}: ${help}` }),
			cellProperties: ({ rowIndex }) => describeCell(readLook(), rowIndex, column),
			editor: makeCellEditor({
				label: column.label,
				options: definition?.options?.map((option) => option.label) ?? null,
				opened,
				finish,
			}),
		};
	});
}

function describeCell(look: GridLook, rowIndex: number, column: SheetColumn): CellProps {
	const key = keyOfCell(rowIndex + 1, column.id);
	const mark = look.marks.get(key);
	const classes: Record<string, boolean> = {
		"sheet-choice": column.definition?.options !== undefined,
		"sheet-readonly": !isEditable(column),
		"sheet-found": look.found.has(key),
	};
	if (!mark) {
		return { class: classes };
	}
	classes[`sheet-${mark.severity === "error" ? mark.kind : "warning"}`] = true;
	const message = mark.messages.join("\n");
	return {
		class: classes,
		title: message,
		"aria-invalid": mark.severity === "error" ? "true" : "false",
		"aria-description": message,
	};
}
