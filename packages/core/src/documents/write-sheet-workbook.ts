import { maxSheetRows } from "@opengsync/domain/sheets/limits";
import type { Column, RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";
import { type Cell, type CellStyle, type DataValidation, type WriteSheet, writeXlsx } from "hucre/xlsx";

const optionsSheet = "Options";
const pixelsPerCharacter = 7.5;
const widestCharacters = 60;
const headerStyle: CellStyle = {
	font: { bold: true },
	fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFE6EEF5" } },
	alignment: { vertical: "top", wrapText: true },
};
/** Kept as typed: no gene name becomes a date, no number loses its zeros. */
const textStyle: CellStyle = { numFmt: "@" };

/** Letters of a column, the first being 0. */
function letters(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}

/** Name of a worksheet as Excel takes it: 31 characters without its special ones. */
function worksheetName(title: string): string {
	return (
		title
			.replaceAll(/[[\]:*?/\\]/g, " ")
			.slice(0, 31)
			.trim() || "Sheet"
	);
}

/** What is asked of whoever fills in a column, and how the hint says so. */
function demandOf(column: Column): readonly [word: string, hint: string] {
	if (column.readOnly) return ["read-only", "Read-only: it says which row this is."];
	return column.required ? ["required", "Required."] : ["", ""];
}

/** What the dialog beside a selected cell says. */
function hintOf(column: Column): string {
	const parts = [
		column.help ?? "",
		demandOf(column)[1],
		column.examples?.length ? `For example: ${column.examples.join(", ")}` : "",
	];
	return parts
		.filter((part) => part !== "")
		.join(" ")
		.slice(0, 255);
}

function choicesOf(column: Column): readonly string[] {
	return column.options?.map((option) => option.label) ?? [];
}

/** Drop-down of a choice, else a hint where there is one. */
function validationOf(column: Column, index: number, optionColumn: number): DataValidation | null {
	const range = `${letters(index)}2:${letters(index)}${maxSheetRows + 1}`;
	const hint = hintOf(column);
	const prompt = { inputTitle: column.label.slice(0, 32), inputMessage: hint, showInputMessage: hint !== "" };
	const choices = choicesOf(column);
	if (choices.length > 0) {
		const letter = letters(optionColumn);
		return {
			...prompt,
			type: "list",
			formula1: `${optionsSheet}!$${letter}$1:$${letter}$${choices.length}`,
			range,
			allowBlank: true,
			showErrorMessage: true,
			errorStyle: "stop",
			errorTitle: column.label.slice(0, 32),
			errorMessage: "Choose one of the list.",
		};
	}
	return hint === "" ? null : { ...prompt, type: "custom", formula1: "TRUE", range, allowBlank: true };
}

function transpose(lists: readonly (readonly string[])[]): string[][] {
	const height = Math.max(0, ...lists.map((list) => list.length));
	return Array.from({ length: height }, (_, row) => lists.map((list) => list[row] ?? ""));
}

/** The sheet that explains the columns. */
function helpSheet(columns: readonly Column[]): WriteSheet {
	const rows = columns.map((column) => [
		column.label,
		demandOf(column)[0],
		column.help ?? "",
		column.examples?.join(", ") ?? "",
		choicesOf(column).slice(0, 30).join(", "),
	]);
	const header = ["Column", "", "Meaning", "Examples", "Choices"];
	return {
		name: "Help",
		rows: [header, ...rows],
		columns: [28, 10, 70, 40, 60].map((width) => ({ width, style: { alignment: { wrapText: true, vertical: "top" } } })),
		cells: new Map(header.map((_, index) => [`0,${index}`, { style: headerStyle } satisfies Partial<Cell>])),
		freezePane: { rows: 1 },
	};
}

/**
 * An Excel workbook of a sheet: its columns with drop-downs and hints, the given rows as text, and a second sheet that explains the
 * columns. Without rows it is the template to fill in. Texts are never formulas, whatever they begin with.
 */
export async function writeSheetWorkbook(definition: SheetDefinition, content: RawSheet | null): Promise<Uint8Array> {
	const labels = content?.columns ?? definition.columns.map((column) => column.label);
	const columns = labels.map(
		(label): Column =>
			definition.columns.find((column) => column.label === label) ?? { key: label, label, width: 100, type: "text" },
	);
	const rows = (content?.rows ?? []).map((row) =>
		labels.map((_, index) => (row[index] === null ? "" : String(row[index] ?? ""))),
	);
	const withChoices = columns.filter((column) => choicesOf(column).length > 0);
	const validations = columns.map((column, index) => validationOf(column, index, withChoices.indexOf(column)));
	const name = worksheetName(definition.title);
	const sheets: WriteSheet[] = [
		{
			name: name === optionsSheet || name === "Help" ? "Sheet" : name,
			rows: [[...labels], ...rows],
			columns: columns.map((column) => ({
				width: Math.min(widestCharacters, Math.max(column.width / pixelsPerCharacter, column.label.length + 2)),
				style: textStyle,
			})),
			cells: new Map(labels.map((_, index) => [`0,${index}`, { style: headerStyle } satisfies Partial<Cell>])),
			dataValidations: validations.filter((validation) => validation !== null),
			freezePane: { rows: 1 },
		},
		helpSheet(columns),
	];
	if (withChoices.length > 0) sheets.push({ name: optionsSheet, rows: transpose(withChoices.map(choicesOf)), hidden: true });
	return writeXlsx({ sheets });
}
