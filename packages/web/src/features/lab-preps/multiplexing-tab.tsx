import type { PrepLibraryRow, PrepSampleRow } from "@opengsync/db/queries/prep-samples";
import { type LabPrepActionName, type LabPrepFacts, labPrepAction } from "@opengsync/domain/lab-prep-actions";
import { LinkButton } from "../../components/button.tsx";
import { Card, ObjectLink } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { multiplexingAddress, multiplexingPages } from "./multiplexing-sheets.tsx";

function MultiplexingButtons({ prepId, facts }: { prepId: number; facts: LabPrepFacts }) {
	const actions = (Object.keys(multiplexingPages) as LabPrepActionName[]).map((name) => labPrepAction(name, facts));
	return (
		<>
			{actions
				.filter((action) => action.shown)
				.map(({ action, label, reason }) => (
					<LinkButton href={multiplexingAddress(prepId, action)} small disabledReason={reason}>
						{label}
					</LinkButton>
				))}
		</>
	);
}

/** The tab *Multiplexing* of a prep: what tells its samples apart, by library, pool and sample (lab-workflows.md §7.3). */
export function MultiplexingTab(props: { prepId: number; facts: LabPrepFacts; libraries: readonly PrepLibraryRow[] }) {
	const rows = props.libraries.flatMap((library) => library.samples.map((sample) => ({ library, sample })));
	const isGiven = (key: keyof NonNullable<PrepSampleRow["mux"]>) => rows.some(({ sample }) => sample.mux?.[key]);
	const [hasPatterns, hasReads] = [isGiven("pattern"), isGiven("read")];
	const titles = ["Sample", "Library", "Sample pool", "Barcode", hasPatterns && "Pattern", hasReads && "Read"];
	return (
		<Card title="Samples in multiplexed libraries" actions={<MultiplexingButtons {...props} />} padded={false}>
			<SimpleTable titles={titles} label="Samples in multiplexed libraries">
				{rows.map(({ library, sample }) => (
					<tr>
						<td>
							<ObjectLink href={`/samples/${sample.id}/`}>{sample.name}</ObjectLink>
						</td>
						<td>
							<ObjectLink href={`/libraries/${library.id}/`}>{library.name}</ObjectLink>
						</td>
						<td>{library.sample_name}</td>
						<td class="font-mono">{sample.mux?.barcode}</td>
						{hasPatterns && <td class="font-mono">{sample.mux?.pattern}</td>}
						{hasReads && <td>{sample.mux?.read}</td>}
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}
