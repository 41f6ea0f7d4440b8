/** Sentences above the grid that tell what happened, with buttons to answer; one notice per topic, a later one replaces it. */
import { makeButton, makeElement } from "./dom.ts";

/** A button of a notice; the notice goes away when it is used. */
export interface NoticeAction {
	readonly label: string;
	act(): void;
}

/** The notices of a sheet. */
export class Notices {
	readonly element = makeElement("div", { class: "sheet-notices", role: "status", "aria-live": "polite" });
	private readonly byTopic = new Map<string, HTMLElement>();

	/** Shows a notice until it is dismissed, replaced or hidden. */
	show(topic: string, tone: "info" | "warning" | "danger", text: string, actions: readonly NoticeAction[] = []): void {
		this.hide(topic);
		const notice = makeElement("div", { class: `alert alert-${tone} sheet-notice` }, makeElement("span", {}, text));
		for (const action of actions) {
			notice.append(
				makeButton(action.label, () => {
					this.hide(topic);
					action.act();
				}),
			);
		}
		notice.append(makeButton("Dismiss", () => this.hide(topic), { class: "btn btn-sm btn-ghost-secondary" }));
		this.byTopic.set(topic, notice);
		this.element.append(notice);
	}

	/** Takes the notice of a topic away. */
	hide(topic: string): void {
		this.byTopic.get(topic)?.remove();
		this.byTopic.delete(topic);
	}
}
