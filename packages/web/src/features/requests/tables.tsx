import type { RequestRow } from "@opengsync/db/queries/seq-requests";
import { SeqRequestStatus, SubmissionType } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { markQualityControl } from "@opengsync/domain/quality-control/quality-control-sheet";
import { LinkButton } from "../../components/button.tsx";
import { countColumn, memberColumn, nameColumn, statusColumn } from "../../components/list-columns.tsx";
import { ObjectLink, Time } from "../../components/parts.tsx";
import { defineList } from "../../framework/list.ts";
import { AssigneeBadges } from "../assignees/assignees.tsx";
import { filteredLibraryTypesColumn } from "../libraries/library-cells.tsx";

/** The table of requests: access-and-web.md §11.2. */
export const requestsTable = defineList<RequestRow>({
	name: "requests",
	empty: {
		title: "No requests yet",
		hint: "A request says what you bring, what is to be done, and who gets the data.",
		action: (
			<LinkButton href="/seq_requests/new/" look="primary" icon="plus">
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
				<>
					<ObjectLink href={`/seq_requests/${row.id}/`} mono>
						{requestIdentifier(row.id)}
					</ObjectLink>{" "}
					<AssigneeBadges assignees={row.assignees} />
				</>
			),
			text: (row) => requestIdentifier(row.id),
		},
		{
			...nameColumn<RequestRow>((row) => `/seq_requests/${row.id}/`),
			cell: (row) => (
				<ObjectLink href={`/seq_requests/${row.id}/`}>{markQualityControl(row.name, row.submission_type_id)}</ObjectLink>
			),
			text: (row) => markQualityControl(row.name, row.submission_type_id),
		},
		filteredLibraryTypesColumn,
		statusColumn(SeqRequestStatus),
		memberColumn({ key: "submission_type", title: "Submission type" }, SubmissionType, (row) => row.submission_type_id),
		countColumn("num_samples", "Samples"),
		countColumn("num_libraries", "Libraries"),
		{
			key: "submitted",
			title: "Submitted",
			sort: true,
			cell: (row) => <Time at={row.timestamp_submitted_utc} />,
			text: (row) => row.timestamp_submitted_utc?.toISOString() ?? "",
		},
		{ key: "group", title: "Group", search: true, cell: (row) => row.group_name, text: (row) => row.group_name },
		{ key: "requestor", title: "Requestor", search: true, cell: (row) => row.requestor_name, text: (row) => row.requestor_name },
		{
			key: "principal_investigator",
			title: "Principal investigator",
			search: true,
			cell: (row) => row.principal_investigator_name,
			text: (row) => row.principal_investigator_name,
		},
	],
});
