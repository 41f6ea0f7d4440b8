/** Small helpers to build the parts of the page around the grid; text is always set as text. */

/** An element with class, attributes and children. */
export function makeElement<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Readonly<Record<string, string>> = {},
	...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	for (const [attribute, value] of Object.entries(attributes)) {
		element.setAttribute(attribute, value);
	}
	element.append(...children);
	return element;
}

/** A button that never submits the form around the sheet and never takes the focus from the grid when clicked. */
export function makeButton(label: string, act: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLButtonElement {
	const button = makeElement("button", { type: "button", class: "btn btn-sm", ...attributes }, label);
	for (const name of ["mousedown", "mouseup", "touchend"]) {
		button.addEventListener(name, (event) => {
			if (name !== "touchend") {
				event.preventDefault();
			}
			event.stopPropagation();
		});
	}
	button.addEventListener("click", act);
	return button;
}
