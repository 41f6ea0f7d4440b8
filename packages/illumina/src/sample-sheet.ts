import { maximumCsvCharacters, parseCsv, writeCsvCell } from "./csv.ts";
import { InstrumentFileError } from "./xml.ts";

/** Key and value of a line of `[Header]`, `[Reads]` (version 2) or a settings section. */
export interface SampleSheetEntry {
	readonly key: string;
	readonly value: string;
}

/** Section of keys and values. */
export interface SettingsSection {
	readonly kind: "settings";
	readonly name: string;
	readonly entries: readonly SampleSheetEntry[];
}

/** `[Reads]` of version 1: one number of cycles per line. */
export interface ListSection {
	readonly kind: "list";
	readonly name: string;
	readonly values: readonly string[];
}

/** Section with column names and rows: `[Data]` (version 1) and every `[…_Data]` (version 2). */
export interface TableSection {
	readonly kind: "table";
	readonly name: string;
	readonly columns: readonly string[];
	/** Each row has as many cells as there are columns. */
	readonly rows: readonly (readonly string[])[];
}

/** A section in any of the three forms. */
export type SampleSheetSection = SettingsSection | ListSection | TableSection;

/** Something in a sample sheet that demultiplexing software may take badly; the value is kept. */
export interface SampleSheetWarning {
	/** Line in the file, from 1. */
	readonly line: number;
	readonly message: string;
}

/** An Illumina sample sheet. Version 2 has `FileFormatVersion,2` in its header. */
export interface SampleSheet {
	readonly version: 1 | 2;
	readonly sections: readonly SampleSheetSection[];
}

/** A sample of the sheet; null where the column is absent or the cell empty. Indices are as written, blanks included. */
export interface SampleSheetSample {
	readonly lane: string | null;
	readonly sampleId: string | null;
	readonly sampleName: string | null;
	readonly project: string | null;
	readonly index: string | null;
	readonly index2: string | null;
}

/**
 * Reads a sample sheet of version 1 or 2.
 * @throws {InstrumentFileError} when the text is too large or has no section
 */
export function parseSampleSheet(text: string): { sheet: SampleSheet; warnings: readonly SampleSheetWarning[] } {
	if (text.length > maximumCsvCharacters) throw new InstrumentFileError("The sample sheet is too large");
	const { records, unclosedQuoteLine } = parseCsv(text);
	const warnings: SampleSheetWarning[] = [];
	if (unclosedQuoteLine !== null) warnings.push({ line: unclosedQuoteLine, message: "A quoted cell never ends" });
	const blocks: Block[] = [];
	for (const { line, cells } of records) {
		if (cells.every((cell) => cell.trim() === "")) continue;
		const sectionName = /^\s*\[(.*)\]\s*$/.exec(cells[0] ?? "")?.[1];
		const block = blocks.at(-1);
		if (sectionName !== undefined) blocks.push({ name: sectionName, line, lines: [] });
		else if (block) block.lines.push({ line, cells });
		else warnings.push({ line, message: "Text before the first section is left out" });
	}
	if (blocks.length === 0) throw new InstrumentFileError("The sample sheet has no section such as [Header]");
	const names = new Set<string>();
	for (const { name, line } of blocks) {
		if (names.has(name.toLowerCase())) warnings.push({ line, message: `Section [${name}] occurs more than once` });
		names.add(name.toLowerCase());
	}
	const version = versionOf(blocks);
	return { sheet: { version, sections: blocks.map((block) => toSection(block, version, warnings)) }, warnings };
}

/**
 * Writes a sample sheet: sections separated by an empty line, lines end in LF.
 * @throws {InstrumentFileError} for what would not be read back the same: line breaks, a first cell in brackets, an empty row, a row
 * whose length differs from the number of columns, a section of the wrong kind, a header that names another version
 */
export function writeSampleSheet(sheet: SampleSheet): string {
	const header = findSection(sheet, "Header");
	const entries = header?.kind === "settings" ? header.entries : [];
	const formatVersion = entries.find(({ key }) => key.trim().toLowerCase() === "fileformatversion")?.value.trim();
	if ((formatVersion === "2" ? 2 : 1) !== sheet.version) {
		throw new InstrumentFileError(`FileFormatVersion in [Header] does not fit a sample sheet of version ${sheet.version}`);
	}
	for (const { kind, name } of sheet.sections) {
		const expected = kindOf(name, sheet.version);
		if (kind !== expected) throw new InstrumentFileError(`[${name}] is a section of kind ${expected}, not ${kind}`);
	}
	return sheet.sections.map((section) => writeSection(section)).join("\n");
}

/** First section of that name, in any case; null without. */
export function findSection(sheet: SampleSheet, name: string): SampleSheetSection | null {
	return sheet.sections.find((section) => section.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/** Samples of `[BCLConvert_Data]` (version 2) or `[Data]` (version 1), in file order; empty without such a section. */
export function readSamples(sheet: SampleSheet): SampleSheetSample[] {
	const section = findSection(sheet, "BCLConvert_Data") ?? findSection(sheet, "Data");
	if (section?.kind !== "table") return [];
	const places = section.columns.map((column) => column.trim().toLowerCase());
	return section.rows.map((row) => {
		const cellOf = (name: string) => row[places.indexOf(name)] || null;
		return {
			lane: cellOf("lane"),
			sampleId: cellOf("sample_id"),
			sampleName: cellOf("sample_name"),
			project: cellOf("sample_project"),
			index: cellOf("index"),
			index2: cellOf("index2"),
		};
	});
}

interface Block {
	readonly name: string;
	readonly line: number;
	readonly lines: { readonly line: number; readonly cells: readonly string[] }[];
}

function versionOf(blocks: readonly Block[]): 1 | 2 {
	const header = blocks.find((block) => block.name.toLowerCase() === "header");
	const line = header?.lines.find(({ cells }) => cells[0]?.trim().toLowerCase() === "fileformatversion");
	return line?.cells[1]?.trim() === "2" ? 2 : 1;
}

function kindOf(sectionName: string, version: 1 | 2): SampleSheetSection["kind"] {
	const name = sectionName.toLowerCase();
	if (version === 2) return name.endsWith("_data") ? "table" : "settings";
	if (name === "data") return "table";
	return name === "reads" ? "list" : "settings";
}

function toSection(block: Block, version: 1 | 2, warnings: SampleSheetWarning[]): SampleSheetSection {
	const kind = kindOf(block.name, version);
	if (kind === "table") return toTable(block, warnings);
	if (kind === "list") {
		return { kind: "list", name: block.name, values: block.lines.map(({ cells }) => cells[0] ?? "") };
	}
	const entries = block.lines.map(({ line, cells }) => {
		if (cells.slice(2).some((cell) => cell.trim() !== "")) {
			warnings.push({ line, message: `Cells after the value of ${cells[0] ?? ""} are left out` });
		}
		return { key: cells[0] ?? "", value: cells[1] ?? "" };
	});
	return { kind: "settings", name: block.name, entries };
}

function toTable(block: Block, warnings: SampleSheetWarning[]): TableSection {
	const [header, ...body] = block.lines;
	const columns = [...(header?.cells ?? [])];
	while (columns.length > 0 && columns.at(-1)?.trim() === "") columns.pop();
	const indexPlaces = columns.flatMap((column, place) => (/^index2?$/i.test(column.trim()) ? place : []));
	const rows = body.map(({ line, cells }) => {
		if (cells.slice(columns.length).some((cell) => cell.trim() !== "")) {
			warnings.push({
				line,
				message: `The row has more cells than the ${columns.length} columns of [${block.name}]; they are left out`,
			});
		}
		for (const place of indexPlaces) {
			const value = cells[place] ?? "";
			if (/\s/.test(value)) warnings.push({ line, message: `${columns[place]} "${value}" contains blanks` });
		}
		return columns.map((_, place) => cells[place] ?? "");
	});
	return { kind: "table", name: block.name, columns, rows };
}

function writeSection(section: SampleSheetSection): string {
	if (/[\r\n]/.test(section.name)) throw new InstrumentFileError("A section name has a line break");
	return [`[${section.name}]`, ...linesOf(section).map((cells) => writeLine(section.name, cells)), ""].join("\n");
}

function linesOf(section: SampleSheetSection): readonly (readonly string[])[] {
	if (section.kind === "settings") return section.entries.map(({ key, value }) => [key, value]);
	if (section.kind === "list") return section.values.map((value) => [value]);
	if (section.columns.at(-1)?.trim() === "") throw new InstrumentFileError(`The last column of [${section.name}] has no name`);
	for (const row of section.rows) {
		if (row.length !== section.columns.length) {
			throw new InstrumentFileError(`[${section.name}] has ${section.columns.length} columns and a row of ${row.length} cells`);
		}
	}
	return [section.columns, ...section.rows];
}

function writeLine(sectionName: string, cells: readonly string[]): string {
	const shown = `${cells.join(",").slice(0, 60)} in [${sectionName}]`;
	if (cells.some((cell) => /[\r\n]/.test(cell))) throw new InstrumentFileError(`A cell has a line break: ${shown}`);
	if (cells.every((cell) => cell.trim() === "")) throw new InstrumentFileError(`Empty line in [${sectionName}]`);
	if (/^\s*\[.*\]\s*$/.test(cells[0] ?? "")) throw new InstrumentFileError(`Would be read as a section: ${shown}`);
	return cells.map(writeCsvCell).join(",");
}
