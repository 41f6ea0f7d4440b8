/** The page's dialog for forms, and the question before something happens. */
import { closeMenus } from "./menus.ts";

const confirmed = new WeakSet<Element>();

function dialogById(id: string): HTMLDialogElement | null {
	const element = document.getElementById(id);
	return element instanceof HTMLDialogElement ? element : null;
}

/** Asks; resolves with whether "Yes" was chosen. "No" has the focus; what is `harmless` is not red. */
export function ask(title: string, text: string, yes: string, harmless = false): Promise<boolean> {
	const dialog = dialogById("confirm");
	if (!dialog) return Promise.resolve(false);
	const heading = dialog.querySelector("h2");
	const explanation = dialog.querySelector("p");
	const yesButton = dialog.querySelector<HTMLButtonElement>('[data-answer="yes"]');
	const noButton = dialog.querySelector<HTMLButtonElement>('[data-answer="no"]');
	if (heading) heading.textContent = title;
	if (explanation) explanation.textContent = text;
	if (yesButton) yesButton.textContent = yes;
	yesButton?.classList.toggle("btn-danger", !harmless);
	yesButton?.classList.toggle("btn-primary", harmless);
	closeMenus();
	dialog.showModal();
	noButton?.focus();
	return new Promise((resolve) => {
		const finish = new AbortController();
		const answer = (value: boolean) => {
			finish.abort();
			dialog.close();
			resolve(value);
		};
		yesButton?.addEventListener("click", () => answer(true), { signal: finish.signal });
		noButton?.addEventListener("click", () => answer(false), { signal: finish.signal });
		dialog.addEventListener("cancel", () => answer(false), { signal: finish.signal });
	});
}

/** Stops a click on an element that wants to ask; repeats it after "Yes". */
async function askBeforeClick(event: MouseEvent): Promise<void> {
	const element = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-confirm]") : null;
	if (!element || confirmed.delete(element)) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	const yes = await ask(
		element.dataset.confirm ?? "Are you sure?",
		element.dataset.confirmText ?? "",
		element.dataset.confirmYes ?? "Yes",
		element.matches(".btn-primary"),
	);
	if (!yes || !element.isConnected) return;
	confirmed.add(element);
	element.click();
}

/** Whether a form in the dialog holds input that was not sent. */
function hasUnsentInput(dialog: HTMLDialogElement): boolean {
	return dialog.querySelector("form[data-changed]") !== null;
}

async function closeDialog(dialog: HTMLDialogElement, askFirst: boolean): Promise<void> {
	if (askFirst && hasUnsentInput(dialog) && !(await ask("Close without saving?", "What you entered will be lost.", "Close")))
		return;
	dialog.close();
	document.getElementById("dialog-body")?.replaceChildren();
}

/** Opens the dialog when a fragment has arrived in it; never closes it by a click outside or Esc. */
export function watchDialogs(): void {
	document.addEventListener("click", (event) => void askBeforeClick(event), { capture: true });
	const dialog = dialogById("dialog");
	if (!dialog) return;
	let size = "sm";
	document.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : null;
		const opener = target?.closest<HTMLElement>("[data-dialog-size]");
		if (opener) size = opener.dataset.dialogSize ?? "sm";
		if (target?.closest("[data-close-dialog]")) void closeDialog(dialog, true);
	});
	document.addEventListener("htmx:after:swap", () => {
		const body = document.getElementById("dialog-body");
		if (!body || body.childElementCount === 0 || dialog.open) return;
		dialog.dataset.size = size;
		closeMenus();
		dialog.setAttribute("aria-label", body.querySelector("h1, h2")?.textContent ?? "Dialog");
		dialog.showModal();
		const first =
			body.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea") ?? body.querySelector("a, button");
		first?.focus();
	});
	dialog.addEventListener("cancel", (event) => event.preventDefault());
	dialog.addEventListener("keydown", (event) => {
		if (event.key === "Escape") event.preventDefault();
	});
	document.addEventListener("closeDialog", () => void closeDialog(dialog, false));
}
