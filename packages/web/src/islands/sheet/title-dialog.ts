/** Asks for a column title. A dialog without a form of its own, because the sheet already stands in one. */
import { makeButton, makeElement } from "./dom.ts";

/** Shows the question; resolves with the title, or null when it was cancelled. */
export function askForTitle(host: HTMLElement, question: string, initial: string): Promise<string | null> {
	const input = makeElement("input", {
		type: "text",
		class: "form-control",
		value: initial,
		"aria-label": question,
		maxlength: "128",
	});
	const dialog = makeElement("dialog", { class: "sheet-dialog", "aria-label": question });
	return new Promise((resolve) => {
		let answer: string | null = null;
		const accept = () => {
			answer = input.value.trim() || null;
			dialog.close();
		};
		input.addEventListener("keydown", (event) => {
			event.stopPropagation();
			if (event.key === "Enter") {
				event.preventDefault();
				accept();
			}
		});
		dialog.addEventListener("close", () => {
			dialog.remove();
			resolve(answer);
		});
		dialog.append(
			makeElement("p", {}, question),
			input,
			makeElement(
				"div",
				{ class: "sheet-dialog-buttons" },
				makeButton("OK", accept, { class: "btn btn-sm btn-primary" }),
				makeButton("Cancel", () => dialog.close()),
			),
		);
		host.append(dialog);
		dialog.showModal();
		input.select();
	});
}
