/** Short notices at the top: errors and warnings stay until closed, the others go by themselves. */
interface Flash {
	readonly category: string;
	readonly message: string;
}

const shownMs = 1500;

function isFlash(value: unknown): value is Flash {
	return (
		typeof value === "object" && value !== null && "category" in value && "message" in value && typeof value.message === "string"
	);
}

/** Shows a notice; its message is text. */
export function showToast(flash: Flash): void {
	const container = document.getElementById("toasts");
	if (!container) return;
	const stays = flash.category === "error" || flash.category === "warning";
	const toast = document.createElement("div");
	toast.className = `toast-item toast-${flash.category}`;
	toast.setAttribute("role", stays ? "alert" : "status");
	const text = document.createElement("span");
	text.textContent = flash.message;
	const close = document.createElement("button");
	close.type = "button";
	close.className = "toast-close";
	close.setAttribute("aria-label", "Close");
	close.textContent = "×";
	close.addEventListener("click", () => toast.remove());
	toast.append(text, close);
	container.append(toast);
	// A modal dialog lies above everything else but what is opened after it.
	if (container.popover) {
		container.hidePopover();
		container.showPopover();
	}
	if (!stays) setTimeout(() => toast.remove(), shownMs);
}

/** Shows what came with the page, and what comes with fragments. */
export function watchToasts(): void {
	const container = document.getElementById("toasts");
	if (container) {
		container.popover = "manual";
		container.showPopover();
	}
	const kept: unknown = JSON.parse(document.getElementById("flashes")?.textContent || "[]");
	if (Array.isArray(kept)) for (const flash of kept) if (isFlash(flash)) showToast(flash);
	document.addEventListener("flash", (event) => {
		const detail: unknown = event instanceof CustomEvent ? event.detail : null;
		if (typeof detail !== "object" || detail === null || !("messages" in detail) || !Array.isArray(detail.messages)) return;
		for (const flash of detail.messages) if (isFlash(flash)) showToast(flash);
	});
}
