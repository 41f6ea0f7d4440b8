import type { LibraryIndexValue } from "@opengsync/db/queries/libraries";
import { BarcodeOrientation, findMember, LibraryType, MuxType } from "@opengsync/domain/catalog";
import { type IndexBadge, indexBadge } from "@opengsync/domain/indices/index-badge";
import { Badge, type Tone } from "../../components/status.tsx";

/** Colours of badges of indices: lab-workflows.md §13.4. */
export const badgeTones: Record<IndexBadge["colour"], Tone> = { green: "done", blue: "active", yellow: "warning", red: "bad" };

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

/** Badges of the indices of a library; the hint gives the sequences and how sure they are. */
export function IndexBadges({ indices }: { indices: readonly LibraryIndexValue[] }) {
	return (
		<>
			{indices.map((index) => {
				const badge = badgeOfIndex(index);
				return (
					<Badge tone={badgeTones[badge.colour]} title={`${badge.sequenceText} · ${badge.meaning}`} mono>
						{badge.prefix} {badge.nameText}
					</Badge>
				);
			})}
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
