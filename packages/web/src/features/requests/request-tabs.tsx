import type { CommentRow, DeliveryEmailRow, RequestPageRow, RequestSampleRow } from "@opengsync/db/queries/request-page";
import { DeliveryStatus, findMember, SampleStatus, SubmissionType } from "@opengsync/domain/catalog";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, ObjectLink } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { LibraryTypes } from "../libraries/library-cells.tsx";
import { CommentList } from "./comment-list.tsx";
import { actionsOf, removeLibrariesAction } from "./request-facts.ts";

/** Tab *Samples*. Samples and projects that the viewer may not open are plain text. */
export function RequestSamples({ request, samples }: { request: RequestPageRow; samples: readonly RequestSampleRow[] }) {
	const isRaw = request.submission_type_id === SubmissionType.RAW_SAMPLES.id;
	if (samples.length === 0)
		return <EmptyState title="No samples yet" hint="Samples are added by the annotation: see the checklist." />;
	return (
		<SimpleTable titles={["ID", "Name", "Library types", isRaw && "Status", "Project"]} actions>
			{samples.map((sample) => (
				<tr>
					<td class="font-mono">{sample.id}</td>
					<td>
						<ObjectLink href={`/samples/${sample.id}/`} level={sample.access_level}>
							{sample.name}
						</ObjectLink>
					</td>
					<td>
						<LibraryTypes ids={sample.library_type_ids} />
					</td>
					{isRaw && (
						<td>
							<StatusBadge status={findMember(SampleStatus, sample.status_id)} />
						</td>
					)}
					<td>
						<ObjectLink href={`/projects/${sample.project_id}/`} level={sample.project_access_level}>
							{sample.project_label}
						</ObjectLink>
					</td>
					<td class="text-end">
						<RemoveSample request={request} sample={sample} />
					</td>
				</tr>
			))}
		</SimpleTable>
	);
}

/** The libraries of the request with the sample go, also from other samples in them; the sample itself stays. */
function RemoveSample({ request, sample }: { request: RequestPageRow; sample: RequestSampleRow }) {
	const removal = removeLibrariesAction(request, sample.library_status_ids);
	if (!removal.shown) return null;
	return (
		<ActionButton
			action={`/seq_requests/${request.id}/samples/${sample.id}/remove/`}
			small
			look="quiet"
			disabledReason={removal.reason}
			confirm={{
				title: `Remove ${sample.name} from the request?`,
				text: "All libraries of this request that contain it are deleted; samples multiplexed with it lose them, too. The sample stays in its project.",
				yes: "Remove",
			}}
		>
			Remove
		</ActionButton>
	);
}

/** Tab *Comments*, newest first. */
export function RequestComments(props: { request: RequestPageRow; comments: readonly CommentRow[]; viewerId: number }) {
	const { request, comments, viewerId } = props;
	const button = actionsOf(request).get("comment")?.enabled && (
		<LinkButton href={`/seq_requests/${request.id}/comment/`} dialog={`/htmx/seq_requests/${request.id}/comment`} icon="message">
			New comment
		</LinkButton>
	);
	if (comments.length === 0) return <EmptyState title="No comments yet" action={button} />;
	return (
		<Card title="Comments" actions={button}>
			<CommentList comments={comments} viewerId={viewerId} />
		</Card>
	);
}

/** Tab *Share*: to whom data are announced. */
export function RequestShare({ request, emails }: { request: RequestPageRow; emails: readonly DeliveryEmailRow[] }) {
	const change = actionsOf(request).get("changeDeliveryEmails");
	const investigator = request.principal_investigator_contact?.email ?? null;
	const isListed = emails.some((row) => row.email.toLowerCase() === investigator?.toLowerCase());
	return (
		<Card
			title="Data are announced to"
			actions={
				change?.shown && (
					<>
						{investigator && !isListed && change.enabled && (
							<ActionButton action={`/seq_requests/${request.id}/share/`} values={{ email: investigator }} icon="user-plus">
								Add the principal investigator
							</ActionButton>
						)}
						<LinkButton
							href={`/seq_requests/${request.id}/share/`}
							dialog={`/htmx/seq_requests/${request.id}/share/add`}
							icon="plus"
							disabledReason={change.reason}
						>
							Add address
						</LinkButton>
					</>
				)
			}
			padded={false}
		>
			<SimpleTable titles={["E-mail", "Status"]} actions>
				{emails.map((row) => (
					<tr>
						<td>{row.email}</td>
						<td>
							<StatusBadge status={findMember(DeliveryStatus, row.status_id)} />
						</td>
						<td class="text-end">
							{change?.enabled && emails.length > 1 && (
								<ActionButton
									action={`/seq_requests/${request.id}/share/remove/`}
									values={{ email: row.email }}
									small
									look="quiet"
									confirm={{ title: `Remove ${row.email}?`, text: "Data will no longer be announced to this address." }}
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
