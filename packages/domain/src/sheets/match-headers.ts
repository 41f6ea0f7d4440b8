import type { Column, RawCell, SheetDefinition } from "./types.ts";

/**
 * Titles that people still have in their own tables (older forms, sequencing cores' templates) and the columns that they mean; the
 * first one that the sheet has and that is not taken yet wins. Written in lower case.
 */
const oldTitles: ReadonlyMap<string, readonly string[]> = new Map(
	Object.entries({
		sample: ["sample_name", "sample_pool"],
		"sample id": ["sample_id"],
		organism: ["genome_id"],
		genome: ["genome_id"],
		"reference genome": ["genome_id"],
		library: ["library_name"],
		"library name": ["library_name"],
		"library type": ["library_type_id"],
		pool: ["pool"],
		"sample pool": ["pool", "sample_pool"],
		"multiplexing pool": ["pool"],
		"index kit": ["kit_i7", "kit"],
		"index kit i7": ["kit_i7"],
		"index kit i5": ["kit_i5"],
		adapter: ["name_i7", "name"],
		"adapter i7": ["name_i7"],
		"adapter i5": ["name_i5"],
		"index name": ["name_i7", "name"],
		well: ["index_well", "well"],
		"index 1": ["sequence_i7", "sequence_1"],
		"index 1 (i7)": ["sequence_i7", "sequence_1"],
		"barcode i7": ["sequence_i7"],
		i7: ["sequence_i7"],
		"index 2": ["sequence_i5", "sequence_2"],
		"index 2 (i5)": ["sequence_i5", "sequence_2"],
		"barcode i5": ["sequence_i5"],
		i5: ["sequence_i5"],
		"index 3": ["sequence_3"],
		"index 4": ["sequence_4"],
	}),
);

/** Lower case with single spaces, as titles are compared beyond the exact match. */
function normaliseTitle(title: string): string {
	return title.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();
}

/** Field name of a column that the user added: lower case, spaces become `_` (requests-and-annotation.md §3.1). */
export function fieldNameOf(title: string): string {
	return title.replaceAll("\0", "").trim().toLowerCase().replace(/\s+/gu, "_");
}

/** What became of one header of a sheet. */
export type HeaderMatch =
	| { readonly kind: "known"; readonly column: Column }
	| { readonly kind: "added"; readonly column: Column }
	/** A title that the sheet does not know and may not get. */
	| { readonly kind: "unknown"; readonly title: string }
	/** A second title for a column that was already matched. */
	| { readonly kind: "repeated"; readonly title: string; readonly column: Column }
	| { readonly kind: "blank" };

/** The column that a title means: exact title, else the title or field name in any case, else an older title. */
function findColumn(definition: SheetDefinition, title: string, taken: ReadonlySet<string>): Column | null {
	const exact = definition.columns.find((column) => column.label === title);
	if (exact) return exact;
	const normalised = normaliseTitle(title);
	const field = fieldNameOf(title);
	const similar = definition.columns.find((column) => normaliseTitle(column.label) === normalised || column.key === field);
	if (similar) return similar;
	const candidates = (oldTitles.get(normalised) ?? [])
		.map((key) => definition.columns.find((column) => column.key === key))
		.filter((column) => column !== undefined);
	return candidates.find((column) => !taken.has(column.key)) ?? candidates[0] ?? null;
}

/**
 * Maps the headers of a sheet to columns, one result per header in their order (requests-and-annotation.md §3.1). Exact titles are
 * served first, so that an older title never takes the column of an exact one. Where columns may be added every other title becomes one.
 */
export function matchHeaders(definition: SheetDefinition, titles: readonly string[]): HeaderMatch[] {
	const matches: HeaderMatch[] = titles.map(() => ({ kind: "blank" }));
	const taken = new Set<string>();
	const cleaned = titles.map((title) => title.replaceAll("\0", "").trim());
	const place = (index: number, column: Column, kind: "known" | "added") => {
		matches[index] = taken.has(column.key) ? { kind: "repeated", title: cleaned[index] ?? "", column } : { kind, column };
		taken.add(column.key);
	};
	cleaned.forEach((title, index) => {
		const exact = definition.columns.find((column) => column.label === title);
		if (exact) place(index, exact, "known");
	});
	cleaned.forEach((title, index) => {
		if (title === "" || definition.columns.some((column) => column.label === title)) return;
		const known = findColumn(definition, title, taken);
		if (known) {
			place(index, known, "known");
		} else if (definition.canAddColumns) {
			const added: Column = { width: 100, type: "text", ...definition.addedColumn, key: fieldNameOf(title), label: title };
			place(index, added, "added");
		} else {
			matches[index] = { kind: "unknown", title };
		}
	});
	return matches;
}

/**
 * Whether a pasted row looks like a header row of this sheet: half of its filled cells are known titles, or it names every required
 * column (two at least), as the table of a facility does that has more columns than this step asks for.
 */
export function isHeaderRow(definition: SheetDefinition, cells: readonly RawCell[]): boolean {
	const titles = cells.map((cell) => (cell === null ? "" : String(cell)));
	const filled = titles.filter((title) => title.trim() !== "");
	const found = filled.map((title) => findColumn(definition, title.trim(), new Set())).filter((column) => column !== null);
	if (found.length > 0 && found.length * 2 >= filled.length) return true;
	const required = definition.columns.filter((column) => column.required);
	return required.length >= 2 && required.every((column) => found.some((candidate) => candidate.key === column.key));
}
