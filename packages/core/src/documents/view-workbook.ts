import { parseInThread } from "./workbook-thread.ts";

/** How a cell looks; only what differs from plain text. Colours are six hexadecimal digits. */
export interface CellLook {
	readonly fontFamily?: string;
	readonly fontSizePt?: number;
	readonly isBold?: true;
	readonly isItalic?: true;
	readonly isUnderlined?: true;
	readonly isStruck?: true;
	readonly colour?: string;
	readonly fill?: string;
	readonly horizontal?: "left" | "center" | "right" | "justify";
	readonly vertical?: "top" | "middle" | "bottom";
	/** Counter-clockwise, -90 to 90. */
	readonly rotationDegrees?: number;
	readonly isWrapped?: true;
}

/** A cell as it is shown: its value as text in its number format, and the number of its look in the sheet. */
export interface ViewedCell {
	readonly text: string;
	readonly look: number | null;
}

/** A worksheet as it looks. */
export interface ViewedSheet {
	readonly name: string;
	/** The workbook does not show it by itself. */
	readonly isHidden: boolean;
	readonly columnWidthsPx: readonly number[];
	readonly looks: readonly CellLook[];
	readonly rows: readonly (readonly ViewedCell[])[];
	/** Rows or columns beyond the limits were left out. */
	readonly isCut: boolean;
}

/** Rows that are shown of a sheet; who needs more downloads the workbook. */
export const maxViewedRows = 1000;
/** Columns that are shown of a sheet. */
export const maxViewedColumns = 100;

/**
 * What every worksheet of a workbook looks like (requests-and-annotation.md §3.6): stored values, formulas are never computed.
 * @throws UnreadableWorkbookError with what the user can do
 */
export function viewWorkbook(bytes: Uint8Array): Promise<ViewedSheet[]> {
	return parseInThread<ViewedSheet>({ task: "view", bytes, maxRows: maxViewedRows, maxColumns: maxViewedColumns });
}
