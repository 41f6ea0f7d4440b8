/**
 * Cell editor: a text field; where a column has options with a list below it that narrows while typing. Enter or Tab takes the highlighted
 * option; text that is no option is kept, so that nothing that was typed is lost – validation marks it.
 */
import { filterOptions } from "./filter-options.ts";
import { OptionList } from "./option-list.ts";
import { type NextCell, nextCellOf } from "./type-ahead.ts";

/** What the grid gives an editor and wants from it, as far as it is used here. */
type EditorFactory = Extract<HTMLRevoGridElement["editors"][string], (...parameters: never[]) => unknown>;
type Editor = ReturnType<EditorFactory>;

/** What an editor is made for. */
export interface CellEditorUse {
	/** Title of the column. */
	readonly label: string;
	/** Labels of what can be chosen; null = any text. */
	readonly options: readonly string[] | null;
	/** The editor has the keyboard: gives it what was typed meanwhile, and takes how it is ended. */
	readonly opened: (end: (next: NextCell) => void) => string;
	/** Takes over the text of a cell whose editor has been closed. */
	readonly finish: (text: string, next: NextCell) => void;
}

/** The option that a text means, as far as it is typed; the text itself where none fits. */
export function resolveChoice(options: readonly string[] | null, typed: string): string {
	return (options && typed.trim() !== "" && filterOptions(options, typed)[0]) || typed;
}

/**
 * Makes the editor of a column. It closes itself at once instead of by the grid, which waits a while before it goes on to the next cell:
 * what is typed meanwhile would go to the field that is about to vanish.
 */
export function makeCellEditor({ label, options, opened, finish }: CellEditorUse): EditorFactory {
	return (_column, _save, close) => {
		let input: HTMLInputElement | null = null;
		let list: OptionList | null = null;
		let hasFocused = false;

		function showMatches(): void {
			if (!options) {
				return;
			}
			const typed = input?.value ?? "";
			const matches = filterOptions(options, typed);
			list?.open(matches, typed.trim() === "" ? -1 : 0);
		}

		/** What is offered when the editor opens: everything beside a choice that is made or a text that is none of the options. */
		function showFirst(value: string, isTyped: boolean): void {
			if (!options || isTyped) {
				showMatches();
			} else if (options.includes(value)) {
				input?.select();
				list?.open(options, options.indexOf(value));
			} else if (filterOptions(options, value).length === 0) {
				list?.open(options, -1);
			} else {
				showMatches();
			}
		}

		function end(text: string, next: NextCell): void {
			list?.close();
			input?.blur();
			close(false);
			finish(text, next);
		}

		/** Ends with what is typed, or with the option that is highlighted. */
		function endTyped(next: NextCell): void {
			end(list?.highlighted ?? input?.value ?? "", next);
		}

		function onKeyDown(event: KeyboardEvent): void {
			if (event.isComposing || !input) {
				return;
			}
			if (options && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
				event.preventDefault();
				event.stopPropagation();
				if (list?.isOpen) {
					list.move(event.key === "ArrowDown" ? 1 : -1);
				} else {
					showMatches();
				}
			} else if (event.key === "Enter" || event.key === "Tab") {
				event.preventDefault();
				event.stopPropagation();
				endTyped(nextCellOf(event) ?? "below");
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
				if (options) {
					list = new OptionList(field, (option) => end(option, "below"));
					field.setAttribute("aria-controls", list.id);
				}
				setTimeout(() => {
					if (!field.isConnected) return;
					field.focus();
					const typed = opened(endTyped);
					if (typed !== "") field.value = typed;
					showFirst(field.value, typed !== "");
				});
			},
			disconnectedCallback() {
				list?.remove();
				list = null;
			},
			render(h) {
				return h("input", {
					type: "text",
					autocomplete: "off",
					"aria-label": label,
					...(options ? { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" } : {}),
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
