/** Named fields that stand beside the sheet in its form: part of what is typed, so part of the draft. */

/** Values of fields by name: ticks as booleans, everything else as text. */
export type FieldValues = Readonly<Record<string, string | boolean>>;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const notTyped = new Set(["hidden", "submit", "button", "reset", "file", "password"]);

function controlsOf(form: HTMLFormElement | null, island: HTMLElement): Control[] {
	return [...(form?.elements ?? [])].filter(
		(element): element is Control =>
			(element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) &&
			element.name !== "" &&
			!notTyped.has(element.type) &&
			!island.contains(element),
	);
}

const isTick = (control: Control): control is HTMLInputElement =>
	control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");

/** What the fields hold now. */
export function readFormFields(form: HTMLFormElement | null, island: HTMLElement): FieldValues {
	return Object.fromEntries(
		controlsOf(form, island).map((control) => [control.name, isTick(control) ? control.checked : control.value]),
	);
}

/** Fills the fields in; those that the values do not name stay as they are. */
export function writeFormFields(form: HTMLFormElement | null, island: HTMLElement, values: FieldValues): void {
	for (const control of controlsOf(form, island)) {
		const value = values[control.name];
		if (value === undefined) {
			continue;
		}
		if (isTick(control)) {
			control.checked = value === true;
		} else {
			control.value = String(value);
		}
		control.dispatchEvent(new Event("change", { bubbles: true }));
	}
}
