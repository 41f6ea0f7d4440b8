/**
 * Cell editor for choices: a text field with a list below it that narrows while typing. Enter or Tab takes the highlighted option;
 * text that is no option is kept, so that nothing that was typed is lost – validation marks it.
 */
import { filterOptions } from "./filter-options.ts";
import { OptionList } from "./option-list.ts";

/** What the grid gives an editor and wants from it, as far as it is used here. */
type EditorFactory = Extract<HTMLRevoGridElement["editors"][string], (...parameters: never[]) => unknown>;
type Editor = ReturnType<EditorFactory>;

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
			} else if (event.key === "Enter") {
				event.preventDefault();
				finish(list?.highlighted ?? input.value, false);
			} else if (event.key === "Tab") {
				finish(list?.highlighted ?? input.value, true);
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
					} else if (filterOptions(options, field.value).length === 0) {
						// What stands there is none of the options, so all of them are offered.
						created.open(options, -1);
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
