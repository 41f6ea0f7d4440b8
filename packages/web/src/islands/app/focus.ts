/** The focus stays where it was when htmx replaces the part of the page that holds it: sorting or paging a list by keyboard goes on. */
interface Place {
	readonly id: string;
	readonly tag: string;
	readonly name: string;
	/** Opener of the pop-up that held the focus, which is closed afterwards. */
	readonly opener: Place | null;
}

function nameOf(element: Element): string {
	return element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
}

function placeOf(element: Element): Place {
	const summary = element.closest("details[data-popup]")?.querySelector("summary");
	const opener = summary && summary !== element ? placeOf(summary) : null;
	return { id: element.id, tag: element.tagName, name: nameOf(element), opener };
}

function isBehindDialog(element: Element): boolean {
	return document.querySelector("dialog[open]") !== null && element.closest("dialog[open]") === null;
}

function findPlace(place: Place): HTMLElement | null {
	if (place.id) return document.getElementById(place.id);
	const alike = [...document.querySelectorAll<HTMLElement>(place.tag)].filter((element) => nameOf(element) === place.name);
	return alike.find((element) => element.checkVisibility({ visibilityProperty: true }) && !isBehindDialog(element)) ?? null;
}

/** Watches what htmx replaces. A button that sends its form is disabled meanwhile and loses the focus even before the answer. */
export function watchFocus(): void {
	let kept: Place | null = null;
	for (const moment of ["htmx:config:request", "htmx:before:swap"]) {
		document.addEventListener(moment, () => {
			const focused = document.activeElement;
			if (focused && focused !== document.body) kept = placeOf(focused);
		});
	}
	document.addEventListener("htmx:after:swap", () => {
		const isLost = document.activeElement === null || document.activeElement === document.body;
		if (!kept || !isLost) return;
		const found = findPlace(kept) ?? (kept.opener && findPlace(kept.opener));
		// What lies behind a dialog cannot have the focus.
		const inDialog = document.querySelector<HTMLElement>("#dialog[open] #dialog-body :is(a[href], button, input, select)");
		(found ?? inDialog ?? document.getElementById("content"))?.focus();
		kept = null;
	});
}
