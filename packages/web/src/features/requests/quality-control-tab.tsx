import type { MeasuredSample } from "@opengsync/core/requests/record-quality-control";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { LinkButton } from "../../components/button.tsx";
import { Card, EmptyState } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Mark } from "../../components/status.tsx";
import { actionsOf } from "./request-facts.ts";

/** Tab *QC* of a request that is only measured: what was found, and the report (extensions.md §2). */
export function QualityControlTab({ request, samples }: { request: RequestPageRow; samples: readonly MeasuredSample[] }) {
	const measure = actionsOf(request).get("measure");
	const button = measure?.shown && (
		<LinkButton
			href={`/seq_requests/${request.id}/qc/`}
			icon="edit"
			look="primary"
			disabledReason={measure.reason ?? (samples.length === 0 ? "Store the samples first." : null)}
		>
			{measure.label}
		</LinkButton>
	);
	if (samples.length === 0) {
		return <EmptyState title="Nothing measured yet" hint="Samples are measured after they have arrived." action={button} />;
	}
	const done = samples.filter((sample) => sample.measurement !== null).length;
	return (
		<Card title={`Measurements (${done} of ${samples.length})`} actions={button} padded={false}>
			<SimpleTable
				titles={[
					"Sample",
					"State",
					{ numeric: "Concentration [ng/µL]" },
					{ numeric: "Fragment size [bp]" },
					{ numeric: "RIN/DIN" },
					{ numeric: "Volume [µL]" },
					"Comment",
					"Report",
				]}
			>
				{samples.map((sample) => (
					<MeasuredRow sample={sample} />
				))}
			</SimpleTable>
		</Card>
	);
}

const oneDecimal = (value: number | null | undefined) => value?.toFixed(1);

function MeasuredRow({ sample }: { sample: MeasuredSample }) {
	const { measurement } = sample;
	return (
		<tr>
			<td>{sample.sampleName}</td>
			<td>
				<Mark good={measurement !== null}>{measurement ? "Measured" : "Waits"}</Mark>
			</td>
			<td class="cell-numeric">{oneDecimal(measurement?.concentrationNgPerUl)}</td>
			<td class="cell-numeric">{measurement?.fragmentSizeBp}</td>
			<td class="cell-numeric">{oneDecimal(measurement?.integrityNumber)}</td>
			<td class="cell-numeric">{oneDecimal(measurement?.volumeUl)}</td>
			<td>{measurement?.comment}</td>
			<td>{sample.reportId !== null && <ReportLink id={sample.reportId} name={sample.reportName} />}</td>
		</tr>
	);
}

/** File names are long and often the same: the cell has the word, the name is its explanation. */
function ReportLink({ id, name }: { id: number; name: string | null }) {
	return (
		<a href={`/download_file/${id}/`} title={name ?? ""}>
			Report
		</a>
	);
}
