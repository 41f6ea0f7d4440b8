import type { SampleRow } from "@opengsync/db/queries/samples";
import { SampleStatus } from "@opengsync/domain/catalog";
import { LinkButton } from "../../components/button.tsx";
import { countColumn, idColumn, nameColumn, statusColumn } from "../../components/list-columns.tsx";
import { defineList } from "../../framework/list.ts";

/** The table of samples: access-and-web.md §11.2. */
export const samplesTable = defineList<SampleRow>({
	name: "samples",
	empty: {
		title: "No samples yet",
		hint: "Samples are entered in a request: create one, then add samples.",
		action: (
			<LinkButton href="/seq_requests/new/" icon="plus">
				New request
			</LinkButton>
		),
	},
	columns: [
		idColumn((row) => `/samples/${row.id}/`),
		nameColumn((row) => `/samples/${row.id}/`),
		statusColumn(SampleStatus),
		{ key: "owner", title: "Owner", cell: (row) => row.owner_name, text: (row) => row.owner_name },
		countColumn("num_libraries", "Libraries"),
	],
});
