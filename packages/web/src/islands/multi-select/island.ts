/** Several of a list, as chips with typing. */
import TomSelect from "tom-select/base";
import removeButton from "tom-select/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

/** Takes over a `<select multiple>`. */
export function mount(element: HTMLElement) {
	if (!(element instanceof HTMLSelectElement)) return undefined;
	const control = new TomSelect(element, { plugins: ["remove_button"], maxOptions: null });
	return { destroy: () => control.destroy() };
}
