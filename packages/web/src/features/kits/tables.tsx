import type { IndexKitRow } from "@opengsync/db/queries/index-kits";
import type { FeatureKitRow, KitRow } from "@opengsync/db/queries/kits";
import { FeatureType, findMember, IndexType, KitType, LabChecklistType } from "@opengsync/domain/catalog";
import { idColumn, memberColumn, nameColumn } from "../../components/list-columns.tsx";
import { ObjectLink } from "../../components/parts.tsx";
import { Badge } from "../../components/status.tsx";
import { defineList, type ListColumn } from "../../framework/list.ts";

interface AnyKit {
	readonly id: number;
	readonly identifier: string;
	readonly name: string;
}

/** ID, identifier and name of a kit; `href` is null for kits without a page. */
function basicColumns<Row extends AnyKit>(href: (row: Row) => string | null): ListColumn<Row>[] {
	return [
		idColumn((row) => href(row)),
		{
			key: "identifier",
			title: "Identifier",
			sort: true,
			search: true,
			mono: true,
			cell: (row) => (
				<ObjectLink href={href(row)} mono>
					{row.identifier}
				</ObjectLink>
			),
			text: (row) => row.identifier,
		},
		nameColumn((row) => href(row)),
	];
}

function kitHref(row: KitRow): string | null {
	if (row.kit_type_id === KitType.INDEX_KIT.id) return `/index_kits/${row.id}/`;
	return row.kit_type_id === KitType.FEATURE_KIT.id ? `/feature_kits/${row.id}/` : null;
}

/** The table of all kits: access-and-web.md §11.2. */
export const kitsTable = defineList<KitRow>({
	name: "kits",
	empty: { title: "No kits yet" },
	columns: [
		...basicColumns<KitRow>(kitHref),
		memberColumn({ key: "type", title: "Type", sort: true }, KitType, (row) => row.kit_type_id),
	],
});

/** The table of index kits. */
export const indexKitsTable = defineList<IndexKitRow>({
	name: "index-kits",
	empty: { title: "No index kits yet" },
	columns: [
		...basicColumns<IndexKitRow>((row) => `/index_kits/${row.id}/`),
		memberColumn({ key: "type", title: "Index type", sort: true }, IndexType, (row) => row.type_id),
		{
			key: "protocols",
			title: "Protocols",
			cell: (row) => row.supported_protocol_ids.map((id) => <Badge>{findMember(LabChecklistType, id)?.abbreviation}</Badge>),
			text: (row) => row.supported_protocol_ids.map((id) => findMember(LabChecklistType, id)?.abbreviation).join(" "),
		},
	],
});

/** The table of feature kits. */
export const featureKitsTable = defineList<FeatureKitRow>({
	name: "feature-kits",
	empty: { title: "No feature kits yet" },
	columns: [
		...basicColumns<FeatureKitRow>((row) => `/feature_kits/${row.id}/`),
		memberColumn({ key: "type", title: "Feature type", sort: true }, FeatureType, (row) => row.type_id),
	],
});
