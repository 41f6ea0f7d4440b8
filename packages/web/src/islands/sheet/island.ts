/**
 * The spreadsheet island: `<div data-island="sheet" data-field="…" data-draft-key="…">` with its JSON (`SheetConfig`) in a form.
 * Loaded by the island runtime when a page has one; bundle it without splitting.
 */
import { buildAnySheet } from "@opengsync/domain/sheets/all-sheets";
import { type MountedIsland, mountSheet } from "./mount-sheet.ts";
import { readSheetConfig } from "./sheet-config.ts";

/** Mounts the spreadsheet. Throws when the element's JSON is incomplete or names an unknown sheet. */
export function mount(element: HTMLElement): MountedIsland {
	const config = readSheetConfig(element);
	return mountSheet(element, buildAnySheet(config.name, config.context), config);
}
