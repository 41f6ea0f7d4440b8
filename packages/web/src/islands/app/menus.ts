/** Menus behind a button (`details.dropdown`): Escape, a click outside, leaving by Tab and choosing an entry close them. */
const openMenus = "details.dropdown[open]";

function closeMenu(menu: HTMLDetailsElement): void {
	const holdsFocus = menu.contains(document.activeElement);
	menu.open = false;
	if (holdsFocus) menu.querySelector<HTMLElement>("summary")?.focus();
}

/** Closes the menus that are open; a focus in one of them goes to its button, from where a dialog gives it back. */
export function closeMenus(except: Element | null = null): void {
	for (const menu of document.querySelectorAll<HTMLDetailsElement>(openMenus)) if (menu !== except) closeMenu(menu);
}

function menuAround(target: EventTarget | null): HTMLDetailsElement | null {
	return target instanceof Element ? target.closest<HTMLDetailsElement>("details.dropdown") : null;
}

/** Entries that can be chosen; what is shown with a reason why not leaves the menu open. */
function chosenEntry(target: EventTarget | null): Element | null {
	if (!(target instanceof Element)) return null;
	return target.closest(".dropdown-menu :is(a, button):not([aria-disabled=true])");
}

/** Listens to all menus of the page, also to those that come later. */
export function watchMenus(): void {
	document.addEventListener("click", (event) => closeMenus(chosenEntry(event.target) ? null : menuAround(event.target)));
	document.addEventListener("focusin", (event) => {
		const menu = menuAround(event.target);
		for (const other of document.querySelectorAll<HTMLDetailsElement>(openMenus)) if (other !== menu) other.open = false;
	});
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape") closeMenus();
	});
}
