import type { LibraryRow } from "@opengsync/db/queries/libraries";
import type { PoolRow } from "@opengsync/db/queries/pools";
import type { Action } from "@opengsync/domain/actions";
import { AccessType, LibraryStatus, PoolStatus, PoolType } from "@opengsync/domain/catalog";
import { isPoolLinked } from "@opengsync/domain/pool-actions";
import { ActionButton } from "../../components/button.tsx";
import { countColumn, idColumn, memberColumn, statusColumn } from "../../components/list-columns.tsx";
import { EmptyState, ObjectLink } from "../../components/parts.tsx";
import { defineList, type ListColumn, type ListDefinition } from "../../framework/list.ts";
import { CloneableName, filteredLibraryTypesColumn } from "../libraries/library-cells.tsx";
import { libraryIdColumn, libraryNameColumn, libraryTypeColumn } from "../libraries/tables.tsx";

/** Who only sees a pool through a request opens those of customers, not those of the facility (access-and-web.md §3.4). */
function poolHref(row: PoolRow): string | null {
	return isPoolLinked(row.access_level >= AccessType.OWNER.id, row.type_id) ? `/pools/${row.id}/` : null;
}

const id: ListColumn<PoolRow> = idColumn((row) => poolHref(row));
const name: ListColumn<PoolRow> = {
	key: "name",
	title: "Name",
	sort: true,
	search: true,
	cell: (row) => (
		<ObjectLink href={poolHref(row)}>
			<CloneableName name={row.name} cloneNumber={row.clone_number} />
		</ObjectLink>
	),
	text: (row) => row.name,
};
const status = statusColumn(PoolStatus);
const type: ListColumn<PoolRow> = memberColumn({ key: "type", title: "Type" }, PoolType, (row) => row.type_id);
const owner: ListColumn<PoolRow> = {
	key: "owner",
	title: "Owner",
	search: true,
	cell: (row) => row.owner_name,
	text: (row) => row.owner_name,
};
const numLibraries: ListColumn<PoolRow> = countColumn("num_libraries", "Libraries");
const requestedReads: ListColumn<PoolRow> = countColumn("num_m_reads_requested", "Reads requested (M)");

const empty = { title: "No pools yet", hint: "Pools come with requests of pooled libraries, or are made from a lab prep." };

/** The table of all pools: access-and-web.md §11.2. */
export const poolsTable = defineList<PoolRow>({
	name: "pools",
	empty,
	columns: [id, name, filteredLibraryTypesColumn, status, type, owner, numLibraries],
});

/** Pools of a request. */
export const requestPools = defineList<PoolRow>({
	name: "request-pools",
	empty,
	columns: [id, name, filteredLibraryTypesColumn, status, type, numLibraries, requestedReads],
});

function indexText(row: LibraryRow): string {
	return row.indices
		.map((index) => [index.name_i7 ?? index.sequence_i7, index.name_i5 ?? index.sequence_i5].filter(Boolean).join(" · "))
		.filter(Boolean)
		.join(", ");
}

/** Columns of libraries below a pool or an experiment; links only where the viewer has a level. */
export const libraryColumns: readonly ListColumn<LibraryRow>[] = [
	libraryIdColumn,
	libraryNameColumn,
	{ ...libraryTypeColumn, title: "Type" },
	statusColumn(LibraryStatus),
	{
		key: "request",
		title: "Request",
		cell: (row) => (
			<ObjectLink href={`/seq_requests/${row.seq_request_id}/`} level={row.request_access_level}>
				{row.request_name}
			</ObjectLink>
		),
		text: (row) => row.request_name,
	},
	{ key: "index", title: "Index", mono: true, cell: (row) => indexText(row), text: (row) => indexText(row) },
];

/** Sequencing pool of a library. */
export const libraryPoolColumn: ListColumn<LibraryRow> = {
	key: "pool",
	title: "Pool",
	sort: true,
	search: true,
	cell: (row) => <ObjectLink href={row.pool_id === null ? null : `/pools/${row.pool_id}/`}>{row.pool_name}</ObjectLink>,
	text: (row) => row.pool_name,
};

/** Libraries of a pool, with the button that takes one out (access-and-web.md §3.4). */
export function poolLibraries(poolId: number, removal: Action): ListDefinition<LibraryRow> {
	return defineList<LibraryRow>({
		name: "pool-libraries",
		empty: { title: "No libraries in this pool" },
		columns: libraryColumns,
		...(removal.shown
			? {
					menu: (row: LibraryRow) => (
						<ActionButton
							action={`/pools/${poolId}/libraries/${row.id}/remove/`}
							small
							look="quiet"
							disabledReason={removal.reason}
							confirm={{
								title: `Remove ${row.name} from the pool?`,
								text: "A pooled library is stored again.",
								yes: "Remove",
							}}
						>
							Remove
						</ActionButton>
					),
				}
			: {}),
	});
}

/** What stands in place of the libraries of a pool that was merged into another. */
export function MergedPool({ id: poolId, name: poolName }: { id: number; name: string }) {
	return (
		<EmptyState
			icon="git-merge"
			title="This pool was merged into another."
			action={<ObjectLink href={`/pools/${poolId}/`}>{poolName}</ObjectLink>}
		/>
	);
}
