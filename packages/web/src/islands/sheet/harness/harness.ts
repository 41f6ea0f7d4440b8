/** A page with nothing but a sheet, for tests and for trying things out. `?columns=1` allows the user's own columns, `?readonly=1` none. */

import { genomeOptions } from "@opengsync/domain/annotation/sample-annotation";
import { LibraryType, membersOf } from "@opengsync/domain/catalog";
import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { checkBases, checkName, cleanName, cleanSequence } from "@opengsync/domain/text-rules";
import { mountSheet } from "../mount-sheet.ts";
import { readSheetConfig } from "../sheet-config.ts";

const parameters = new URLSearchParams(location.search);

/** Twelve columns of all kinds. */
const definition: SheetDefinition = {
	name: "harness",
	title: "Libraries",
	columns: [
		{
			key: "sample_name",
			label: "Sample Name",
			width: 200,
			type: "text",
			required: true,
			unique: true,
			minLength: 4,
			maxLength: 64,
			clean: cleanName("_ ."),
			check: checkName("_"),
			help: "4–64 letters, digits and _.",
			examples: ["lung_ctrl_1"],
		},
		{ key: "library_name", label: "Library Name", width: 180, type: "text", required: true },
		{ key: "genome_id", label: "Genome", width: 200, type: "labelledChoice", required: true, options: genomeOptions },
		{ key: "project", label: "Project", width: 120, type: "text" },
		{
			key: "library_type_id",
			label: "Library Type",
			width: 180,
			type: "labelledChoice",
			required: true,
			options: membersOf(LibraryType).map((member) => ({ value: member.id, label: member.label })),
			help: "What was prepared.",
		},
		{ key: "pool", label: "Pool", width: 100, type: "text" },
		{ key: "kit_i7", label: "Index Kit", width: 100, type: "text" },
		{ key: "name_i7", label: "Adapter", width: 100, type: "text" },
		{ key: "sequence_i7", label: "Index 1 (i7)", width: 120, type: "text", clean: cleanSequence, check: checkBases },
		{ key: "sequence_i5", label: "Index 2 (i5)", width: 120, type: "text", clean: cleanSequence, check: checkBases },
		{ key: "seq_depth", label: "Sequencing Depth", width: 140, type: "float", help: "Million reads." },
		{ key: "comment", label: "Comment", width: 160, type: "text" },
	],
	canAddRows: true,
	canAddColumns: parameters.has("columns"),
	mayBeEmpty: false,
	rules: [],
};

if (parameters.get("theme")) {
	document.documentElement.dataset.bsTheme = parameters.get("theme") ?? "light";
}
const element = document.querySelector<HTMLElement>("[data-island=sheet]");
if (element) {
	const config = readSheetConfig(element);
	mountSheet(element, definition, { ...config, readOnly: parameters.has("readonly") });
}
document.querySelector("form")?.addEventListener("submit", (event) => {
	if (event.target instanceof HTMLFormElement) {
		event.preventDefault();
		const output = document.querySelector("output");
		if (output) {
			output.textContent = String(new FormData(event.target).get("sheet"));
		}
	}
});
