/** Lists: pop-ups of header cells, narrowing of filter options, selecting all of them. */
function closePopups(except: Element | null): void {
	for (const popup of document.querySelectorAll<HTMLDetailsElement>("details[data-popup][open]")) {
		if (popup === except || popup.querySelector("summary.is-active + form[data-list-search]")) continue;
		const holdsFocus = popup.contains(document.activeElement);
		popup.open = false;
		if (holdsFocus) popup.querySelector<HTMLElement>("summary")?.focus();
	}
}

function place(popup: HTMLDetailsElement): void {
	const form = popup.querySelector<HTMLElement>("form.list-filter");
	const summary = popup.querySelector("summary");
	if (!form || !summary) return;
	const box = summary.getBoundingClientRect();
	form.style.top = `${box.bottom + 4}px`;
	form.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - form.offsetWidth - 8))}px`;
}

function narrow(input: HTMLInputElement): void {
	const word = input.value.trim().toLowerCase();
	for (const option of input.form?.querySelectorAll<HTMLElement>(".form-check") ?? []) {
		option.hidden = word !== "" && !(option.textContent ?? "").toLowerCase().includes(word);
	}
}

/** Listens to all lists of the page, also to those that come later. */
export function watchLists(): void {
	document.addEventListener(
		"toggle",
		(event) => {
			const popup = event.target;
			if (!(popup instanceof HTMLDetailsElement) || !popup.open || popup.dataset.popup === undefined) return;
			closePopups(popup);
			place(popup);
			const input = popup.querySelector<HTMLInputElement>("input[type=search]");
			input?.focus();
			input?.setSelectionRange(input.value.length, input.value.length);
		},
		{ capture: true },
	);
	document.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : null;
		if (!target?.closest("details[data-popup]")) closePopups(null);
		const all = target?.closest("[data-select-all]");
		if (all) {
			const visible = all.closest("form")?.querySelectorAll<HTMLInputElement>(".form-check:not([hidden]) input[type=checkbox]");
			for (const box of visible ?? []) box.checked = true;
		}
	});
	document.addEventListener("input", (event) => {
		if (event.target instanceof HTMLInputElement && event.target.dataset.narrow !== undefined) narrow(event.target);
	});
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape") closePopups(null);
	});
	const followScroll = () => {
		for (const popup of document.querySelectorAll<HTMLDetailsElement>("details[data-popup][open]")) place(popup);
	};
	window.addEventListener("scroll", followScroll, { passive: true, capture: true });
}
