/**
 * The spreadsheet island: `<div data-island="sheet" data-field="…" data-draft-key="…">` with its JSON (`SheetConfig`) in a form.
 * Loaded by the island runtime when a page has one; bundle it without splitting.
 */
import { buildSheetFromJson } from "@opengsync/domain/annotation/sheet-registry";
import { type MountedIsland, mountSheet } from "./mount-sheet.ts";
import { readSheetConfig } from "./sheet-config.ts";

/** Mounts the spreadsheet. Throws when the element's JSON is incomplete or names an unknown sheet. */
export function mount(element: HTMLElement): MountedIsland {
	const config = readSheetConfig(element);
	return mountSheet(element, buildSheetFromJson(config.name, config.context), config);
}
