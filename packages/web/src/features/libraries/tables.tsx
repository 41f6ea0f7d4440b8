import type { LibraryRow } from "@opengsync/db/queries/libraries";
import { AccessType, findMember, LibraryStatus, LibraryType, membersOf } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { isPoolLinked } from "@opengsync/domain/pool-actions";
import { LinkButton } from "../../components/button.tsx";
import { filterOptions, idColumn, statusColumn } from "../../components/list-columns.tsx";
import { ObjectLink } from "../../components/parts.tsx";
import { defineList, type ListColumn } from "../../framework/list.ts";
import { badgeOfIndex, CloneableName, IndexBadges, LibraryTypeBadge } from "./library-cells.tsx";

/** Number of a library. Like its name it is a link only where the viewer has a level. */
export const libraryIdColumn: ListColumn<LibraryRow> = idColumn((row) =>
	row.access_level >= AccessType.VIEW.id ? `/libraries/${row.id}/` : null,
);

/** Name of a library with the number of the clone. */
export const libraryNameColumn: ListColumn<LibraryRow> = {
	key: "name",
	title: "Name",
	sort: true,
	search: true,
	cell: (row) => (
		<ObjectLink href={`/libraries/${row.id}/`} level={row.access_level}>
			<CloneableName name={row.name} cloneNumber={row.clone_number} />
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

/** Type of a library with what is special about it. */
export const libraryTypeColumn: ListColumn<LibraryRow> = {
	key: "type",
	title: "Library type",
	filter: filterOptions(membersOf(LibraryType)),
	cell: (row) => <LibraryTypeBadge library={row} />,
	text: (row) => findMember(LibraryType, row.type_id)?.label ?? "",
};

const requestColumn: ListColumn<LibraryRow> = {
	key: "request",
	title: "Request",
	cell: (row) => (
		<ObjectLink href={`/seq_requests/${row.seq_request_id}/`} level={row.request_access_level} mono>
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
	columns: [
		libraryIdColumn,
		libraryNameColumn,
		poolColumn,
		libraryTypeColumn,
		statusColumn(LibraryStatus),
		requestColumn,
		indexColumn,
	],
});

/** Libraries of a request: without the request. */
export const requestLibraries = defineList<LibraryRow>({
	name: "request-libraries",
	empty: { title: "No libraries yet", hint: "They are added with the samples: see the checklist." },
	columns: [libraryIdColumn, libraryNameColumn, poolColumn, libraryTypeColumn, statusColumn(LibraryStatus), indexColumn],
});

/** Libraries of a sample: short. */
export const sampleLibraries = defineList<LibraryRow>({
	name: "sample-libraries",
	empty: { title: "No libraries of this sample" },
	columns: [
		{ ...libraryIdColumn, search: false },
		{ ...libraryNameColumn, search: false },
		{ ...libraryTypeColumn, filter: [] },
		{ ...statusColumn(LibraryStatus), filter: [] },
		requestColumn,
		{ ...poolColumn, search: false },
	],
});
