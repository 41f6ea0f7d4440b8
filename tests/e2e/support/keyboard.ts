import type { Page } from "playwright-core";

/** What has the keyboard now. */
export interface FocusedElement {
	/** What a screen reader calls it. */
	readonly name: string;
	/** `name` of a form control. */
	readonly field: string;
	readonly tag: string;
	/** Part of an open dialog. */
	readonly isInDialog: boolean;
	/** Outline or shadow that shows where the keyboard is, within the window. */
	readonly isShown: boolean;
}

/** Which element is wanted: by its accessible name, or a form control by its `name`. */
export type Wanted = string | RegExp | { readonly field: string };

/** Reads the element with the keyboard; runs in the page. */
function readFocused(): FocusedElement {
	const element = document.activeElement ?? document.body;
	const readable = (part: Element | null | undefined): string => {
		if (!part) return "";
		const copy = part.cloneNode(true);
		if (!(copy instanceof Element)) return "";
		for (const hidden of copy.querySelectorAll("[aria-hidden=true], input, select, textarea")) hidden.remove();
		return (copy.textContent ?? "").replaceAll(/\s+/g, " ").trim();
	};
	const labelledBy = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
	const labels =
		element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement
			? [...(element.labels ?? [])]
			: [];
	const name =
		labelledBy.map((id) => readable(document.getElementById(id))).join(" ") ||
		element.getAttribute("aria-label") ||
		labels.map(readable).join(" ") ||
		(element.matches("input, select, textarea") ? "" : readable(element)) ||
		element.querySelector("[aria-label]")?.getAttribute("aria-label") ||
		element.getAttribute("title") ||
		"";
	// Combined controls show the focus at their frame.
	const frames = [
		element,
		element.closest(".ts-wrapper")?.querySelector(".ts-control"),
		element.closest("revo-grid")?.querySelector("revogr-focus"),
	];
	const isShown = frames.some((frame) => {
		if (!frame) return false;
		if (frame.localName === "revogr-focus") return true;
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(frame);
		const box = frame.getBoundingClientRect();
		const inWindow = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
		return inWindow && ((outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none");
	});
	return {
		name,
		field: element.getAttribute("name") ?? "",
		tag: element.localName,
		isInDialog: element.closest("dialog[open]") !== null,
		isShown,
	};
}

/** A person who uses only the keyboard, and notices where it cannot be seen. */
export class Keyboard {
	readonly page: Page;
	/** Stops at which nothing showed where the keyboard is. */
	readonly unseen = new Set<string>();

	constructor(page: Page) {
		this.page = page;
	}

	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) await this.page.keyboard.press(key);
	}

	async type(text: string): Promise<void> {
		await this.page.keyboard.type(text);
	}

	/** What has the keyboard now; notes when that cannot be seen. */
	async focused(): Promise<FocusedElement> {
		const focused = await this.page.evaluate(readFocused);
		if (focused.tag !== "body" && !focused.isShown) {
			this.unseen.add(`${new URL(this.page.url()).pathname} ${focused.tag} ${focused.field || focused.name.slice(0, 60)}`);
		}
		return focused;
	}

	/** Tabs until the wanted element has the keyboard. */
	async tabTo(wanted: Wanted, options: { readonly back?: boolean; readonly limit?: number } = {}): Promise<FocusedElement> {
		const { back = false, limit = 120 } = options;
		const passed: string[] = [];
		for (let stop = 0; stop < limit; stop++) {
			await this.press(back ? "Shift+Tab" : "Tab");
			const focused = await this.focused();
			if (fits(focused, wanted)) return focused;
			passed.push(`${focused.tag} "${focused.name.slice(0, 30)}" ${focused.field}`);
		}
		throw new Error(`${JSON.stringify(wanted)} was not reached at ${this.page.url()}; stops: ${passed.slice(-40).join(", ")}`);
	}

	/** Tabs to something and presses it. */
	async use(wanted: Wanted, key = "Enter"): Promise<void> {
		await this.tabTo(wanted);
		await this.press(key);
	}

	/** Tabs to a field and types into it, instead of what stands there. */
	async fill(wanted: Wanted, text: string): Promise<void> {
		await this.tabTo(wanted);
		await this.press("Control+A");
		await this.type(text);
	}

	/** Jumps over the navigation by the link that every page begins with. */
	async skipToContent(): Promise<void> {
		await this.page.evaluate(() => {
			if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
		});
		await this.use("Skip to the content");
	}
}

function fits(focused: FocusedElement, wanted: Wanted): boolean {
	if (typeof wanted === "string") return focused.name === wanted;
	if (wanted instanceof RegExp) return wanted.test(focused.name);
	return focused.field === wanted.field;
}
