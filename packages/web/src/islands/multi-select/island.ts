/** Several of a list, as chips with typing. */
import TomSelect from "tom-select/base";
import removeButton from "tom-select/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

/** Takes over a `<select multiple>`. */
export function mount(element: HTMLElement) {
	if (!(element instanceof HTMLSelectElement)) return undefined;
	const control = new TomSelect(element, { plugins: ["remove_button"], maxOptions: null });
	// The list itself is out of sight now; its label belongs to the control.
	element.setAttribute("aria-hidden", "true");
	return { destroy: () => control.destroy() };
}
