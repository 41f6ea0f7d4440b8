import type { HistoryEntity } from "@opengsync/domain/audit/history-scope";

/** Segment of the address by kind of object. */
export const historyPaths: Readonly<Record<HistoryEntity, string>> = {
	request: "seq_requests",
	project: "projects",
	sample: "samples",
	library: "libraries",
	pool: "pools",
	experiment: "experiments",
	labPrep: "lab_preps",
	run: "seq_runs",
	user: "users",
	group: "groups",
	kit: "kits",
};

/** Address of the history of an object. */
export function historyUrl(entity: HistoryEntity, id: number): string {
	return `/htmx/${historyPaths[entity]}/${id}/history`;
}

/** The tab *History* of an object page. It costs the page nothing until it is opened. */
export function historyTab(entity: HistoryEntity, id: number): { key: string; title: string; href: string } {
	return { key: "history", title: "History", href: historyUrl(entity, id) };
}
