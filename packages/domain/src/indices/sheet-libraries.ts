/** Which library a row of an index sheet is about (requests-and-annotation.md §6.2, §8). */
import type { Problem, Report } from "../sheets/types.ts";
import { rowError } from "./barcode-row-checks.ts";
import type { SheetLibrary } from "./index-set.ts";

/** What identifies the library of a row. */
export interface RowLibrary {
	readonly row: number;
	readonly libraryId: number | null;
	readonly libraryName: string;
}

/**
 * Checks the identity of a row: by id in re-index (the id must be one of the sheet, the name must belong to it), else by name.
 */
export function checkLibraryOfRow(row: RowLibrary, libraries: readonly SheetLibrary[], withLibraryId: boolean): Problem | null {
	const { libraryName } = row;
	if (!withLibraryId) {
		if (libraries.some((library) => library.name === libraryName)) return null;
		return rowError(row.row, "invalid", "library_unknown", ["library_name"], `Library "${libraryName}" is not known here.`);
	}
	const library = libraries.find((candidate) => candidate.id === row.libraryId);
	if (!library) {
		const message = `Library id ${row.libraryId ?? ""} is not among the selected libraries.`;
		return rowError(row.row, "invalid", "library_id_unknown", ["library_id"], message);
	}
	if (library.name === libraryName) return null;
	const message = `Library ${library.id} is "${library.name}", not "${libraryName}".`;
	return rowError(row.row, "invalid", "library_name_differs", ["library_name"], message, {
		label: `Use ${library.name}`,
		cells: [{ row: row.row, column: "library_name", value: library.name }],
	});
}

/** Reports the libraries that have no row; the later rules do not run then. */
export function requireRowPerLibrary(
	rows: readonly RowLibrary[],
	libraries: readonly SheetLibrary[],
	withLibraryId: boolean,
	report: Report,
): "stop" | undefined {
	const present = new Set<number | string | null>(rows.map((row) => (withLibraryId ? row.libraryId : row.libraryName)));
	const absent = libraries.filter((library) => !present.has(withLibraryId ? (library.id ?? null) : library.name));
	if (absent.length === 0) return undefined;
	const names = absent.map((library) => library.name).join(", ");
	report({
		row: null,
		columns: ["library_name"],
		code: "index.library_without_row",
		severity: "error",
		kind: "missing",
		message: `Every library needs at least one row. Without row: ${names}.`,
	});
	return "stop";
}
