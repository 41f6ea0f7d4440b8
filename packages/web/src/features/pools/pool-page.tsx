import type { PoolDilutionRow, PoolPageRow } from "@opengsync/db/queries/pool-page";
import { memberById, PoolStatus, PoolType } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { molarityNm } from "@opengsync/domain/molarity";
import { Form } from "../../components/form.tsx";
import { Card, EmptyState, Metadata, ObjectLink, type Tab, Tabs, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { StatusBar } from "../../components/status.tsx";
import { defineForm, untouched } from "../../framework/form.ts";
import { historyTab } from "../history/addresses.ts";
import { clashTab } from "../indices/index-buttons.tsx";
import { formatNumber, Molarity } from "../lab/figures.tsx";
import { poolActionOf } from "./change-pool.tsx";
import { MergedPool } from "./tables.tsx";

const segments = [PoolStatus.SUBMITTED, PoolStatus.ACCEPTED, PoolStatus.STORED, PoolStatus.SEQUENCED];

/** Status bar of a pool: access-and-web.md §7.7. */
export function PoolStatusBar({ statusId }: { statusId: number }) {
	return <StatusBar segments={segments} present={memberById(PoolStatus, statusId)} />;
}

/** The tabs of a pool: access-and-web.md §8.6. Clients read; the bench is for insiders. */
export function PoolTabs({ pool, isInsider }: { pool: PoolPageRow; isInsider: boolean }) {
	const fragment = `/htmx/pools/${pool.id}`;
	const isMerged = pool.status_id === PoolStatus.REPOOLED.id && pool.merged_to_pool_id !== null;
	const libraries: Tab = isMerged
		? {
				key: "libraries",
				title: "Merged Pool",
				content: <MergedPool id={pool.merged_to_pool_id ?? 0} name={pool.merged_to_pool_name ?? ""} />,
			}
		: { key: "libraries", title: "Libraries", count: pool.num_libraries, href: `${fragment}/libraries` };
	const wetLab: Tab = { key: "wet-lab", title: "Wet-Lab", count: pool.num_dilutions, href: `${fragment}/wet-lab` };
	const metadata: Tab = { key: "metadata", title: "Metadata", content: <PoolMetadata pool={pool} isInsider={isInsider} /> };
	const clashes = pool.num_libraries > 0 ? [clashTab("pools", pool.id)] : [];
	return <Tabs tabs={[libraries, ...clashes, wetLab, metadata, historyTab("pool", pool.id)]} />;
}

function PoolMetadata({ pool, isInsider }: { pool: PoolPageRow; isInsider: boolean }) {
	const contact = [pool.contact_name, pool.contact_email, pool.contact_phone].filter(Boolean).join(" · ");
	const from = { page: "pool", id: pool.id };
	return (
		<Card>
			<Metadata
				items={[
					{ label: "ID", value: pool.id, copy: String(pool.id), mono: true },
					{ label: "Name", value: pool.name, copy: pool.name },
					{ label: "Type", value: memberById(PoolType, pool.type_id).label },
					{ label: "Owner", value: pool.owner_name },
					{ label: "Contact", value: contact, wide: true },
					{ label: "Reads requested", value: pool.num_m_reads_requested === null ? null : `${pool.num_m_reads_requested} M` },
					{
						label: "Request",
						value: pool.seq_request_id !== null && (
							<ObjectLink href={`/seq_requests/${pool.seq_request_id}/`} level={pool.request_access_level} from={from}>
								{requestIdentifier(pool.seq_request_id)} {pool.seq_request_name}
							</ObjectLink>
						),
					},
					{
						label: "Lab prep",
						value: pool.lab_prep_id !== null && (
							<ObjectLink href={isInsider ? `/lab_preps/${pool.lab_prep_id}/` : null}>{pool.lab_prep_name}</ObjectLink>
						),
					},
					{
						label: "Experiment",
						value: pool.experiment_id !== null && (
							<ObjectLink href={isInsider ? `/experiments/${pool.experiment_id}/` : null} from={from}>
								{pool.experiment_name}
							</ObjectLink>
						),
					},
					{ label: "Stored", value: <Time at={pool.timestamp_stored_utc} /> },
				].map((item) => (item.value === false ? { ...item, value: null } : item))}
			/>
		</Card>
	);
}

/** Measurements of a pool: lab-workflows.md §6. */
export function buildMeasurementForm(pool: PoolPageRow) {
	return defineForm({
		name: "pool-measurement-form",
		submitLabel: "Save measurements",
		fields: {
			qubitConcentration: {
				kind: "number",
				label: "Qubit concentration",
				unit: "ng/µL",
				min: 0,
				required: true,
				half: true,
				...(pool.qubit_concentration === null ? {} : { value: pool.qubit_concentration }),
			},
			avgFragmentSize: {
				kind: "integer",
				label: "Average fragment size",
				unit: "bp",
				min: 0,
				max: 1_000_000,
				half: true,
				help: "Left empty, the known size stays.",
				...(pool.avg_fragment_size === null ? {} : { value: pool.avg_fragment_size }),
			},
		},
	});
}

/** Tab *Wet-Lab*: values, dilutions, and for insiders the form of the measurements. */
export function PoolWetLab({ pool, dilutions }: { pool: PoolPageRow; dilutions: readonly PoolDilutionRow[] }) {
	const molarity = molarityNm(pool.qubit_concentration, pool.avg_fragment_size);
	return (
		<>
			<Card title="Measurements">
				<Metadata
					items={[
						{
							label: "Qubit concentration",
							value: pool.qubit_concentration === null ? null : `${formatNumber(pool.qubit_concentration)} ng/µL`,
						},
						{ label: "Fragment size", value: pool.avg_fragment_size === null ? null : `${pool.avg_fragment_size} bp` },
						{ label: "Molarity", value: molarity === null ? null : <Molarity valueNm={molarity} /> },
					]}
				/>
				{poolActionOf(pool, "measure").enabled && (
					<Form form={buildMeasurementForm(pool)} state={untouched} action={`/pools/${pool.id}/measurements/`} />
				)}
			</Card>
			<Card title="Dilutions" padded={false}>
				{dilutions.length === 0 ? (
					<EmptyState title="No dilutions yet" />
				) : (
					<DilutionTable dilutions={dilutions} fragmentSizeBp={pool.avg_fragment_size} />
				)}
			</Card>
		</>
	);
}

function DilutionTable({ dilutions, fragmentSizeBp }: { dilutions: readonly PoolDilutionRow[]; fragmentSizeBp: number | null }) {
	return (
		<SimpleTable
			titles={["Identifier", "Operator", "Time", { numeric: "Qubit (ng/µL)" }, "Molarity", { numeric: "Volume (µL)" }]}
		>
			{dilutions.map((dilution) => (
				<tr>
					<td class="font-mono">{dilution.identifier}</td>
					<td>{dilution.operator_name}</td>
					<td>
						<Time at={dilution.timestamp_utc} />
					</td>
					<td class="cell-numeric">{formatNumber(dilution.qubit_concentration)}</td>
					<td>
						<Molarity valueNm={molarityNm(dilution.qubit_concentration, fragmentSizeBp)} />
					</td>
					<td class="cell-numeric">{formatNumber(dilution.volume_ul)}</td>
				</tr>
			))}
		</SimpleTable>
	);
}
