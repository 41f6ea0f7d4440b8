/** One hint for the whole page: shown over elements with `data-tooltip`, by pointer and by keyboard. Text only. */
let hint: HTMLElement | null = null;
let owner: Element | null = null;

function hide(): void {
	hint?.remove();
	owner?.removeAttribute("aria-describedby");
	hint = null;
	owner = null;
}

function show(element: HTMLElement): void {
	const text = element.dataset.tooltip;
	if (!text || owner === element) return;
	hide();
	owner = element;
	hint = document.createElement("div");
	hint.className = "tooltip-hint";
	hint.id = "tooltip-hint";
	hint.setAttribute("role", "tooltip");
	hint.textContent = text;
	// What lies in a modal dialog is hidden behind it unless the hint is in it too.
	(element.closest("dialog[open]") ?? document.body).append(hint);
	if (!element.hasAttribute("aria-label") && !element.hasAttribute("aria-describedby"))
		element.setAttribute("aria-describedby", hint.id);
	else owner = null;
	const box = element.getBoundingClientRect();
	const above = box.top > hint.offsetHeight + 12;
	hint.style.top = `${above ? box.top - hint.offsetHeight - 6 : box.bottom + 6}px`;
	const middle = box.left + box.width / 2 - hint.offsetWidth / 2;
	hint.style.left = `${Math.max(6, Math.min(middle, window.innerWidth - hint.offsetWidth - 6))}px`;
}

function hintedElement(event: Event): HTMLElement | null {
	return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tooltip]") : null;
}

/** Listens to the whole page. */
export function watchTooltips(): void {
	for (const kind of ["pointerover", "focusin"]) {
		document.addEventListener(kind, (event) => {
			const element = hintedElement(event);
			if (element) show(element);
			else hide();
		});
	}
	for (const kind of ["focusout", "click"]) document.addEventListener(kind, hide);
	window.addEventListener("scroll", hide, { passive: true, capture: true });
	document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
