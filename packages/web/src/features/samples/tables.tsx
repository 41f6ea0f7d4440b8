import type { SampleRow } from "@opengsync/db/queries/samples";
import { findMember, membersOf, SampleStatus } from "@opengsync/domain/catalog";
import { LinkButton } from "../../components/button.tsx";
import { ObjectLink } from "../../components/parts.tsx";
import { StatusBadge } from "../../components/status.tsx";
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
		{
			key: "id",
			title: "ID",
			sort: true,
			search: true,
			mono: true,
			cell: (row) => (
				<ObjectLink href={`/samples/${row.id}/`} mono>
					{row.id}
				</ObjectLink>
			),
			text: (row) => row.id,
		},
		{
			key: "name",
			title: "Name",
			sort: true,
			search: true,
			cell: (row) => <ObjectLink href={`/samples/${row.id}/`}>{row.name}</ObjectLink>,
			text: (row) => row.name,
		},
		{
			key: "status",
			title: "Status",
			sort: true,
			filter: membersOf(SampleStatus).map(({ id, label, icon }) => ({ id, label, icon })),
			cell: (row) => row.status_id !== null && <StatusBadge status={findMember(SampleStatus, row.status_id)} />,
			text: (row) => findMember(SampleStatus, row.status_id)?.label ?? "",
		},
		{ key: "owner", title: "Owner", cell: (row) => row.owner_name, text: (row) => row.owner_name },
		{
			key: "num_libraries",
			title: "Libraries",
			sort: true,
			numeric: true,
			cell: (row) => row.num_libraries,
			text: (row) => row.num_libraries,
		},
	],
});
