import { barcodeDistance } from "@opengsync/domain/catalog";
import type { ClashAnalysis, ClashRow, ClashSeverity, NearestPartner } from "@opengsync/domain/indices/clash";
import { analyseLibraries, worstFirst } from "@opengsync/domain/indices/clash-groups";
import { indexBadge } from "@opengsync/domain/indices/index-badge";
import type { IndexedLibrary } from "@opengsync/domain/indices/indexed-library";
import { Card, EmptyState, ObjectLink } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Badge, type Tone } from "../../components/status.tsx";
import { IndexBadgeList } from "../libraries/library-cells.tsx";

/** Libraries that are sequenced together, under one heading. */
export interface ClashPageGroup {
	readonly title: string;
	readonly libraries: readonly IndexedLibrary[];
	/** They are not sequenced together yet: that none of them has an index is no error. */
	readonly isUnpooled?: boolean;
}

/** As long as there are no more groups, none is folded. */
const openGroups = 4;

/** Most rows of one table: problems come first, and the counts say how many there are. */
export const shownRows = 200;

const severities: Readonly<Record<ClashSeverity, { readonly word: string; readonly tone: Tone }>> = {
	ok: { word: "OK", tone: "done" },
	warning: { word: "Warning", tone: "warning" },
	error: { word: "Error", tone: "bad" },
};

/** The clash tables of some groups: lab-workflows.md §13.1. Those without problem are folded when there are many. */
export function ClashGroups({ groups }: { groups: readonly ClashPageGroup[] }) {
	if (groups.length === 0) return <EmptyState title="No libraries to compare" />;
	const analysed = groups.map((group) => ({ group, analysis: analyseLibraries(group.libraries) }));
	if (groups.every(isWaiting)) return groups.map((group) => <WaitingGroup title={group.title} />);
	return (
		<>
			<p class="text-secondary">
				In how many bases every index differs from the closest one of another library of its group: 0 is an error, 1 or 2 a
				warning. The RC columns compare with the reverse complement of the index or of a part of it: a small number hints at a
				wrong orientation.
			</p>
			{analysed.map(({ group, analysis }) => (
				<ClashGroup group={group} analysis={analysis} isOpen={groups.length <= openGroups || analysis.severity !== "ok"} />
			))}
		</>
	);
}

/** Not sequenced together yet, and without any index. */
function isWaiting({ isUnpooled, libraries }: ClashPageGroup): boolean {
	return isUnpooled === true && libraries.every((library) => library.indices.length === 0);
}

function WaitingGroup({ title }: { title: string }) {
	const hint = "Libraries get their indices when they are prepared; they are compared from then on.";
	return (
		<Card title={title}>
			<EmptyState icon="clock" title="No library has an index yet" hint={hint} />
		</Card>
	);
}

interface ClashGroupProps {
	readonly group: ClashPageGroup;
	readonly analysis: ClashAnalysis;
	readonly isOpen: boolean;
}

function ClashGroup({ group, analysis, isOpen }: ClashGroupProps) {
	if (isWaiting(group)) return <WaitingGroup title={group.title} />;
	const { rows, counts, hidden } = worstFirst(analysis, shownRows);
	const byId = new Map(group.libraries.map((library): [number | string, IndexedLibrary] => [library.id, library]));
	return (
		<Card padded={false}>
			<details class="clash-group" open={isOpen}>
				<summary class="card-header">
					<h2 class="card-title">{group.title}</h2>
					<span class="clash-counts">
						{(["error", "warning", "ok"] as const)
							.filter((severity) => counts[severity] > 0)
							.map((severity) => (
								<Badge tone={severities[severity].tone}>
									{severities[severity].word}: {counts[severity]}
								</Badge>
							))}
					</span>
				</summary>
				{rows.length === 0 ? (
					<EmptyState title="No libraries" />
				) : (
					<ClashTable title={group.title} rows={rows} analysis={analysis} libraries={byId} />
				)}
				{hidden > 0 && (
					<p class="clash-rest text-secondary">
						The {shownRows} most pressing of {analysis.rows.length} indices are shown.
					</p>
				)}
			</details>
		</Card>
	);
}

interface ClashTableProps {
	readonly title: string;
	readonly rows: readonly ClashRow[];
	readonly analysis: ClashAnalysis;
	readonly libraries: ReadonlyMap<number | string, IndexedLibrary>;
}

function ClashTable({ title, rows, analysis, libraries }: ClashTableProps) {
	const { hasI5 } = analysis;
	return (
		<SimpleTable
			label={`Clashes: ${title}`}
			titles={[
				"Status",
				"Library",
				"Index, and the closest other one",
				{ numeric: "Hamming Dist." },
				"Stored as",
				{ numeric: "RC Dist." },
				hasI5 && { numeric: "RC i7+i5 Dist." },
				{ numeric: "i7 RC Dist." },
				hasI5 && { numeric: "i5 RC Dist." },
			]}
		>
			{rows.map((row) => (
				<ClashLine row={row} analysis={analysis} library={libraries.get(row.libraryId)} />
			))}
		</SimpleTable>
	);
}

function ClashLine({ row, analysis, library }: { row: ClashRow; analysis: ClashAnalysis; library: IndexedLibrary | undefined }) {
	const { word, tone } = severities[row.severity];
	const { hasI5 } = analysis;
	return (
		<tr>
			<td>
				<Badge tone={tone}>{word}</Badge>
			</td>
			<td>
				<ObjectLink href={`/libraries/${row.libraryId}/`}>{row.libraryName}</ObjectLink>
				<div class="small text-secondary">
					{row.libraryId}
					{row.poolName && ` · ${row.poolName}`}
				</div>
			</td>
			<td>
				<ComparedIndex row={row} analysis={analysis} />
				{row.messages.map((message) => (
					<div class="small text-secondary clash-message">{message.text}</div>
				))}
			</td>
			<DistanceCell distance={row.distance} isColoured={row.nearest !== null} />
			<td>{library && <IndexBadgeList badges={library.indices.map(indexBadge)} />}</td>
			<DistanceCell distance={row.hints?.wholeReversed ?? null} isColoured />
			{hasI5 && <DistanceCell distance={row.hints?.bothReversed ?? null} isColoured />}
			<DistanceCell distance={row.hints?.i7Reversed ?? null} isColoured />
			{hasI5 && <DistanceCell distance={row.hints?.i5Reversed ?? null} isColoured />}
		</tr>
	);
}

function DistanceCell({ distance, isColoured }: { distance: number | null; isColoured: boolean }) {
	const isClose = isColoured && distance !== null && distance < barcodeDistance.warningBelow;
	const look = isClose ? (distance < barcodeDistance.errorBelow ? " clash-zero" : " clash-small") : "";
	return <td class={`cell-numeric${look}`}>{distance ?? "–"}</td>;
}

/** The index, and for a problem the closest one below it with the positions marked where they differ. */
function ComparedIndex({ row, analysis }: { row: ClashRow; analysis: ClashAnalysis }) {
	if (row.combinedIndex === null) return <span class="text-secondary">none</span>;
	const other = row.nearest === null ? null : (analysis.rows[row.nearest.record]?.combinedIndex ?? null);
	const isProblem = row.distance !== null && row.distance < barcodeDistance.warningBelow;
	if (row.nearest === null || other === null || !isProblem) return <code class="clash-index">{row.combinedIndex}</code>;
	return (
		<>
			<code class="clash-index">
				<MarkedBases sequence={row.combinedIndex} nearest={row.nearest} />
			</code>
			<div class="clash-partner">
				<code class="clash-index">
					<MarkedBases sequence={other} nearest={row.nearest} />
				</code>{" "}
				<ObjectLink href={`/libraries/${row.nearest.libraryId}/`}>{row.nearest.libraryName}</ObjectLink>
				<span class="visually-hidden">: {describePositions(row.nearest)}</span>
			</div>
		</>
	);
}

function describePositions({ differingPositions }: NearestPartner): string {
	if (differingPositions.length === 0) return "no base differs";
	return `differs at ${differingPositions.map((position) => position + 1).join(", ")}`;
}

/** A sequence cut where marked positions begin and end. */
function MarkedBases({ sequence, nearest }: { sequence: string; nearest: NearestPartner }) {
	const marked = new Set(nearest.differingPositions);
	return <>{[...sequence].map((base, position) => (marked.has(position) ? <mark>{base}</mark> : base))}</>;
}
