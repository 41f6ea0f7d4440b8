/** Tabs: the open one stands in the hash; content loads when a tab is first opened; arrow keys move. */
function openTab(tab: HTMLElement, remember: boolean): void {
	const list = tab.closest<HTMLElement>("[data-tabs]");
	const panelId = tab.getAttribute("aria-controls");
	if (!list || !panelId) return;
	for (const other of list.querySelectorAll<HTMLElement>(":scope > [role=tablist] [role=tab]")) {
		const chosen = other === tab;
		other.classList.toggle("active", chosen);
		other.setAttribute("aria-selected", String(chosen));
		if (other.dataset.tab) other.tabIndex = chosen ? 0 : -1;
	}
	for (const panel of list.querySelectorAll<HTMLElement>(":scope > [role=tabpanel]")) panel.hidden = panel.id !== panelId;
	document.getElementById(panelId)?.dispatchEvent(new CustomEvent("open-tab"));
	if (remember) history.replaceState(history.state, "", `#${tab.dataset.tab ?? ""}`);
}

function openFromHash(): void {
	const key = decodeURIComponent(location.hash.slice(1));
	if (!/^[\w-]+$/.test(key)) return;
	const tab = document.querySelector<HTMLElement>(`[role=tab][data-tab="${key}"]`);
	if (tab) openTab(tab, false);
}

function moveFocus(tab: HTMLElement, step: number): void {
	const tabs = [...(tab.closest("[role=tablist]")?.querySelectorAll<HTMLElement>("[role=tab][data-tab]") ?? [])];
	const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
	if (!next) return;
	next.focus();
	openTab(next, true);
}

/** Takes over the links of tabs. */
export function watchTabs(): void {
	document.addEventListener("click", (event) => {
		const tab = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=tab][data-tab]") : null;
		if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		openTab(tab, true);
	});
	document.addEventListener("keydown", (event) => {
		const tab = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=tab][data-tab]") : null;
		if (!tab || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return;
		event.preventDefault();
		moveFocus(tab, event.key === "ArrowRight" ? 1 : -1);
	});
	window.addEventListener("hashchange", openFromHash);
	openFromHash();
	// Whatever loads the content of a tab listens only after htmx has seen the page.
	document.addEventListener("htmx:after:process", openFromHash, { once: true });
}
