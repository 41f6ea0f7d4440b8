import { readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { reportCells, reportSheet, textOf } from "../sheets/report.ts";
import type { Column, RawCell, SheetDefinition, SheetRule, ValidatedSheet } from "../sheets/types.ts";

/** Properties of a library as stored (data-model.md §6). */
export type LibraryProperties = Readonly<Record<string, unknown>>;

const longestName = 64;
const longestValue = 1024;

/** Kept out of the generic editors: it is a list, entered by its own sheet (data-model.md §6). */
const reserved = new Set(["crispr_guides"]);

function isText(value: unknown): value is string | number | boolean {
	return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Properties that people edit as text, by name. */
export function editableProperties(properties: LibraryProperties | null): Map<string, string> {
	const texts = Object.entries(properties ?? {}).filter(([name, value]) => !reserved.has(name) && isText(value));
	return new Map(texts.map(([name, value]) => [name, String(value)]));
}

/** The properties after an edit: what is not text stays, the rest is exactly `texts`; null when nothing is left. */
export function mergeProperties(stored: LibraryProperties | null, texts: ReadonlyMap<string, string>): LibraryProperties | null {
	const editable = editableProperties(stored);
	const kept = Object.entries(stored ?? {}).filter(([name]) => !editable.has(name));
	const merged = Object.fromEntries([...kept, ...texts]);
	return Object.keys(merged).length > 0 ? merged : null;
}

/** Names that the sheet must not give: they hold something other than text. */
export function protectedNames(properties: LibraryProperties | null): string[] {
	const editable = editableProperties(properties);
	return [...new Set([...reserved, ...Object.keys(properties ?? {}).filter((name) => !editable.has(name))])];
}

/** From what the sheet of one library is built. */
export type LibraryPropertiesContext = { readonly protectedNames: readonly string[] };

/** Sheet of the properties of one library (requests-and-annotation.md §11); what it does not list is deleted. */
export function buildLibraryPropertiesSheet(context: LibraryPropertiesContext): SheetDefinition {
	const refuseProtected: SheetRule = (rows, report) => {
		for (const row of rows) {
			const name = textOf(row, "property");
			if (name === null || !context.protectedNames.includes(name)) continue;
			reportCells(report, row.number, ["property"], "invalid", `"${name}" holds more than a text and cannot be entered here.`);
		}
		return undefined;
	};
	return {
		name: "library_properties",
		title: "Properties",
		columns: [
			{
				key: "property",
				label: "Property",
				width: 300,
				type: "text",
				required: true,
				unique: true,
				maxLength: longestName,
				examples: ["slide"],
			},
			{
				key: "value",
				label: "Value",
				width: 500,
				type: "text",
				required: true,
				maxLength: longestValue,
				examples: ["V01A02-123"],
			},
		],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: true,
		rules: [refuseProtected],
	};
}

/** Properties that a valid sheet of one library lists. */
export function readLibraryProperties(sheet: ValidatedSheet): Map<string, string> {
	return new Map(sheet.rows.map((row) => [textOf(row, "property") ?? "", textOf(row, "value") ?? ""]));
}

/** From what the sheet of many libraries is built; `properties` are the names that any of them has. */
export type PropertyTableContext = {
	readonly libraries: readonly { readonly id: number; readonly name: string }[];
	readonly properties: readonly string[];
	readonly protectedNames: readonly string[];
};

/** Key of the column of a property that is stored already; it cannot be mistaken for a column that was added. */
const keyOf = (property: string) => `property:${property}`;
const identityColumns = new Set(["library_id", "library_name"]);
const propertyColumn = { width: 170, type: "text", maxLength: longestValue } as const;

/** The name under which a column is stored: as it stands, or the field name of an added one. */
function propertyOf(column: Column): string {
	return column.key === keyOf(column.label) ? column.label : column.key;
}

const refuseNames =
	(context: PropertyTableContext): SheetRule =>
	(_rows, report, columns) => {
		const added = columns.filter((column) => !identityColumns.has(column.key) && column.key !== keyOf(column.label));
		for (const column of added) {
			if (column.key.length > longestName) {
				const message = `The property name "${column.label.slice(0, 40)}…" is too long: at most ${longestName} characters.`;
				reportSheet(report, "property.name", message, [column.key], "invalid");
			} else if (context.protectedNames.includes(column.key)) {
				const message = `"${column.key}" holds more than a text and cannot be entered here.`;
				reportSheet(report, "property.name", message, [column.key], "invalid");
			} else if (context.properties.includes(column.key)) {
				const message = `There are two columns for the property "${column.key}".`;
				reportSheet(report, "columns.duplicate", message, [column.key], "duplicate");
			}
		}
		return undefined;
	};

/** Sheet of the properties of all libraries of a request or project: columns may be added, renamed and deleted (§11). */
export function buildPropertyTableSheet(context: PropertyTableContext): SheetDefinition {
	return {
		name: "library_property_table",
		title: "Library Properties",
		columns: [
			{ key: "library_id", label: "Library ID", width: 100, type: "integer", required: true, readOnly: true },
			readOnlyColumn("library_name", "Library Name", 250),
			...context.properties.map((name): Column => ({ ...propertyColumn, key: keyOf(name), label: name })),
		],
		canAddRows: false,
		canAddColumns: true,
		addedColumn: propertyColumn,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["library_id", "library_name"],
				context.libraries.map((library) => [String(library.id), library.name]),
			),
			refuseNames(context),
		],
	};
}

/** Cells of a library, by column. */
export function cellsOfProperties(library: {
	readonly id: number;
	readonly name: string;
	readonly properties: LibraryProperties | null;
}): Record<string, RawCell> {
	const texts = [...editableProperties(library.properties)].map(([name, value]) => [keyOf(name), value]);
	return { ...Object.fromEntries(texts), library_id: library.id, library_name: library.name };
}

/** Properties that a valid sheet gives each library, by library id; a blank cell is no property. */
export function readPropertyTable(sheet: ValidatedSheet): Map<number, Map<string, string>> {
	const columns = sheet.columns.filter((column) => !identityColumns.has(column.key));
	return new Map(
		sheet.rows.map((row) => {
			const texts = columns.map((column) => [propertyOf(column), textOf(row, column.key)] as const);
			return [Number(textOf(row, "library_id")), new Map(texts.flatMap(([name, text]) => (text === null ? [] : [[name, text]])))];
		}),
	);
}
