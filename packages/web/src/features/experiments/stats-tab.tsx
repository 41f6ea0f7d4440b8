import type { PoolReadsRow, ReadCountRow } from "@opengsync/db/queries/experiment-page";
import { percentageOf } from "@opengsync/domain/molarity";
import { Card, EmptyState, Metadata, ObjectLink } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { formatCount, formatPercent } from "../lab/figures.tsx";

const million = 1_000_000;

/** A library (or the undetermined reads) with its reads on each lane. */
interface LibraryReads {
	readonly libraryId: number | null;
	readonly name: string;
	readonly byLane: ReadonlyMap<number, number>;
	readonly total: number;
}

/** Reads per library, most first; undetermined reads are one row. */
export function sumByLibrary(counts: readonly ReadCountRow[]): LibraryReads[] {
	const rows = new Map<number | null, { libraryId: number | null; name: string; byLane: Map<number, number>; total: number }>();
	for (const count of counts) {
		const name = count.library_id === null ? "Undetermined" : (count.library_name ?? `Library ${count.library_id}`);
		const row = rows.get(count.library_id) ?? { libraryId: count.library_id, name, byLane: new Map(), total: 0 };
		row.byLane.set(count.lane, (row.byLane.get(count.lane) ?? 0) + count.num_reads);
		row.total += count.num_reads;
		rows.set(count.library_id, row);
	}
	return [...rows.values()].sort((a, b) => b.total - a.total);
}

/** Tab *Stats* of an experiment: lab-workflows.md §18.3. */
export function StatsTab({ counts, pools }: { counts: readonly ReadCountRow[]; pools: readonly PoolReadsRow[] }) {
	if (counts.length === 0) {
		return <EmptyState icon="chart-bar" title="No reads reported yet" hint="The demultiplexing pipeline reports them." />;
	}
	const libraries = sumByLibrary(counts);
	const all = libraries.reduce((sum, row) => sum + row.total, 0);
	const undetermined = libraries.find((row) => row.libraryId === null)?.total ?? 0;
	return (
		<>
			<Card title="Reads">
				<Metadata
					items={[
						{ label: "Sequenced", value: formatCount(all) },
						{ label: "Assigned to libraries", value: formatCount(all - undetermined) },
						{
							label: "Undetermined",
							value: `${formatCount(undetermined)} (${formatPercent(percentageOf(undetermined, all)) || "–"})`,
						},
					]}
				/>
			</Card>
			<Card title="Libraries" padded={false}>
				<LibraryReadsTable libraries={libraries} counts={counts} all={all} />
			</Card>
			<Card title="Pools" padded={false}>
				<PoolReadsTable pools={pools} all={all} />
			</Card>
		</>
	);
}

function LibraryReadsTable(props: { libraries: readonly LibraryReads[]; counts: readonly ReadCountRow[]; all: number }) {
	const lanes = [...new Set(props.counts.map((count) => count.lane))].sort((a, b) => a - b);
	const laneTotals = new Map(
		lanes.map((lane) => [
			lane,
			props.counts.filter((count) => count.lane === lane).reduce((sum, count) => sum + count.num_reads, 0),
		]),
	);
	return (
		<SimpleTable
			label="Reads by library"
			titles={[
				"Library",
				{ numeric: "Sequenced reads" },
				{ numeric: "% of the sequenced" },
				...lanes.map((lane) => ({ numeric: `Lane ${lane}` })),
			]}
			foot={
				<tr>
					<th scope="row">All</th>
					<td class="cell-numeric">{formatCount(props.all)}</td>
					<td />
					{lanes.map((lane) => (
						<td class="cell-numeric">{formatCount(laneTotals.get(lane) ?? 0)}</td>
					))}
				</tr>
			}
		>
			{props.libraries.map((row) => (
				<tr>
					<td>
						<ObjectLink href={row.libraryId === null ? null : `/libraries/${row.libraryId}/`}>{row.name}</ObjectLink>
					</td>
					<td class="cell-numeric">{formatCount(row.total)}</td>
					<td class="cell-numeric">{formatPercent(percentageOf(row.total, props.all))}</td>
					{lanes.map((lane) => (
						<td class="cell-numeric">{row.byLane.has(lane) ? formatCount(row.byLane.get(lane) ?? 0) : ""}</td>
					))}
				</tr>
			))}
		</SimpleTable>
	);
}

function PoolReadsTable({ pools, all }: { pools: readonly PoolReadsRow[]; all: number }) {
	const readsOf = (mReads: number | null) => (mReads === null ? "" : formatCount(mReads * million));
	return (
		<SimpleTable
			label="Reads by pool"
			titles={[
				"Pool",
				{ numeric: "Sequenced reads" },
				{ numeric: "Planned reads" },
				{ numeric: "Sequenced vs planned" },
				{ numeric: "Requested reads" },
				{ numeric: "% of the sequenced" },
			]}
		>
			{pools.map((pool) => (
				<tr>
					<td>
						<ObjectLink href={`/pools/${pool.id}/`}>{pool.name}</ObjectLink>
					</td>
					<td class="cell-numeric">{pool.num_reads === null ? "" : formatCount(pool.num_reads)}</td>
					<td class="cell-numeric">{readsOf(pool.planned_m_reads)}</td>
					<td class="cell-numeric">
						{formatPercent(percentageOf(pool.num_reads, pool.planned_m_reads === null ? null : pool.planned_m_reads * million))}
					</td>
					<td class="cell-numeric">{readsOf(pool.requested_m_reads)}</td>
					<td class="cell-numeric">{formatPercent(percentageOf(pool.num_reads, all))}</td>
				</tr>
			))}
		</SimpleTable>
	);
}
