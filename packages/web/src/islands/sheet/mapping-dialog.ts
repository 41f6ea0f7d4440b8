/** Asks which column of an uploaded table goes where. */
import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { type ColumnMapping, type FileSheet, missingOf, proposeMapping, widthOf } from "./column-mapping.ts";
import { makeButton, makeElement } from "./dom.ts";
import type { BlockColumn } from "./paste-cells.ts";

/** What the user chose. */
export interface MappingAnswer {
	readonly sheet: FileSheet;
	readonly hasTitles: boolean;
	readonly columns: readonly BlockColumn[];
}

const unused = "";
const newColumn = "+";
const shownValues = 3;

/** Select of the sheet's columns for one column of the table. */
function makeTarget(definition: SheetDefinition, chosen: BlockColumn, title: string): HTMLSelectElement {
	const select = makeElement("select", { class: "form-select form-select-sm", "aria-label": `Column for ${title}` });
	const add = (value: string, label: string) => select.append(makeElement("option", { value }, label));
	add(unused, "Do not use");
	for (const column of definition.columns) add(column.key, column.required ? `${column.label} (required)` : column.label);
	if (definition.canAddColumns) add(newColumn, "New column");
	select.value = chosen === null ? unused : "key" in chosen ? chosen.key : newColumn;
	return select;
}

/** The table of columns, and how to read it back. */
function makeTable(definition: SheetDefinition, sheet: FileSheet, mapping: ColumnMapping, changed: () => void) {
	const titles = sheet.cells[0] ?? [];
	const selects: HTMLSelectElement[] = [];
	const body = makeElement("tbody");
	for (let index = 0; index < widthOf(sheet.cells); index++) {
		const title = (mapping.hasTitles && titles[index]?.trim()) || `Column ${index + 1}`;
		const values = sheet.cells
			.slice(mapping.hasTitles ? 1 : 0)
			.map((row) => row[index]?.trim() ?? "")
			.filter((text) => text !== "");
		const select = makeTarget(definition, mapping.columns[index] ?? null, title);
		select.addEventListener("change", changed);
		selects.push(select);
		body.append(
			makeElement(
				"tr",
				{},
				makeElement("th", { scope: "row" }, title),
				makeElement("td", { class: "sheet-mapping-values" }, values.slice(0, shownValues).join(", ")),
				makeElement("td", {}, select),
			),
		);
	}
	const head = makeElement("thead", {}, makeElement("tr", {}));
	for (const text of ["In the file", "Values", "Goes to"])
		head.firstElementChild?.append(makeElement("th", { scope: "col" }, text));
	const readColumns = (): BlockColumn[] =>
		selects.map((select, index): BlockColumn => {
			if (select.value === unused) return null;
			return select.value === newColumn ? { title: titles[index]?.trim() || `Column ${index + 1}` } : { key: select.value };
		});
	return { element: makeElement("table", { class: "table table-sm" }, head, body), readColumns };
}

/** Two columns of the table that go to the same one of the sheet. */
function findRepeated(definition: SheetDefinition, columns: readonly BlockColumn[]): string | null {
	const keys = columns.flatMap((column) => (column && "key" in column ? [column.key] : []));
	const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
	return definition.columns.find((column) => column.key === repeated)?.label ?? null;
}

/** Shows the dialog; resolves with the choice, or null when it was cancelled. */
export function askForMapping(
	host: HTMLElement,
	definition: SheetDefinition,
	sheets: readonly FileSheet[],
	first: FileSheet,
): Promise<MappingAnswer | null> {
	const dialog = makeElement("dialog", { class: "sheet-dialog sheet-mapping", "aria-label": "Columns of the file" });
	const place = makeElement("div", { class: "sheet-mapping-table" });
	const remark = makeElement("p", { class: "text-secondary", role: "status" });
	const hasTitles = makeElement("input", { type: "checkbox", class: "form-check-input" });
	const worksheet = makeElement("select", { class: "form-select form-select-sm", "aria-label": "Worksheet" });
	for (const sheet of sheets) worksheet.append(makeElement("option", { value: sheet.name }, sheet.name));
	worksheet.value = first.name;
	let sheet = first;
	let answer: MappingAnswer | null = null;
	let readColumns: () => BlockColumn[] = () => [];
	const accept = makeButton("Fill in", () => dialog.close("accept"), { class: "btn btn-primary" });

	const explain = () => {
		const columns = readColumns();
		const repeated = findRepeated(definition, columns);
		const missing = missingOf(definition, columns);
		accept.disabled = repeated !== null || columns.every((column) => column === null);
		remark.textContent = repeated
			? `Two columns go to ${repeated}.`
			: missing.length > 0
				? `Without a column in the file: ${missing.join(", ")}. You can fill in later.`
				: "";
	};
	const draw = (mapping: ColumnMapping) => {
		hasTitles.checked = mapping.hasTitles;
		const table = makeTable(definition, sheet, mapping, explain);
		readColumns = table.readColumns;
		place.replaceChildren(table.element);
		explain();
	};
	worksheet.addEventListener("change", () => {
		sheet = sheets.find((candidate) => candidate.name === worksheet.value) ?? first;
		draw(proposeMapping(definition, sheet.cells));
	});
	hasTitles.addEventListener("change", () =>
		draw({ ...proposeMapping(definition, sheet.cells), hasTitles: hasTitles.checked, columns: readColumns() }),
	);
	draw(proposeMapping(definition, first.cells));

	return new Promise((resolve) => {
		dialog.addEventListener("close", () => {
			if (dialog.returnValue === "accept") answer = { sheet, hasTitles: hasTitles.checked, columns: readColumns() };
			dialog.remove();
			resolve(answer);
		});
		dialog.addEventListener("keydown", (event) => event.stopPropagation());
		dialog.append(
			makeElement("p", { class: "fw-bold" }, "Which column goes where?"),
			...(sheets.length > 1 ? [makeElement("label", { class: "sheet-mapping-line" }, "Worksheet ", worksheet)] : []),
			makeElement(
				"label",
				{ class: "form-check" },
				hasTitles,
				makeElement("span", { class: "form-check-label" }, "The first row holds titles"),
			),
			place,
			remark,
			makeElement(
				"div",
				{ class: "sheet-dialog-buttons" },
				accept,
				makeButton("Cancel", () => dialog.close(), { class: "btn" }),
			),
		);
		host.append(dialog);
		dialog.showModal();
	});
}
