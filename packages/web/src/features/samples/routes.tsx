import { libraryList } from "@opengsync/db/queries/libraries";
import type { SamplePageRow } from "@opengsync/db/queries/sample-page";
import { sampleList } from "@opengsync/db/queries/samples";
import { findMember, SampleStatus } from "@opengsync/domain/catalog";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import { titleOfAttribute } from "@opengsync/domain/sheets/attribute-sheet";
import { fieldNameOf } from "@opengsync/domain/sheets/match-headers";
import { Card, Metadata, ObjectLink, Tabs, Time } from "../../components/parts.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { historyTab } from "../history/addresses.ts";
import { formatNumber } from "../lab/figures.tsx";
import { sampleLibraries } from "../libraries/tables.tsx";
import { loadSample, SampleButtons, sampleChangeRoutes } from "./change-sample.tsx";
import { samplesTable } from "./tables.tsx";

function SampleMetadata({ sample }: { sample: SamplePageRow }) {
	const project = projectDisplayIdentifier({ id: sample.project_id, identifier: sample.project_identifier });
	const { qubit_concentration: concentration, avg_fragment_size: size } = sample;
	return (
		<Card>
			<Metadata
				items={[
					{ label: "ID", value: sample.id, copy: String(sample.id), mono: true },
					{ label: "Name", value: sample.name, copy: sample.name },
					{
						label: "Project",
						value: (
							<ObjectLink href={`/projects/${sample.project_id}/`} level={sample.project_access_level}>
								{project} {sample.project_title}
							</ObjectLink>
						),
					},
					{ label: "Owner", value: sample.owner_name },
					{ label: "E-mail", value: sample.owner_email, copy: sample.owner_email },
					{ label: "Stored", value: <Time at={sample.timestamp_stored_utc} seconds /> },
					{ label: "Qubit concentration", value: concentration === null ? null : `${formatNumber(concentration)} ng/µL` },
					{ label: "Average fragment size", value: size === null ? null : `${size} bp` },
					...Object.entries(sample.attributes ?? {}).map(([name, { value }]) => ({
						label: titleOfAttribute(fieldNameOf(name)),
						value,
						copy: value,
					})),
				]}
			/>
		</Card>
	);
}

const samplePage = defineRoute({
	method: "GET",
	path: "/samples/:id/",
	kind: "page",
	policy: onObject("sample", "id", "VIEW"),
	summary: "Page of a sample",
	params: withId,
	handler: async (exchange) => {
		const sample = await loadSample(exchange);
		return exchange.page(
			{
				title: `Sample: ${sample.name}`,
				...(sample.status_id === null ? {} : { subtitle: <StatusBadge status={findMember(SampleStatus, sample.status_id)} /> }),
				active: "samples",
				breadcrumbs: [{ label: "Bio Samples", href: "/samples/" }, { label: sample.name }],
				actions: <SampleButtons sample={sample} />,
			},
			<Tabs
				tabs={[
					{ key: "libraries", title: "Libraries", count: sample.num_libraries, href: `/htmx/samples/${sample.id}/libraries` },
					{ key: "metadata", title: "Metadata", content: <SampleMetadata sample={sample} /> },
					historyTab("sample", sample.id),
				]}
			/>,
		);
	},
});

const libraries = defineRoute({
	method: "GET",
	path: "/htmx/samples/:id/libraries",
	kind: "fragment",
	policy: onObject("sample", "id", "VIEW"),
	summary: "Libraries of a sample",
	params: withId,
	handler: async (exchange) => {
		const sample = await loadSample(exchange);
		return showList(exchange, sampleLibraries, libraryList, { scope: { sample_id: sample.id } });
	},
});

/** Samples: list and page. */
export const sampleRoutes: readonly Route[] = [
	...listRoutes({
		path: "/samples/",
		policy: signedIn,
		title: "Bio Samples",
		active: "samples",
		summary: "Samples",
		list: samplesTable,
		spec: sampleList,
	}),
	samplePage,
	libraries,
	...sampleChangeRoutes,
];
