/** Which column of an uploaded table goes where: proposed from its titles, corrected by the user in a dialog. */
import { matchHeaders } from "@opengsync/domain/sheets/match-headers";
import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { type BlockColumn, beginsWithHeader } from "./paste-cells.ts";

/** A table of a file: the worksheet's name, or that of the file. */
export interface FileSheet {
	readonly name: string;
	readonly cells: readonly (readonly string[])[];
}

/** What becomes of a table's columns. */
export interface ColumnMapping {
	/** The first row holds titles, not data. */
	readonly hasTitles: boolean;
	/** Enough titles are known that the first row cannot be data. */
	readonly isClear: boolean;
	readonly columns: readonly BlockColumn[];
	/** Titles without a column in the sheet. */
	readonly unknown: readonly string[];
	/** Required columns of the sheet that the table does not have. */
	readonly missing: readonly string[];
}

/** Number of columns of a table. */
export function widthOf(cells: readonly (readonly string[])[]): number {
	return Math.max(0, ...cells.map((row) => row.length));
}

/**
 * The mapping by titles; where the first row holds none, column by column from the left.
 */
export function proposeMapping(definition: SheetDefinition, cells: readonly (readonly string[])[]): ColumnMapping {
	const width = widthOf(cells);
	const titles = Array.from({ length: width }, (_, index) => cells[0]?.[index] ?? "");
	const matches = matchHeaders(definition, titles);
	const hasTitles = cells.length > 1 && matches.some((match) => match.kind === "known");
	if (!hasTitles) {
		const columns = titles.map((_, index) => {
			const column = definition.columns[index];
			return column ? { key: column.key } : null;
		});
		return { hasTitles, isClear: false, columns, unknown: [], missing: missingOf(definition, columns) };
	}
	const unknown: string[] = [];
	const columns = matches.map((match): BlockColumn => {
		if (match.kind === "known") return { key: match.column.key };
		if (match.kind === "added") return { title: match.column.label };
		if (match.kind !== "blank") unknown.push(match.title);
		return null;
	});
	return { hasTitles, isClear: beginsWithHeader(definition, cells), columns, unknown, missing: missingOf(definition, columns) };
}

/** Required columns that none of the table's goes to. */
export function missingOf(definition: SheetDefinition, columns: readonly BlockColumn[]): string[] {
	const used = new Set(columns.map((column) => (column && "key" in column ? column.key : null)));
	return definition.columns
		.filter((column) => column.required && !column.readOnly && !used.has(column.key))
		.map((column) => column.label);
}

/** Whether the mapping can be used without asking: all titles are known. What is missing can be filled in later. */
export function isCertain(mapping: ColumnMapping): boolean {
	return mapping.isClear && mapping.unknown.length === 0;
}

/** The table that fits the sheet best: most known titles; the first one among equals. */
export function bestSheet(definition: SheetDefinition, sheets: readonly FileSheet[]): FileSheet | undefined {
	const score = (sheet: FileSheet) => {
		const mapping = proposeMapping(definition, sheet.cells);
		return mapping.hasTitles ? mapping.columns.filter((column) => column !== null).length : 0;
	};
	return sheets.toSorted((a, b) => score(b) - score(a))[0];
}
