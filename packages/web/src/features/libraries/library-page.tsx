import type { LibraryPageRow, LibraryReadsRow, LibrarySampleRow } from "@opengsync/db/queries/library-page";
import type { Action } from "@opengsync/domain/actions";
import { isInGroup } from "@opengsync/domain/annotation/library-set";
import {
	findMember,
	GenomeRef,
	IndexType,
	LibraryStatus,
	LibraryType,
	MuxType,
	memberById,
	ServiceType,
} from "@opengsync/domain/catalog";
import { projectDisplayIdentifier, requestIdentifier } from "@opengsync/domain/identifiers";
import { muxSheetKind } from "@opengsync/domain/library-edits/library-mux";
import { editableProperties } from "@opengsync/domain/library-edits/library-properties";
import { molarityNm } from "@opengsync/domain/molarity";
import { isPoolLinked } from "@opengsync/domain/pool-actions";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Metadata, type MetadataItem, ObjectLink, Tabs, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { StatusBar } from "../../components/status.tsx";
import { historyTab } from "../history/addresses.ts";
import { formatCount, formatNumber, formatPercent, Molarity } from "../lab/figures.tsx";
import { CrisprGuides, crisprGuides } from "./library-annotation.tsx";
import { IndexBadges, LibraryTypeBadge } from "./library-cells.tsx";
import { averageQc, flowCellShare, qcNames, qcText } from "./read-averages.ts";

const segments = [
	LibraryStatus.SUBMITTED,
	LibraryStatus.ACCEPTED,
	LibraryStatus.PREPARING,
	LibraryStatus.STORED,
	LibraryStatus.POOLED,
	LibraryStatus.SEQUENCED,
	LibraryStatus.SHARED,
];

/** Status bar of a library: access-and-web.md §7.7. */
export function LibraryStatusBar({ statusId }: { statusId: number }) {
	return <StatusBar segments={segments} present={memberById(LibraryStatus, statusId)} />;
}

/** Name with the number of the clone. */
export function libraryTitle(library: Pick<LibraryPageRow, "name" | "clone_number">): string {
	return library.clone_number > 0 ? `${library.name} (re:${library.clone_number})` : library.name;
}

/** The tabs of a library: access-and-web.md §8.5. */
export function LibraryTabs(props: { library: LibraryPageRow; isInsider: boolean; editProperties: Action }) {
	const { library, isInsider } = props;
	const fragment = `/htmx/libraries/${library.id}`;
	const hasFeatures = isInGroup(library.type_id, "antibodyCapture");
	const hasMux = muxSheetKind({ muxTypeId: library.mux_type_id, typeId: library.type_id }) !== null;
	const guides = crisprGuides(library.properties);
	return (
		<Tabs
			tabs={[
				{ key: "library", title: "Library", content: <LibraryMetadata library={library} edit={props.editProperties} /> },
				{ key: "wet-lab", title: "Wet-lab", content: <WetLab library={library} isInsider={isInsider} /> },
				{ key: "samples", title: "Samples", count: library.num_samples, href: `${fragment}/samples` },
				...(guides.length > 0 ? [{ key: "crispr", title: "CRISPR", content: <CrisprGuides guides={guides} /> }] : []),
				...(hasMux ? [{ key: "multiplexing", title: "Multiplexing", href: `${fragment}/multiplexing` }] : []),
				...(hasFeatures
					? [{ key: "features", title: "Features", count: library.num_features, href: `${fragment}/features` }]
					: []),
				{
					key: "reads",
					title: "Read quality",
					href: `${fragment}/reads`,
					...(library.num_read_rows === 0 ? { disabledReason: "No reads have been counted yet." } : {}),
				},
				historyTab("library", library.id),
			]}
		/>
	);
}

function LibraryMetadata({ library, edit }: { library: LibraryPageRow; edit: Action }) {
	const genome = findMember(GenomeRef, library.genome_ref_id);
	const properties: MetadataItem[] = [...editableProperties(library.properties)].map(([label, value]) => ({ label, value }));
	return (
		<>
			<Card>
				<Metadata
					items={[
						{ label: "ID", value: library.id, copy: String(library.id), mono: true },
						{ label: "Name", value: library.name, copy: library.name },
						{ label: "Sample name", value: library.sample_name, copy: library.sample_name },
						{
							label: "Library type",
							value: (
								<>
									{findMember(LibraryType, library.type_id)?.label} <LibraryTypeBadge library={library} />
								</>
							),
						},
						{ label: "Service", value: findMember(ServiceType, library.service_type_id)?.label },
						{
							label: "Genome",
							value: genome?.organismLatinName ? `${genome.label} (${genome.organismLatinName})` : genome?.label,
						},
						{ label: "Multiplexing", value: findMember(MuxType, library.mux_type_id)?.label },
						{
							label: "Request",
							value: (
								<ObjectLink href={`/seq_requests/${library.seq_request_id}/`} level={library.request_access_level}>
									{requestIdentifier(library.seq_request_id)} {library.request_name}
								</ObjectLink>
							),
						},
						{ label: "Owner", value: library.owner_name },
						{ label: "E-mail", value: library.owner_email, copy: library.owner_email },
						{
							label: "Reads requested",
							value: library.seq_depth_requested === null ? null : `${formatNumber(library.seq_depth_requested)} M`,
						},
						{ label: "Index type", value: findMember(IndexType, library.index_type_id)?.label },
						{
							label: "Indices",
							value: library.indices.length > 0 ? <IndexBadges indices={library.indices} /> : null,
							wide: true,
						},
					]}
				/>
			</Card>
			{(properties.length > 0 || edit.shown) && (
				<Card
					title="Properties"
					actions={
						edit.shown && (
							<LinkButton href={`/libraries/${library.id}/properties/`} icon="edit" small disabledReason={edit.reason}>
								Edit properties
							</LinkButton>
						)
					}
				>
					{properties.length > 0 ? <Metadata items={properties} /> : <p class="text-secondary">None yet.</p>}
				</Card>
			)}
		</>
	);
}

function WetLab({ library, isInsider }: { library: LibraryPageRow; isInsider: boolean }) {
	const { avg_fragment_size: fragmentSizeBp, qubit_concentration: concentrationNgPerUl } = library;
	const mayOpenPool = isPoolLinked(isInsider, library.pool_type_id);
	return (
		<Card>
			<Metadata
				items={[
					{ label: "Average fragment size", value: fragmentSizeBp === null ? null : `${fragmentSizeBp} bp` },
					{
						label: "Qubit concentration",
						value: concentrationNgPerUl === null ? null : `${formatNumber(concentrationNgPerUl)} ng/µL`,
					},
					{
						label: "Molarity",
						value:
							concentrationNgPerUl === null || fragmentSizeBp === null ? null : (
								<Molarity valueNm={molarityNm(concentrationNgPerUl, fragmentSizeBp)} />
							),
					},
					{ label: "Volume", value: library.volume === null ? null : `${formatNumber(library.volume)} µL` },
					{
						label: "Prep",
						value: library.lab_prep_name && (
							<ObjectLink href={isInsider ? `/lab_preps/${library.lab_prep_id}/` : null}>{library.lab_prep_name}</ObjectLink>
						),
					},
					{ label: "Protocol", value: library.protocol_name },
					{
						label: "Pool",
						value: library.pool_name && (
							<ObjectLink href={mayOpenPool ? `/pools/${library.pool_id}/` : null}>{library.pool_name}</ObjectLink>
						),
					},
					{
						label: "Experiment",
						value: library.experiment_name && (
							<ObjectLink href={isInsider ? `/experiments/${library.experiment_id}/` : null}>
								{library.experiment_name}
							</ObjectLink>
						),
					},
					{ label: "Stored", value: <Time at={library.timestamp_stored_utc} seconds /> },
				]}
			/>
		</Card>
	);
}

const muxText = (mux: LibrarySampleRow["mux"]) =>
	Object.entries(mux ?? {})
		.filter(([, value]) => value !== null && value !== "")
		.map(([name, value]) => `${name}: ${qcText(value)}`)
		.join(", ");

/** Tab *Samples* of a library. */
export function LibrarySamples(props: { libraryId: number; samples: readonly LibrarySampleRow[]; removal: Action }) {
	const { libraryId, samples, removal } = props;
	if (samples.length === 0) return <EmptyState title="No samples" />;
	const isMultiplexed = samples.some((sample) => muxText(sample.mux) !== "");
	return (
		<Card padded={false}>
			<SimpleTable titles={["ID", "Name", "Project", isMultiplexed && "Multiplexing"]} actions>
				{samples.map((sample) => (
					<tr>
						<td class="font-mono">{sample.id}</td>
						<td>
							<ObjectLink href={`/samples/${sample.id}/`} level={sample.access_level}>
								{sample.name}
							</ObjectLink>
						</td>
						<td>
							<ObjectLink href={`/projects/${sample.project_id}/`} level={sample.project_access_level}>
								{projectDisplayIdentifier({ id: sample.project_id, identifier: sample.project_identifier })}{" "}
								{sample.project_title}
							</ObjectLink>
						</td>
						{isMultiplexed && <td>{muxText(sample.mux)}</td>}
						<td class="text-end">
							{removal.shown && (
								<ActionButton
									action={`/libraries/${libraryId}/samples/${sample.id}/remove/`}
									small
									look="quiet"
									disabledReason={removal.reason}
									confirm={{ title: `Remove ${sample.name}?`, text: "Sample and library stay.", yes: "Remove" }}
								>
									Remove
								</ActionButton>
							)}
						</td>
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}

/** Tab *Read quality*: totals, and reads with their quality values per lane (lab-workflows.md §18.3). */
export function LibraryReads({ reads }: { reads: readonly LibraryReadsRow[] }) {
	if (reads.length === 0) return <EmptyState title="No reads have been counted yet" />;
	const names = qcNames(reads);
	const total = reads.reduce((sum, row) => sum + row.num_reads, 0);
	return (
		<>
			<Card>
				<Metadata
					items={[
						{ label: "Sequenced reads", value: `${formatNumber(total / 1e6)} M` },
						{ label: "Share of the flow cell", value: formatPercent(flowCellShare(reads)) },
						{ label: "Reads per lane", value: `${formatNumber(total / 1e6 / reads.length)} M` },
					]}
				/>
			</Card>
			<Card padded={false}>
				<SimpleTable
					titles={["Experiment", { numeric: "Lane" }, { numeric: "Reads" }, ...names.map((name) => ({ numeric: name }))]}
					foot={
						<tr>
							<th scope="row" colspan={2}>
								All lanes
							</th>
							<td class="cell-numeric">{formatCount(total)}</td>
							{names.map((name) => (
								<td class="cell-numeric">{qcText(averageQc(reads, name))}</td>
							))}
						</tr>
					}
				>
					{reads.map((row) => (
						<tr>
							<td>{row.experiment_name}</td>
							<td class="cell-numeric">{row.lane}</td>
							<td class="cell-numeric">{formatCount(row.num_reads)}</td>
							{names.map((name) => (
								<td class="cell-numeric">{qcText(row.qc?.[name])}</td>
							))}
						</tr>
					))}
				</SimpleTable>
			</Card>
		</>
	);
}
