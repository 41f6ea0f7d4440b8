import type { LabPrepPageRow } from "@opengsync/db/queries/lab-preps";
import { LabChecklistType, memberById, ServiceType } from "@opengsync/domain/catalog";
import { labPrepDisplayName, labPrepIdentifier } from "@opengsync/domain/identifiers";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Menu } from "../../components/menu.tsx";
import { Card, Metadata, type Tab, Tabs } from "../../components/parts.tsx";
import { historyTab } from "../history/addresses.ts";

const identifierOf = (prep: LabPrepPageRow) =>
	labPrepIdentifier(memberById(LabChecklistType, prep.checklist_type_id), prep.prep_number);

/** Name of a prep with its identifier where that is another (data-model.md §8). */
export function labPrepTitle(prep: LabPrepPageRow): string {
	return labPrepDisplayName(prep.name, identifierOf(prep));
}

/** Buttons at the right of the title: what is done with the libraries of a prep together. */
export function LabPrepButtons({ prep }: { prep: LabPrepPageRow }) {
	const nothing = prep.num_libraries === 0 ? "The prep has no libraries." : null;
	return (
		<>
			<ActionButton action={`/lab_preps/${prep.id}/reindex/`} icon="barcode" disabledReason={nothing}>
				Re-index
			</ActionButton>
			<ActionButton action={`/lab_preps/${prep.id}/index_check/`} icon="list-check" disabledReason={nothing}>
				Index check
			</ActionButton>
			<Menu label="Manage">
				<LinkButton href={`/workflows/edit_libraries/?lab_prep_id=${prep.id}`} look="quiet" icon="edit" disabledReason={nothing}>
					Edit libraries
				</LinkButton>
				<LinkButton href={`/workflows/resequence/?lab_prep_id=${prep.id}`} look="quiet" icon="refresh" disabledReason={nothing}>
					Re-sequence libraries
				</LinkButton>
			</Menu>
		</>
	);
}

/** The tabs of a prep: lab-workflows.md §7.3. */
export function LabPrepTabs({ prep }: { prep: LabPrepPageRow }) {
	const fragment = `/htmx/lab_preps/${prep.id}`;
	const multiplexing: Tab =
		prep.num_multiplexed > 0
			? { key: "multiplexing", title: "Multiplexing", href: `${fragment}/multiplexing` }
			: { key: "multiplexing", title: "Multiplexing", disabledReason: "No library of this prep is multiplexed." };
	return (
		<Tabs
			tabs={[
				{ key: "libraries", title: "Libraries", count: prep.num_libraries, href: `${fragment}/libraries` },
				multiplexing,
				{ key: "metadata", title: "Metadata", content: <LabPrepMetadata prep={prep} /> },
				historyTab("labPrep", prep.id),
			]}
		/>
	);
}

function LabPrepMetadata({ prep }: { prep: LabPrepPageRow }) {
	const identifier = identifierOf(prep);
	return (
		<Card>
			<Metadata
				items={[
					{ label: "ID", value: prep.id, copy: String(prep.id), mono: true },
					{ label: "Identifier", value: identifier, copy: identifier, mono: true },
					{ label: "Name", value: prep.name, copy: prep.name },
					{ label: "Checklist", value: memberById(LabChecklistType, prep.checklist_type_id).label },
					{ label: "Service", value: memberById(ServiceType, prep.service_type_id).label },
					{ label: "Creator", value: prep.creator_name },
					{ label: "Samples", value: prep.num_samples },
					{ label: "Libraries", value: prep.num_libraries },
					{ label: "Pools", value: prep.num_pools },
				]}
			/>
		</Card>
	);
}
