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

/** Value of a field as conditions name it: ticks are true or false, everything else is text. */
function readValue(form: HTMLFormElement, name: string): string {
	const control = form.elements.namedItem(name);
	if (control instanceof HTMLInputElement && control.type === "checkbox") return String(control.checked && !control.disabled);
	if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) return control.disabled ? "" : control.value;
	return control instanceof RadioNodeList ? control.value : "";
}

function isEnabled(form: HTMLFormElement, conditions: string): boolean {
	const parsed = JSON.parse(conditions) as { field: string; oneOf: (string | number | boolean)[] }[];
	return parsed.every(({ field, oneOf }) => oneOf.map(String).includes(readValue(form, field)));
}

/** Disables the fields that do not apply, and hides sections in which none does. */
function applyConditions(form: HTMLFormElement): void {
	const fields = [...form.querySelectorAll<HTMLElement>("[data-enabled-when]")];
	// A field may depend on one that depends on a third: a second pass settles it.
	for (const field of [...fields, ...fields]) {
		const enabled = isEnabled(form, field.dataset.enabledWhen ?? "[]");
		field.classList.toggle("is-disabled", !enabled);
		for (const control of field.querySelectorAll<HTMLInputElement>("input, select, textarea")) control.disabled = !enabled;
	}
	for (const section of form.querySelectorAll<HTMLElement>("details.form-section")) {
		const inside = [...section.querySelectorAll<HTMLElement>(".form-field")];
		section.hidden = inside.length > 0 && inside.every((field) => field.classList.contains("is-disabled"));
	}
}

function applyAllConditions(root: ParentNode): void {
	for (const form of root.querySelectorAll<HTMLFormElement>("form[data-form]")) applyConditions(form);
}

/** Listens to all forms of the page, also to those that come later. */
export function watchForms(): void {
	applyAllConditions(document);
	showFirstError(document);
	document.addEventListener("input", (event) => {
		const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-form]") : null;
		if (!form) return;
		form.dataset.changed = "";
		applyConditions(form);
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
		if (!(event.target instanceof Element)) return;
		applyAllConditions(event.target);
		showFirstError(event.target);
	});
	document.addEventListener("click", (event) => {
		if (event.target instanceof Element) fillDemoAccount(event.target);
	});
}
