/** What the server gives the island: the JSON beside the table fallback (docs: HTML contract of the sheet island). */
import type { Problem, RawSheet } from "@opengsync/domain/sheets/types";
import type { ServerDraftTarget } from "./server-draft.ts";

/** Addresses that read and write workbooks of the sheet. */
export interface SheetFiles {
	/** POST of a .xlsx as form field `file`; answers `{sheets: [{name, cells}]}`. */
	readonly readUrl: string;
	/** GET of the empty sheet with drop-downs and examples. */
	readonly templateUrl: string;
	/** POST of a `RawSheet`; answers the workbook. */
	readonly filledUrl: string;
	/** Name of the downloaded workbook. */
	readonly fileName: string;
}

/** The JSON in the island's `<script type="application/json">`. */
export interface SheetConfig {
	/** Name of the definition in the registry. */
	readonly name: string;
	/** What the definition is built from. */
	readonly context: unknown;
	readonly initial: RawSheet;
	/** True when `initial` was sent and refused: the server shows it, but has not kept it. */
	readonly refused?: boolean;
	readonly problems: readonly Problem[];
	readonly readOnly: boolean;
	readonly draft: ServerDraftTarget | null;
	/** Absent where a sheet has no workbook. */
	readonly files?: SheetFiles;
}

/** True for an object with the parts that the island cannot do without; the page is our own server's. */
function isSheetConfig(value: unknown): value is SheetConfig {
	return (
		typeof value === "object" &&
		value !== null &&
		"name" in value &&
		typeof value.name === "string" &&
		"initial" in value &&
		typeof value.initial === "object" &&
		value.initial !== null &&
		"columns" in value.initial &&
		"rows" in value.initial &&
		"problems" in value &&
		Array.isArray(value.problems)
	);
}

/** Reads the configuration of an island's element. Throws an error that names what is missing. */
export function readSheetConfig(element: HTMLElement): SheetConfig {
	const script = element.querySelector('script[type="application/json"]');
	const config: unknown = JSON.parse(script?.textContent ?? "null");
	if (!isSheetConfig(config)) {
		throw new Error("The sheet island lacks its JSON configuration (name, initial, problems).");
	}
	return config;
}
