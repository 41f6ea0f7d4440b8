/** Buttons that copy a text. */
import { showToast } from "./toasts.ts";

async function copy(text: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		showToast({ category: "success", message: `Copied: ${text.length > 80 ? `${text.slice(0, 80)}…` : text}` });
	} catch {
		showToast({ category: "warning", message: "The browser did not allow copying." });
	}
}

/** Listens to all copy buttons of the page. */
export function watchClipboard(): void {
	document.addEventListener("click", (event) => {
		const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
		if (button) void copy(button.dataset.copy ?? "");
	});
}
