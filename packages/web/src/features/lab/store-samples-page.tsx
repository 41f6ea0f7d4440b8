import {
	type StoringRequest,
	WAITING_MATERIAL_LIMIT,
	type WaitingMaterial,
	type WaitingMaterialRow,
} from "@opengsync/db/queries/lab-material";
import { type Enumeration, findMember, LibraryStatus, PoolStatus, SampleStatus, SubmissionType } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { CsrfField, SubmitButton } from "../../components/button.tsx";
import { Card, EmptyState, Notice, ObjectLink } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { enteredTexts, type FormState } from "../../framework/form.ts";
import { LibraryTypes } from "../libraries/library-cells.tsx";

/** A kind of material as the selection shows it. */
interface Kind {
	readonly key: keyof WaitingMaterial;
	/** Name of its boxes. */
	readonly field: string;
	readonly title: string;
	readonly statuses: Enumeration;
}

const samples: Kind = { key: "samples", field: "sampleIds", title: "Samples", statuses: SampleStatus };
const libraries: Kind = { key: "libraries", field: "libraryIds", title: "Libraries", statuses: LibraryStatus };
const pools: Kind = { key: "pools", field: "poolIds", title: "Pools", statuses: PoolStatus };

/** The kinds on offer: for a request only the one that its submission type brings (lab-workflows.md §3.2). */
function kindsFor(request: StoringRequest | null): readonly Kind[] {
	switch (request?.submission_type_id) {
		case undefined:
			return [samples, libraries, pools];
		case SubmissionType.POOLED_LIBRARIES.id:
			return [pools];
		case SubmissionType.UNPOOLED_LIBRARIES.id:
			return [libraries];
		default:
			return [samples];
	}
}

/** Selection of what has arrived; started from a request everything waiting is ticked. */
export function StoreSamplesPage(props: {
	request: StoringRequest | null;
	waiting: WaitingMaterial;
	state: FormState;
	action: string;
}) {
	const { request, waiting, state } = props;
	const kinds = kindsFor(request);
	const total = kinds.reduce((sum, kind) => sum + waiting[kind.key].length, 0);
	if (total === 0 && state.errors.length === 0) {
		return <EmptyState icon="package" title="Nothing is waiting" hint="Everything that was accepted has been stored." />;
	}
	return (
		<form method="post" action={props.action} class="form" id="store-samples">
			<CsrfField />
			{state.errors.length > 0 && (
				<Notice look="error">
					{state.errors.map((error) => (
						<p>{error.message}</p>
					))}
				</Notice>
			)}
			{kinds.map((kind) => (
				<KindTable kind={kind} rows={waiting[kind.key]} state={state} isPreselected={request !== null} />
			))}
			<div class="form-actions">
				<a class="btn" href={request ? `/seq_requests/${request.id}/` : "/"}>
					Cancel
				</a>
				<SubmitButton icon="package">Store</SubmitButton>
			</div>
		</form>
	);
}

function KindTable(props: { kind: Kind; rows: readonly WaitingMaterialRow[]; state: FormState; isPreselected: boolean }) {
	const { kind, rows, state } = props;
	const entered = new Set(enteredTexts(state.entered, kind.field));
	const isChecked = (id: number) => (state.entered ? entered.has(String(id)) : props.isPreselected);
	return (
		<Card title={`${kind.title} (${rows.length})`} padded={false}>
			{rows.length >= WAITING_MATERIAL_LIMIT && (
				<Notice>
					<p>The oldest {WAITING_MATERIAL_LIMIT} are shown.</p>
				</Notice>
			)}
			{rows.length === 0 ? (
				<EmptyState title={`No ${kind.title.toLowerCase()} are waiting`} />
			) : (
				<SimpleTable titles={[{ hidden: "Selected" }, "ID", "Name", "Library types", "Status", "Request"]}>
					{rows.map((row) => (
						<tr>
							<td>
								<input
									type="checkbox"
									class="form-check-input"
									id={`${kind.field}-${row.id}`}
									name={kind.field}
									value={String(row.id)}
									aria-label={`Select ${row.name}`}
									{...(isChecked(row.id) ? { checked: true } : {})}
								/>
							</td>
							<td class="font-mono">{row.id}</td>
							<td>
								<label for={`${kind.field}-${row.id}`}>{row.name}</label>
							</td>
							<td>
								<LibraryTypes ids={row.library_type_ids} />
							</td>
							<td>
								<StatusBadge status={findMember(kind.statuses, row.status_id)} />
							</td>
							<td>
								{row.seq_request_id !== null && (
									<ObjectLink href={`/seq_requests/${row.seq_request_id}/`}>
										{requestIdentifier(row.seq_request_id)} {row.seq_request_name}
									</ObjectLink>
								)}
							</td>
						</tr>
					))}
				</SimpleTable>
			)}
		</Card>
	);
}
