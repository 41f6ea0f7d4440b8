/** The checklist that leads a requestor to submission (requests-and-annotation.md §2.2). */
import { SeqRequestStatus } from "./catalog.ts";

/** What it depends on. */
export interface SubmitChecklistFacts {
	readonly statusId: number;
	readonly numSamples: number;
	readonly numLibraries: number;
	/** Has an authorization form. */
	readonly isAuthorized: boolean;
}

/** An item as the page shows it; `next` explains what happens after submission and is not counted. */
export interface SubmitChecklistItem {
	readonly item: "samples" | "authorization" | "submission" | "next";
	readonly label: string;
	readonly state: "done" | "todo" | "unavailable";
}

/** Three items, and after submission a fourth. */
export function submitChecklist(facts: SubmitChecklistFacts): readonly SubmitChecklistItem[] {
	const hasSamples = facts.numSamples > 0 && facts.numLibraries > 0;
	const isSubmitted = facts.statusId !== SeqRequestStatus.DRAFT.id;
	const submission = isSubmitted ? "done" : hasSamples ? "todo" : "unavailable";
	const items: SubmitChecklistItem[] = [
		{ item: "samples", label: "Add samples", state: hasSamples ? "done" : "todo" },
		{ item: "authorization", label: "Upload the authorization form", state: facts.isAuthorized ? "done" : "todo" },
		{ item: "submission", label: "Submit the request", state: submission },
	];
	return isSubmitted ? [...items, { item: "next", label: "What happens next", state: "done" }] : items;
}

/** Done of the three items, for the tab title. */
export function countSubmitChecklist(items: readonly SubmitChecklistItem[]): { readonly done: number; readonly total: number } {
	const counted = items.filter(({ item }) => item !== "next");
	return { done: counted.filter(({ state }) => state === "done").length, total: counted.length };
}
