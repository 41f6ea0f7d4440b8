/** Around the page: colours, the menu on narrow screens, printing, the key that jumps to the search. */
function toggleTheme(): void {
	const dark = document.documentElement.dataset.bsTheme !== "dark";
	document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
	localStorage.setItem("theme", dark ? "dark" : "light");
	document.dispatchEvent(new CustomEvent("theme-changed"));
}

function toggleSidebar(button: HTMLElement): void {
	const open = document.body.classList.toggle("is-sidebar-open");
	button.setAttribute("aria-expanded", String(open));
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

const noticeLifeSeconds = 90 * 86_400;

/** On the first visit: that only essential cookies are used. Remembered for 90 days. */
function showCookieNotice(): void {
	if (document.cookie.split("; ").some((cookie) => cookie.startsWith("cookies_accepted="))) return;
	const notice = document.createElement("aside");
	notice.className = "cookie-notice";
	notice.setAttribute("aria-label", "Cookies");
	const text = document.createElement("span");
	text.textContent = "This site uses only cookies that it needs to work.";
	const accept = document.createElement("button");
	accept.type = "button";
	accept.className = "btn btn-sm";
	accept.textContent = "All right";
	accept.addEventListener("click", () => {
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing outside of https
		document.cookie = `cookies_accepted=1; path=/; max-age=${noticeLifeSeconds}; SameSite=Lax`;
		notice.remove();
	});
	notice.append(text, accept);
	document.body.append(notice);
}

/** Listens to what is around the page. */
export function watchShell(): void {
	showCookieNotice();
	document.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : null;
		if (target?.closest("[data-toggle-theme]")) toggleTheme();
		const menu = target?.closest<HTMLElement>("[data-toggle-sidebar]");
		if (menu) toggleSidebar(menu);
		if (target?.closest("[data-print]")) window.print();
		const unavailable = target?.closest("[aria-disabled=true]");
		if (unavailable) event.preventDefault();
	});
	document.addEventListener("keydown", (event) => {
		const wanted = (event.key === "/" && !isTyping(event.target)) || (event.key === "k" && (event.ctrlKey || event.metaKey));
		const search = document.querySelector<HTMLInputElement>("[data-global-search]");
		if (!wanted || !search || event.altKey) return;
		event.preventDefault();
		search.focus();
	});
}
