/** Picks one object by typing: the server gives the best matches. access-and-web.md §12.1. */
import TomSelect from "tom-select/base";
import clearButton from "tom-select/plugins/clear_button/plugin.js";

TomSelect.define("clear_button", clearButton);

interface Found {
	readonly value: string;
	readonly label: string;
	readonly detail?: string;
}

function isFound(value: unknown): value is { value: string | number; label: string; detail?: string } {
	return typeof value === "object" && value !== null && "value" in value && "label" in value && typeof value.label === "string";
}

async function search(source: string, word: string): Promise<Found[]> {
	const address = new URL(source, location.origin);
	address.searchParams.set("word", word);
	const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
	const found: unknown = response.ok ? await response.json() : [];
	return Array.isArray(found) ? found.filter(isFound).map((option) => ({ ...option, value: String(option.value) })) : [];
}

/** Takes over a text field with `data-source`. */
export function mount(element: HTMLElement) {
	if (!(element instanceof HTMLInputElement)) return undefined;
	const { source = "", chosenLabel = "" } = element.dataset;
	const chosen = element.value;
	const control = new TomSelect(element, {
		plugins: ["clear_button"],
		maxItems: 1,
		valueField: "value",
		labelField: "label",
		searchField: [],
		score: () => () => 1,
		options: chosen ? [{ value: chosen, label: chosenLabel }] : [],
		items: chosen ? [chosen] : [],
		preload: "focus",
		shouldLoad: () => true,
		loadThrottle: 300,
		load(word: string, give: (found: Found[]) => void) {
			control.clearOptions();
			search(source, word).then(give, () => give([]));
		},
		render: {
			option: (option: Found, escapeText: (text: string) => string) =>
				`<div>${escapeText(option.label)}${option.detail ? `<small class="option-detail">${escapeText(option.detail)}</small>` : ""}</div>`,
			item: (option: Found, escapeText: (text: string) => string) => `<div>${escapeText(option.label)}</div>`,
			no_results: () => '<div class="no-results">Nothing found.</div>',
		},
	});
	// The field itself is out of sight now; its label belongs to the control.
	element.setAttribute("aria-hidden", "true");
	return { destroy: () => control.destroy() };
}
