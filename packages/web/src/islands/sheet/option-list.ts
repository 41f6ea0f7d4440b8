const maximumShownOptions = 60;

let lastListNumber = 0;

/** The list of options in the top layer of the page, so that the grid does not clip it. */
export class OptionList {
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
		// As wide as its longest option; the height depends on it.
		const widest = Math.min(448, window.innerWidth - 16);
		Object.assign(this.element.style, {
			width: "max-content",
			minWidth: `${Math.min(field.width, widest)}px`,
			maxWidth: `${widest}px`,
		});
		const width = this.element.offsetWidth;
		const spaceBelow = window.innerHeight - field.bottom;
		const height = Math.min(this.element.scrollHeight + 2, 260, Math.max(spaceBelow, field.top) - 8);
		const top = spaceBelow >= height + 8 || spaceBelow >= field.top ? field.bottom + 2 : field.top - height - 2;
		Object.assign(this.element.style, {
			top: `${top}px`,
			left: `${Math.max(8, Math.min(field.left, window.innerWidth - width - 8))}px`,
			maxHeight: `${height}px`,
		});
	}
}
