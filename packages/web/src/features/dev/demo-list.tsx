import { findMember, membersOf, SeqRequestStatus } from "@opengsync/domain/catalog";
import { LinkButton } from "../../components/button.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { defineList, type ListPage } from "../../framework/list.ts";

/** A row of the demonstration. */
export interface DemoRow {
	readonly id: number;
	readonly name: string;
	readonly requestor: string;
	readonly statusId: number;
	readonly numLibraries: number;
}

const names = ["CLL scRNA, batch 4", "Zebrafish heart regeneration", "Tumour WES panel", "ATAC time course", "Microbiome 16S"];
const statuses = membersOf(SeqRequestStatus);

/** Rows for looking at; the last name shows that markup stays text. */
export const demoPage: ListPage<DemoRow> = {
	rows: statuses.map((status, index) => ({
		id: 187 - index,
		name: names[index % names.length] ?? "",
		requestor: index === 3 ? "<img src=x onerror=1>" : "A. Requestor",
		statusId: status.id,
		numLibraries: (index + 1) * 37,
	})),
	page: 4,
	pages: 13,
	total: 187,
};

/** A list with every kind of column. */
export const demoList = defineList<DemoRow>({
	name: "demo-requests",
	rowId: (row) => row.id,
	empty: {
		title: "No requests yet.",
		hint: "A request tells us what to sequence.",
		action: (
			<LinkButton href="/dev/ui/" look="primary" icon="plus">
				New request
			</LinkButton>
		),
	},
	columns: [
		{ key: "id", title: "ID", sort: true, search: true, mono: true, cell: (row) => `BSR_0${row.id}`, text: (row) => row.id },
		{
			key: "name",
			title: "Name",
			sort: true,
			search: true,
			cell: (row) => <a href="/dev/ui/">{row.name}</a>,
			text: (row) => row.name,
		},
		{ key: "requestor", title: "Requestor", search: true, cell: (row) => row.requestor, text: (row) => row.requestor },
		{
			key: "status",
			title: "Status",
			sort: true,
			filter: statuses,
			cell: (row) => <StatusBadge status={findMember(SeqRequestStatus, row.statusId)} />,
			text: (row) => findMember(SeqRequestStatus, row.statusId)?.label ?? null,
		},
		{ key: "numLibraries", title: "# Libraries", sort: true, numeric: true, cell: (row) => row.numLibraries },
	],
});
