import { NotFoundError } from "@opengsync/core/errors";
import { indexKitList, loadIndexKits } from "@opengsync/db/queries/index-kits";
import { type FeatureKitContent, featureKitList, findFeatureKit, kitList } from "@opengsync/db/queries/kits";
import { FeatureType, findMember, IndexType } from "@opengsync/domain/catalog";
import { Card, EmptyState, Tabs } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { listRoutes } from "../../framework/list-routes.tsx";
import { signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { historyTab } from "../history/addresses.ts";
import { AdapterPlate, AdapterTable, plateOf } from "./adapters.tsx";
import { featureKitsTable, indexKitsTable, kitsTable } from "./tables.tsx";

const indexKitPage = defineRoute({
	method: "GET",
	path: "/index_kits/:id/",
	kind: "page",
	policy: signedIn,
	summary: "Page of an index kit",
	params: withId,
	handler: async (exchange) => {
		const [kit] = await loadIndexKits(exchange.db, [exchange.params.id]);
		if (!kit) throw new NotFoundError("This index kit");
		const places = plateOf(kit);
		return exchange.page(
			{
				title: kit.name,
				subtitle: `${kit.identifier} · ${findMember(IndexType, kit.typeId)?.label ?? ""}`,
				active: "barcodes",
				breadcrumbs: [{ label: "Barcodes", href: "/index_kits/" }, { label: kit.identifier }],
			},
			<Tabs
				tabs={[
					...(places ? [{ key: "plate", title: "Plate", content: <AdapterPlate adapters={places} /> }] : []),
					{ key: "table", title: "Table", count: kit.adapters.length, content: <AdapterTable kit={kit} /> },
					...(exchange.isInsider ? [historyTab("kit", kit.id)] : []),
				]}
			/>,
		);
	},
});

function Features({ kit }: { kit: FeatureKitContent }) {
	if (kit.features.length === 0) return <EmptyState icon="tag" title="No features in this kit yet" />;
	return (
		<Card padded={false}>
			<SimpleTable titles={["ID", "Name", "Identifier", "Target name", "Target ID", "Sequence", "Pattern", "Read"]}>
				{kit.features.map((feature) => (
					<tr>
						<td class="font-mono">{feature.id}</td>
						<td>{feature.name}</td>
						<td>{feature.identifier}</td>
						<td>{feature.target_name}</td>
						<td>{feature.target_id}</td>
						<td class="font-mono">{feature.sequence}</td>
						<td class="font-mono">{feature.pattern}</td>
						<td>{feature.read}</td>
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}

const featureKitPage = defineRoute({
	method: "GET",
	path: "/feature_kits/:id/",
	kind: "page",
	policy: signedIn,
	summary: "Page of a feature kit",
	params: withId,
	handler: async (exchange) => {
		const kit = await findFeatureKit(exchange.db, exchange.params.id);
		if (!kit) throw new NotFoundError("This feature kit");
		return exchange.page(
			{
				title: kit.name,
				subtitle: `${kit.identifier} · ${findMember(FeatureType, kit.type_id)?.label ?? ""}`,
				active: "features",
				breadcrumbs: [{ label: "Features", href: "/feature_kits/" }, { label: kit.identifier }],
			},
			<Tabs
				tabs={[
					{ key: "features", title: "Features", count: kit.features.length, content: <Features kit={kit} /> },
					...(exchange.isInsider ? [historyTab("kit", kit.id)] : []),
				]}
			/>,
		);
	},
});

/** Kits: lists of all, of index kits and of feature kits, with their contents. */
export const kitRoutes: readonly Route[] = [
	...listRoutes({
		path: "/kits/",
		policy: signedIn,
		title: "Kits",
		active: "kits",
		summary: "Kits",
		list: kitsTable,
		spec: kitList,
	}),
	...listRoutes({
		path: "/index_kits/",
		policy: signedIn,
		title: "Barcodes",
		active: "barcodes",
		summary: "Index kits",
		list: indexKitsTable,
		spec: indexKitList,
	}),
	...listRoutes({
		path: "/feature_kits/",
		policy: signedIn,
		title: "Features",
		active: "features",
		summary: "Feature kits",
		list: featureKitsTable,
		spec: featureKitList,
	}),
	indexKitPage,
	featureKitPage,
];
