/**
 * Cell editor for choices: a text field with a list below it that narrows while typing. Enter or Tab takes the highlighted option;
 * text that is no option is kept, so that nothing that was typed is lost – validation marks it.
 */
const maximumShownOptions = 60;

/** What the grid gives an editor and wants from it, as far as it is used here. */
type EditorFactory = Extract<HTMLRevoGridElement["editors"][string], (...parameters: never[]) => unknown>;
type Editor = ReturnType<EditorFactory>;

let lastListNumber = 0;

/** Options that contain the text in any case; those that begin with it first. */
export function filterOptions(options: readonly string[], typed: string): readonly string[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === "") {
		return options;
	}
	const words = wanted.split(/\s+/u);
	const beginning: string[] = [];
	const containing: string[] = [];
	for (const option of options) {
		const text = option.toLowerCase();
		if (text.startsWith(wanted)) {
			beginning.push(option);
		} else if (words.every((word) => text.includes(word))) {
			containing.push(option);
		}
	}
	return [...beginning, ...containing];
}

/** The list of options in the top layer of the page, so that the grid does not clip it. */
class OptionList {
	readonly id: string;
	private readonly element = document.createElement("div");
	private readonly input: HTMLInputElement;
	private readonly choose: (option: string) => void;
	private shown: readonly string[] = [];
	private active = -1;

	constructor(input: HTMLInputElement, choose: (option: string) => void) {
		lastListNumber += 1;
		this.id = `sheet-options-${lastListNumber}`;
		this.input = input;
		this.choose = choose;
		this.element.id = this.id;
		this.element.className = "sheet-options";
		this.element.popover = "manual";
		this.element.setAttribute("role", "listbox");
		for (const name of ["mousedown", "mouseup", "touchend"]) {
			this.element.addEventListener(name, (event) => event.preventDefault());
		}
		this.element.addEventListener("click", (event) => {
			const item = event.target instanceof Element ? event.target.closest("[role=option]") : null;
			const option = item ? this.shown[[...this.element.children].indexOf(item)] : undefined;
			if (option !== undefined) {
				this.choose(option);
			}
		});
		document.body.append(this.element);
	}

	get highlighted(): string | null {
		return this.isOpen ? (this.shown[this.active] ?? null) : null;
	}

	get isOpen(): boolean {
		return this.element.matches(":popover-open");
	}

	/** Shows options below the field with one of them highlighted (-1 for none). */
	open(options: readonly string[], active: number): void {
		this.shown = options.slice(0, maximumShownOptions);
		if (this.shown.length === 0) {
			this.close();
			return;
		}
		const items = this.shown.map((option, index) => {
			const item = document.createElement("div");
			item.setAttribute("role", "option");
			item.id = `${this.id}-${index}`;
			item.textContent = option;
			return item;
		});
		if (options.length > this.shown.length) {
			const more = document.createElement("div");
			more.className = "sheet-options-more";
			more.textContent = `${options.length - this.shown.length} more: type to narrow the list`;
			items.push(more);
		}
		this.element.replaceChildren(...items);
		if (!this.isOpen) {
			this.element.showPopover();
		}
		this.position();
		this.highlight(active);
		this.input.setAttribute("aria-expanded", "true");
	}

	/** Moves the highlight by a step, from the field into the list and back. */
	move(step: number): void {
		const count = this.shown.length + 1;
		this.highlight(((this.active + 1 + step + count) % count) - 1);
	}

	close(): void {
		if (this.isOpen) {
			this.element.hidePopover();
		}
		this.active = -1;
		this.input.setAttribute("aria-expanded", "false");
		this.input.removeAttribute("aria-activedescendant");
	}

	remove(): void {
		this.element.remove();
	}

	private highlight(index: number): void {
		this.active = index;
		this.input.removeAttribute("aria-activedescendant");
		[...this.element.children].forEach((item, position) => {
			if (item.getAttribute("role") === "option") {
				item.setAttribute("aria-selected", String(position === index));
			}
			if (position === index) {
				item.scrollIntoView({ block: "nearest" });
				this.input.setAttribute("aria-activedescendant", item.id);
			}
		});
	}

	private position(): void {
		const field = this.input.getBoundingClientRect();
		const spaceBelow = window.innerHeight - field.bottom;
		const height = Math.min(this.element.scrollHeight + 2, 260, Math.max(spaceBelow, field.top) - 8);
		const width = Math.min(Math.max(field.width, 220), window.innerWidth - 16);
		const top = spaceBelow >= height + 8 || spaceBelow >= field.top ? field.bottom + 2 : field.top - height - 2;
		Object.assign(this.element.style, {
			top: `${top}px`,
			left: `${Math.max(8, Math.min(field.left, window.innerWidth - width - 8))}px`,
			width: `${width}px`,
			maxHeight: `${height}px`,
		});
	}
}

/** Makes the editor of a column with these options. */
export function makeChoiceEditor(options: readonly string[], label: string): EditorFactory {
	return (_column, save, _close) => {
		let input: HTMLInputElement | null = null;
		let list: OptionList | null = null;
		let hasFocused = false;

		function showMatches(): void {
			const typed = input?.value ?? "";
			const matches = filterOptions(options, typed);
			list?.open(matches, typed.trim() === "" ? -1 : 0);
		}

		function finish(text: string, isTab: boolean): void {
			list?.close();
			input?.blur();
			save(text, isTab);
		}

		function onKeyDown(event: KeyboardEvent): void {
			if (event.isComposing || !input) {
				return;
			}
			if (event.key === "ArrowDown" || event.key === "ArrowUp") {
				event.preventDefault();
				event.stopPropagation();
				if (list?.isOpen) {
					list.move(event.key === "ArrowDown" ? 1 : -1);
				} else {
					showMatches();
				}
			} else if (event.key === "Enter" || event.key === "Tab") {
				event.preventDefault();
				finish(list?.highlighted ?? input.value, event.key === "Tab");
			} else if (event.key === "Escape" && list?.isOpen) {
				event.stopPropagation();
				list.close();
			}
		}

		const editor: Editor = {
			element: null,
			getValue: () => input?.value,
			appendPendingInput(text: string) {
				if (!input) {
					return false;
				}
				input.value += text;
				input.focus();
				showMatches();
				return true;
			},
			beforeDisconnect() {
				list?.close();
				input?.blur();
			},
			componentDidRender() {
				if (!input || hasFocused) {
					return;
				}
				hasFocused = true;
				const field = input;
				const created = new OptionList(field, (option) => finish(option, false));
				list = created;
				field.setAttribute("aria-controls", created.id);
				setTimeout(() => {
					field.focus();
					if (editor.editCell?.val && options.includes(field.value)) {
						field.select();
						created.open(options, options.indexOf(field.value));
					} else {
						showMatches();
					}
				});
			},
			disconnectedCallback() {
				list?.remove();
				list = null;
			},
			render(h) {
				return h("input", {
					type: "text",
					role: "combobox",
					autocomplete: "off",
					"aria-autocomplete": "list",
					"aria-expanded": "false",
					"aria-label": label,
					value: editor.editCell?.val ?? "",
					ref: (element: HTMLInputElement | null) => {
						input = element;
					},
					onKeyDown,
					onInput: showMatches,
				});
			},
		};
		return editor;
	};
}
