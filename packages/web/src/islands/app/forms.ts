/** Forms: one submission at a time, the first error in view, and a warning before typed input is lost. */
function markBusy(form: HTMLFormElement): void {
	document.documentElement.classList.add("is-busy");
	for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) button.disabled = true;
}

function showFirstError(root: ParentNode): void {
	root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** Fills the sign-in form from an account of the demonstration. */
function fillDemoAccount(target: Element): void {
	const button = target.closest<HTMLElement>("[data-fill-email]");
	if (!button) return;
	const email = document.querySelector<HTMLInputElement>("input[name=email]");
	const password = document.querySelector<HTMLInputElement>("input[name=password]");
	if (email && password) {
		email.value = button.dataset.fillEmail ?? "";
		password.value = button.dataset.fillPassword ?? "";
		email.form?.requestSubmit();
	}
}

/** Listens to all forms of the page, also to those that come later. */
export function watchForms(): void {
	showFirstError(document);
	document.addEventListener("input", (event) => {
		const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-form]") : null;
		if (form) form.dataset.changed = "";
	});
	document.addEventListener("submit", (event) => {
		const form = event.target instanceof HTMLFormElement ? event.target : null;
		if (form?.method !== "post") return;
		delete form.dataset.changed;
		// The browser collects the fields first; a disabled button would not be sent along.
		if (!form.hasAttribute("hx-post")) setTimeout(() => !event.defaultPrevented && markBusy(form));
	});
	// Coming back by the browser's own history shows the page as it was left: with disabled buttons.
	window.addEventListener("pageshow", (event) => {
		if (!event.persisted) return;
		document.documentElement.classList.remove("is-busy");
		for (const button of document.querySelectorAll<HTMLButtonElement>("button[type=submit]:disabled")) button.disabled = false;
	});
	window.addEventListener("beforeunload", (event) => {
		if (document.querySelector("form[data-changed]")) event.preventDefault();
	});
	document.addEventListener("htmx:after:swap", (event) => {
		if (event.target instanceof Element) showFirstError(event.target);
	});
	document.addEventListener("click", (event) => {
		if (event.target instanceof Element) fillDemoAccount(event.target);
	});
}
