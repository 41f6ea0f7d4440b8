import { GenomeRef, LibraryType, membersOf, ServiceType } from "../catalog.ts";
import { requireExactRows } from "../sheets/fixed-rows.ts";
import { numberOf, textOf } from "../sheets/report.ts";
import type { CleanRow, Column, RawCell, SheetDefinition } from "../sheets/types.ts";
import { checkName } from "../text-rules.ts";

/** A library as the table of libraries shows and changes it (requests-and-annotation.md §10). */
export interface LibraryTableRow {
	readonly id: number;
	readonly sampleName: string;
	readonly name: string;
	/** Catalog libraryType. */
	readonly typeId: number;
	/** Catalog genomeRef. */
	readonly genomeRefId: number;
	/** Catalog serviceType. */
	readonly serviceTypeId: number;
	readonly nucleiIsolation: boolean;
}

/** From what the sheet is built: the chosen libraries with their present names. */
export type LibraryTableContext = {
	readonly libraries: readonly { readonly id: number; readonly sampleName: string; readonly name: string }[];
};

const checkCharacters = checkName();

/** Names follow the rules; one that was taken over from an older database may stay as it is. */
function nameColumn(key: string, label: string, maxLength: number, present: readonly string[]): Column {
	const unchanged = new Set(present);
	return {
		key,
		label,
		width: 250,
		type: "text",
		required: true,
		maxLength: Math.max(maxLength, ...present.map((name) => name.length)),
		check: (name) => {
			if (unchanged.has(name)) return null;
			if (name.length < 4 || name.length > maxLength) return `a name has 4 to ${maxLength} characters`;
			return checkCharacters(name);
		},
	};
}

const optionsOf = (members: readonly { readonly id: number; readonly label: string }[]) =>
	members.map(({ id, label }) => ({ value: id, label }));

const choice = (key: string, label: string, options: Column["options"]): Column => ({
	key,
	label,
	width: 300,
	type: "labelledChoice",
	required: true,
	...(options ? { options } : {}),
});

/** Sheet that changes many libraries at once (requests-and-annotation.md §10). */
export function buildLibraryTableSheet({ libraries }: LibraryTableContext): SheetDefinition {
	return {
		name: "library_table",
		title: "Libraries",
		columns: [
			{ key: "library_id", label: "Library ID", width: 100, type: "integer", required: true, readOnly: true },
			nameColumn(
				"sample_name",
				"Sample Name",
				64,
				libraries.map((library) => library.sampleName),
			),
			nameColumn(
				"library_name",
				"Library Name",
				86,
				libraries.map((library) => library.name),
			),
			choice("library_type_id", "Library Type", optionsOf(membersOf(LibraryType))),
			choice("genome_ref_id", "Genome", optionsOf(membersOf(GenomeRef))),
			choice("service_type_id", "Assay/Service Type", optionsOf(membersOf(ServiceType))),
			{
				key: "nuclei",
				label: "Nuclei",
				width: 100,
				type: "choice",
				required: true,
				options: ["Yes", "No"].map((answer) => ({ value: answer, label: answer })),
			},
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["library_id"],
				libraries.map((library) => [String(library.id)]),
			),
		],
	};
}

const labelOf = (members: readonly { readonly id: number; readonly label: string }[], id: number) =>
	members.find((member) => member.id === id)?.label ?? null;

/** Cells of a library, by column. */
export function cellsOfLibrary(library: LibraryTableRow): Record<string, RawCell> {
	return {
		library_id: library.id,
		sample_name: library.sampleName,
		library_name: library.name,
		library_type_id: labelOf(membersOf(LibraryType), library.typeId),
		genome_ref_id: labelOf(membersOf(GenomeRef), library.genomeRefId),
		service_type_id: labelOf(membersOf(ServiceType), library.serviceTypeId),
		nuclei: library.nucleiIsolation ? "Yes" : "No",
	};
}

/** The library that a valid row describes. */
export function libraryOfRow(row: CleanRow): LibraryTableRow {
	return {
		id: numberOf(row, "library_id") ?? 0,
		sampleName: textOf(row, "sample_name") ?? "",
		name: textOf(row, "library_name") ?? "",
		typeId: numberOf(row, "library_type_id") ?? 0,
		genomeRefId: numberOf(row, "genome_ref_id") ?? 0,
		serviceTypeId: numberOf(row, "service_type_id") ?? 0,
		nucleiIsolation: textOf(row, "nuclei") === "Yes",
	};
}
