/** Puts a sheet editor into an island's element and its content into the form around it. */
import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { makeElement } from "./dom.ts";
import type { SheetConfig } from "./sheet-config.ts";
import { SheetEditor } from "./sheet-editor.ts";

/** What the island runtime keeps, to clean up before the element leaves the page. */
export interface MountedIsland {
	destroy(): void;
}

/**
 * Mounts the editor. The form field named by `data-field` carries the sheet as JSON (`RawSheet`) however the form is read: sent by the
 * browser, or by htmx.
 */
export function mountSheet(element: HTMLElement, definition: SheetDefinition, config: SheetConfig): MountedIsland {
	const editor = new SheetEditor(element, definition, config);
	const form = element.closest("form");
	const name = element.dataset.field ?? "sheet";
	const field = makeElement("input", { type: "hidden", name });
	element.append(field);
	const stop = new AbortController();
	const options = { capture: true, signal: stop.signal };
	form?.addEventListener(
		"submit",
		() => {
			field.value = JSON.stringify(editor.readSheet());
			editor.markSubmitted();
		},
		options,
	);
	form?.addEventListener("formdata", (event) => event.formData.set(name, JSON.stringify(editor.readSheet())), options);
	return {
		destroy() {
			stop.abort();
			field.remove();
			editor.destroy();
		},
	};
}
