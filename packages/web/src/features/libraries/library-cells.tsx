import type { LibraryIndexValue } from "@opengsync/db/queries/libraries";
import { BarcodeOrientation, findMember, LibraryType, MuxType, membersOf } from "@opengsync/domain/catalog";
import { type IndexBadge, indexBadge } from "@opengsync/domain/indices/index-badge";
import { filterOptions } from "../../components/list-columns.tsx";
import { Badge, type Tone } from "../../components/status.tsx";
import type { ListColumn } from "../../framework/list.ts";

/** Colours of badges of indices: lab-workflows.md §13.4. */
const badgeTones: Record<IndexBadge["colour"], Tone> = { green: "done", blue: "active", yellow: "warning", red: "bad" };

/** The badge of an index combination as the database stores it: lab-workflows.md §13.4. */
export function badgeOfIndex(index: LibraryIndexValue): IndexBadge {
	return indexBadge({
		kitI7Id: index.index_kit_i7_id,
		kitI5Id: index.index_kit_i5_id,
		nameI7: index.name_i7,
		nameI5: index.name_i5,
		sequenceI7: index.sequence_i7,
		sequenceI5: index.sequence_i5,
		orientationId: findMember(BarcodeOrientation, index.orientation)?.id ?? null,
	});
}

/** Badges of indices; the hint gives the sequences and how sure they are. */
export function IndexBadgeList({ badges }: { badges: readonly IndexBadge[] }) {
	return (
		<>
			{badges.map((badge) => (
				<Badge tone={badgeTones[badge.colour]} title={`${badge.sequenceText} · ${badge.meaning}`} mono>
					{badge.prefix} {badge.nameText}
				</Badge>
			))}
		</>
	);
}

/** Badges of the indices of a library as the database stores them. */
export function IndexBadges({ indices }: { indices: readonly LibraryIndexValue[] }) {
	return <IndexBadgeList badges={indices.map(badgeOfIndex)} />;
}

/** Name with the number of the clone (access-and-web.md §7.8). */
export function CloneableName({ name, cloneNumber }: { name: string; cloneNumber: number }) {
	return (
		<>
			{name}
			{cloneNumber > 0 && <sup>(re:{cloneNumber})</sup>}
		</>
	);
}

/** What decides how the type of a library is written. */
export interface LibraryTypeFacts {
	readonly type_id: number;
	readonly mux_type_id: number | null;
	readonly nuclei_isolation: boolean;
}

/** Abbreviation of the type with `[mux]` and `[ncl]`: access-and-web.md §7.8. */
export function LibraryTypeBadge({ library }: { library: LibraryTypeFacts }) {
	const type = findMember(LibraryType, library.type_id);
	const mux = findMember(MuxType, library.mux_type_id);
	return (
		<Badge {...(type ? { title: type.label } : {})}>
			{type?.abbreviation ?? library.type_id}
			{mux && <sup data-tooltip={mux.label}>[mux]</sup>}
			{library.nuclei_isolation && <sup data-tooltip="Nuclei isolation">[ncl]</sup>}
		</Badge>
	);
}

/** Types of libraries as badges. */
export function LibraryTypes({ ids }: { ids: readonly number[] }) {
	return (
		<>
			{ids.map((id) => {
				const type = findMember(LibraryType, id);
				return type && <Badge title={type.label}>{type.abbreviation}</Badge>;
			})}
		</>
	);
}

/** Column of a list with the types of the libraries that belong to an object. */
export const libraryTypesColumn: ListColumn<{ readonly library_type_ids: readonly number[] }> = {
	key: "library_types",
	title: "Library types",
	cell: (row) => <LibraryTypes ids={row.library_type_ids} />,
	text: (row) => row.library_type_ids.map((id) => findMember(LibraryType, id)?.abbreviation ?? id).join(" "),
};

/** {@link libraryTypesColumn}, filtered by type. */
export const filteredLibraryTypesColumn = { ...libraryTypesColumn, filter: filterOptions(membersOf(LibraryType)) };
