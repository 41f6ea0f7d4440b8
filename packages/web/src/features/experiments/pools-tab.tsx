import type { ExperimentPoolRow } from "@opengsync/db/queries/experiment-page";
import { findMember, PoolStatus } from "@opengsync/domain/catalog";
import { molarityNm, percentageOf } from "@opengsync/domain/molarity";
import { ActionButton, dialogAttributes, LinkButton } from "../../components/button.tsx";
import { EmptyState, ObjectLink } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { formatNumber, Molarity } from "../lab/figures.tsx";
import { CloneableName, LibraryTypes } from "../libraries/library-cells.tsx";
import { type LoadedExperiment, refusalToArrange, refusalToEdit, workflowOf } from "./facts.ts";

/** Element that is loaded anew after each change of lanes. */
const partId = "experiment-pools";

/** Tab *Pools* of an experiment: capacity and the pools on their lanes (lab-workflows.md §17.4). */
export function PoolsTab({ loaded }: { loaded: LoadedExperiment }) {
	return (
		<div id={partId}>
			<PoolsPart loaded={loaded} />
		</div>
	);
}

/** What stands inside of {@link PoolsTab}. */
export function PoolsPart({ loaded }: { loaded: LoadedExperiment }) {
	const { experiment, pools } = loaded;
	const addButton = (
		<LinkButton
			href={`/experiments/${experiment.id}/pools/add/`}
			dialog={`/htmx/experiments/${experiment.id}/pools/add`}
			dialogSize="lg"
			icon="plus"
			look={pools.length === 0 ? "primary" : "secondary"}
			disabledReason={refusalToEdit(loaded)}
		>
			Add pools
		</LinkButton>
	);
	if (pools.length === 0) {
		return (
			<EmptyState icon="droplet" title="No pools yet" hint="Stored pools can be put on this flow cell." action={addButton} />
		);
	}
	return (
		<>
			<CapacityBars loaded={loaded} />
			<div class="list">
				<div class="list-toolbar">
					<p class="list-total">{pools.length === 1 ? "1 pool" : `${pools.length} pools`}</p>
					<div class="list-tools">
						<LinkButton
							href={`/experiments/${experiment.id}/reads/`}
							dialog={`/htmx/experiments/${experiment.id}/reads`}
							dialogSize="lg"
							icon="adjustments"
							disabledReason={refusalToArrange(loaded)}
						>
							Distribute reads
						</LinkButton>
						{addButton}
					</div>
				</div>
				<SimpleTable
					label="Pools of the experiment"
					actions
					titles={[
						"ID",
						"Name",
						"Lanes",
						"Library types",
						"Status",
						{ numeric: "Reads planned / requested (M)" },
						"Molarity",
						{ numeric: "Libraries" },
					]}
				>
					{pools.map((pool) => (
						<PoolRow pool={pool} loaded={loaded} />
					))}
				</SimpleTable>
			</div>
		</>
	);
}

function plannedMReads({ lanes }: LoadedExperiment, poolId: number): number | null {
	const reads = lanes.flatMap((lane) => lane.links.filter((link) => link.pool_id === poolId).map((link) => link.num_m_reads));
	const known = reads.filter((count) => count !== null);
	return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

function PoolRow({ pool, loaded }: { pool: ExperimentPoolRow; loaded: LoadedExperiment }) {
	const { experiment } = loaded;
	const href = `/pools/${pool.id}/`;
	const from = { page: "experiment", id: experiment.id };
	return (
		<tr>
			<td class="font-mono">
				<ObjectLink href={href} from={from} mono>
					{pool.id}
				</ObjectLink>
			</td>
			<td>
				<ObjectLink href={href} from={from}>
					<CloneableName name={pool.name} cloneNumber={pool.clone_number} />
				</ObjectLink>
			</td>
			<td>
				<LaneButtons pool={pool} loaded={loaded} />
			</td>
			<td>
				<LibraryTypes ids={pool.library_type_ids} />
			</td>
			<td>
				<StatusBadge status={findMember(PoolStatus, pool.status_id)} />
			</td>
			<td class="cell-numeric">
				{formatNumber(plannedMReads(loaded, pool.id)) || "–"} / {formatNumber(pool.num_m_reads_requested) || "–"}
			</td>
			<td>
				<Molarity valueNm={molarityNm(pool.qubit_concentration, pool.avg_fragment_size)} />
			</td>
			<td class="cell-numeric">{pool.num_libraries}</td>
			<td class="cell-menu">
				<ActionButton
					action={`/experiments/${experiment.id}/pools/remove/`}
					values={{ poolId: pool.id }}
					target={`#${partId}`}
					small
					look="quiet"
					icon="x"
					disabledReason={refusalToArrange(loaded)}
					confirm={{ title: `Remove ${pool.name}?`, text: "It leaves the experiment and all its lanes.", yes: "Remove" }}
				>
					Remove
				</ActionButton>
			</td>
		</tr>
	);
}

/** A button for each lane, filled where the pool is on it; with combined lanes it is on all of them. */
function LaneButtons({ pool, loaded }: { pool: ExperimentPoolRow; loaded: LoadedExperiment }) {
	const { experiment, lanes } = loaded;
	if (workflowOf(experiment).combinedLanes) return <span class="text-secondary">all (shared)</span>;
	return (
		<div class="btn-list flex-nowrap">
			{lanes.map((lane) => {
				const link = lane.links.find((candidate) => candidate.pool_id === pool.id);
				const reads = link?.num_m_reads === null ? "no reads planned" : `${formatNumber(link?.num_m_reads ?? null)} M reads`;
				const title = link
					? `${pool.name} is on lane ${lane.number}, ${reads}. Take it off`
					: `Put ${pool.name} on lane ${lane.number}`;
				return (
					<ActionButton
						action={`/experiments/${experiment.id}/lanes/toggle/`}
						values={{ poolId: pool.id, laneNumber: lane.number }}
						target={`#${partId}`}
						small
						look={link ? "primary" : "secondary"}
						title={title}
						disabledReason={refusalToArrange(loaded)}
					>
						{lane.number}
					</ActionButton>
				);
			})}
		</div>
	);
}

/** What of the flow cell is planned: one bar for combined lanes, else one for each lane. */
function CapacityBars({ loaded }: { loaded: LoadedExperiment }) {
	const { experiment, lanes } = loaded;
	const { combinedLanes, flowCell } = workflowOf(experiment);
	const sum = (links: readonly { readonly num_m_reads: number | null }[]) =>
		links.reduce((total, link) => total + (link.num_m_reads ?? 0), 0);
	const bars = combinedLanes
		? [{ name: "Flow cell", planned: sum(lanes.flatMap((lane) => lane.links)), max: flowCell.maxMReads }]
		: lanes.map((lane) => ({ name: `Lane ${lane.number}`, planned: sum(lane.links), max: flowCell.maxMReadsPerLane }));
	return (
		<div class="capacity-bars">
			{bars.map((bar) => (
				<CapacityBar experimentId={experiment.id} flowCellLabel={flowCell.label} {...bar} />
			))}
		</div>
	);
}

function CapacityBar(props: { experimentId: number; flowCellLabel: string; name: string; planned: number; max: number }) {
	const percent = percentageOf(props.planned, props.max) ?? 0;
	const figures = `${formatNumber(props.planned)}/${props.max} Million Reads`;
	const text = `${props.name} Capacity: ${percent.toFixed(1)}% (Flowcell: ${props.flowCellLabel} — ${figures})`;
	const address = `experiments/${props.experimentId}/reads`;
	return (
		<a class="capacity d-block" href={`/${address}/`} {...dialogAttributes(`/htmx/${address}`, "lg")}>
			<span class="d-block mb-1">{text}</span>
			<span class="progress d-flex" aria-hidden="true">
				<span
					class={`progress-bar ${percent > 100 ? "bg-danger" : "bg-primary"}`}
					style={`width:${Math.min(100, percent).toFixed(1)}%`}
				/>
			</span>
		</a>
	);
}
