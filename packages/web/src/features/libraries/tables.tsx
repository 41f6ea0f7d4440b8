import type { LibraryRow } from "@opengsync/db/queries/libraries";
import { AccessType, findMember, LibraryStatus, LibraryType, membersOf } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { isPoolLinked } from "@opengsync/domain/pool-actions";
import { LinkButton } from "../../components/button.tsx";
import { filterOptions, idColumn } from "../../components/list-columns.tsx";
import { ObjectLink } from "../../components/parts.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { defineList, type ListColumn } from "../../framework/list.ts";
import { badgeOfIndex, IndexBadges, LibraryTypeBadge } from "./library-cells.tsx";

const numberColumn: ListColumn<LibraryRow> = idColumn((row) => `/libraries/${row.id}/`);

const nameColumn: ListColumn<LibraryRow> = {
	key: "name",
	title: "Name",
	sort: true,
	search: true,
	cell: (row) => (
		<ObjectLink href={`/libraries/${row.id}/`}>
			{row.name}
			{row.clone_number > 0 && <sup>(re:{row.clone_number})</sup>}
		</ObjectLink>
	),
	text: (row) => row.name,
};

/** Pools that the facility made are for staff; a client opens the own ones. */
const mayOpenPool = (row: LibraryRow) => isPoolLinked(row.access_level >= AccessType.INSIDER.id, row.pool_type_id);

const poolColumn: ListColumn<LibraryRow> = {
	key: "pool",
	title: "Pool",
	sort: true,
	search: true,
	cell: (row) =>
		row.pool_name && <ObjectLink href={mayOpenPool(row) ? `/pools/${row.pool_id}/` : null}>{row.pool_name}</ObjectLink>,
	text: (row) => row.pool_name,
};

const typeColumn: ListColumn<LibraryRow> = {
	key: "type",
	title: "Library type",
	filter: filterOptions(membersOf(LibraryType)),
	cell: (row) => <LibraryTypeBadge library={row} />,
	text: (row) => findMember(LibraryType, row.type_id)?.label ?? "",
};

const statusColumn: ListColumn<LibraryRow> = {
	key: "status",
	title: "Status",
	sort: true,
	filter: filterOptions(membersOf(LibraryStatus)),
	cell: (row) => <StatusBadge status={findMember(LibraryStatus, row.status_id)} />,
	text: (row) => findMember(LibraryStatus, row.status_id)?.label ?? "",
};

const requestColumn: ListColumn<LibraryRow> = {
	key: "request",
	title: "Request",
	cell: (row) => (
		<ObjectLink href={row.request_access_level >= AccessType.VIEW.id ? `/seq_requests/${row.seq_request_id}/` : null} mono>
			{requestIdentifier(row.seq_request_id)}
		</ObjectLink>
	),
	text: (row) => requestIdentifier(row.seq_request_id),
};

const indexColumn: ListColumn<LibraryRow> = {
	key: "index",
	title: "Index",
	cell: (row) => <IndexBadges indices={row.indices} />,
	text: (row) => row.indices.map((index) => badgeOfIndex(index).sequenceText).join(" "),
};

/** The table of libraries: access-and-web.md §11.2. */
export const librariesTable = defineList<LibraryRow>({
	name: "libraries",
	empty: {
		title: "No libraries yet",
		hint: "Libraries come into being with the annotation of a request.",
		action: <LinkButton href="/seq_requests/">Go to the requests</LinkButton>,
	},
	columns: [numberColumn, nameColumn, poolColumn, typeColumn, statusColumn, requestColumn, indexColumn],
});

/** Libraries of a request: without the request. */
export const requestLibraries = defineList<LibraryRow>({
	name: "request-libraries",
	empty: { title: "No libraries yet", hint: "They are added with the samples: see the checklist." },
	columns: [numberColumn, nameColumn, poolColumn, typeColumn, statusColumn, indexColumn],
});

/** Libraries of a sample: short. */
export const sampleLibraries = defineList<LibraryRow>({
	name: "sample-libraries",
	empty: { title: "No libraries of this sample" },
	columns: [
		{ ...numberColumn, search: false },
		{ ...nameColumn, search: false },
		{ ...typeColumn, filter: [] },
		{ ...statusColumn, filter: [] },
		requestColumn,
		{ ...poolColumn, search: false },
	],
});
