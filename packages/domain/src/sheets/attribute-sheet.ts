import { faultOfAttributeName, maxAttributeLength, wellKnownAttributes } from "../attributes.ts";
import { readOnlyColumn } from "./fixed-rows.ts";
import { fieldNameOf } from "./match-headers.ts";
import { reportCells, reportSheet, textOf } from "./report.ts";
import type { CleanRow, Column, SheetDefinition, SheetRule, ValidatedSheet } from "./types.ts";

/** Columns that say which sample a row is: no attributes. */
const identityColumns = new Set(["sample_name", "sample_id"]);

const attributeColumn: Omit<Column, "key" | "label"> = { width: 100, type: "text", maxLength: maxAttributeLength };

/** Title of an attribute by its field name: `cell_type` → `Cell Type`; one that is not well-known is called as it is named. */
export function titleOfAttribute(name: string): string {
	if (!wellKnownAttributes.includes(name)) return name;
	return name
		.split("_")
		.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
		.join(" ");
}

/** Whether an attribute of this field name can have a column: one without a name or named like the sample's own columns stays as it is. */
export function canHaveColumn(name: string): boolean {
	return name !== "" && !identityColumns.has(name);
}

/** Titles of attributes by field name: the well-known ones, then those of `stored` that are not among them. */
export function titlesOfAttributes(stored: readonly string[]): ReadonlyMap<string, string> {
	const others = stored.map(fieldNameOf).filter((name) => canHaveColumn(name) && !wellKnownAttributes.includes(name));
	return new Map([...wellKnownAttributes, ...others].map((name) => [name, titleOfAttribute(name)]));
}

/** (1) Names that somebody typed have 3–64 characters. That no two are equal is part of matching the headers. */
function requireDescriptiveNames(titles: ReadonlyMap<string, string>): SheetRule {
	return (_rows, report, columns) => {
		let stop: "stop" | undefined;
		for (const column of columns) {
			const fault = titles.has(column.key) || !canHaveColumn(column.key) ? null : faultOfAttributeName(column.key);
			if (fault === null) continue;
			reportSheet(report, "attribute.name", `The attribute name "${column.label}" is ${fault}.`, [column.key], "invalid");
			stop = "stop";
		}
		return stop;
	};
}

/** (3) A column is filled completely or not at all, unless it may have gaps. */
function requireCompleteColumns(withGaps: readonly string[]): SheetRule {
	return (rows, report, columns) => {
		for (const column of columns) {
			if (!canHaveColumn(column.key) || withGaps.includes(column.key)) continue;
			const empty = rows.filter((row) => textOf(row, column.key) === null);
			if (empty.length === rows.length) continue;
			for (const row of empty) {
				reportCells(report, row.number, [column.key], "missing", `${column.label} must be given for all samples or for none.`);
			}
		}
		return undefined;
	};
}

/** What makes the sheet of one place differ from that of another. */
export interface AttributeSheetParts {
	readonly name: string;
	readonly sampleId: Column;
	/** (2) Every sample has its row, and there are no others. */
	readonly exactRows: SheetRule;
	/** Names of attributes that samples already have. */
	readonly stored: readonly string[];
	/** Names of attributes that need not be given for all samples. */
	readonly withGaps: readonly string[];
}

/** Sheet of attributes of samples (requests-and-annotation.md §5.5): one row per sample, columns may be added, renamed and deleted. */
export function buildAttributeSheet(parts: AttributeSheetParts): SheetDefinition {
	const titles = titlesOfAttributes(parts.stored);
	return {
		name: parts.name,
		title: "Sample Attributes",
		columns: [
			readOnlyColumn("sample_name", "Sample Name", 200),
			parts.sampleId,
			...[...titles].map(([key, label]): Column => ({ ...attributeColumn, key, label })),
		],
		canAddRows: false,
		canAddColumns: true,
		addedColumn: attributeColumn,
		mayBeEmpty: false,
		rules: [requireDescriptiveNames(titles), parts.exactRows, requireCompleteColumns(parts.withGaps)],
	};
}

/** Attributes that a row of a valid sheet gives its sample, by field name; a blank cell is no attribute. */
export function readAttributesOfRow(sheet: ValidatedSheet, row: CleanRow): Map<string, string> {
	const keys = sheet.columns.map((column) => column.key).filter(canHaveColumn);
	return new Map(
		keys.flatMap((key) => {
			const text = textOf(row, key);
			return text === null ? [] : [[key, text] as const];
		}),
	);
}
