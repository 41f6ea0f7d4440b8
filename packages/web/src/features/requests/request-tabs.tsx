import type {
	CommentRow,
	DeliveryEmailRow,
	RequestFileRow,
	RequestPageRow,
	RequestSampleRow,
} from "@opengsync/db/queries/request-page";
import {
	AccessType,
	DeliveryStatus,
	findMember,
	LibraryType,
	MediaFileType,
	SampleStatus,
	UserRole,
} from "@opengsync/domain/catalog";
import { formatFileSize } from "@opengsync/domain/file-size";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, ObjectLink, Time } from "../../components/parts.tsx";
import { Badge, StatusBadge } from "../../components/status.tsx";
import { actionsOf } from "./request-facts.ts";

const isSeen = (level: number) => level >= AccessType.VIEW.id;

/** Tab *Samples*. Samples and projects that the viewer may not open are plain text. */
export function RequestSamples({ samples }: { samples: readonly RequestSampleRow[] }) {
	if (samples.length === 0)
		return <EmptyState title="No samples yet" hint="Samples are added by the annotation: see the checklist." />;
	return (
		<div class="table-scroll">
			<table class="table table-list">
				<thead>
					<tr>
						<th class="text-end">ID</th>
						<th>Name</th>
						<th>Library types</th>
						<th>Status</th>
						<th>Project</th>
					</tr>
				</thead>
				<tbody>
					{samples.map((sample) => (
						<tr>
							<td class="text-end font-mono">{sample.id}</td>
							<td>
								<ObjectLink href={isSeen(sample.access_level) ? `/samples/${sample.id}/` : null}>{sample.name}</ObjectLink>
							</td>
							<td>
								{sample.library_type_ids.map((id) => (
									<Badge>{findMember(LibraryType, id)?.abbreviation}</Badge>
								))}
							</td>
							<td>
								<StatusBadge status={findMember(SampleStatus, sample.status_id)} />
							</td>
							<td>
								<ObjectLink href={isSeen(sample.project_access_level) ? `/projects/${sample.project_id}/` : null}>
									{sample.project_label}
								</ObjectLink>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** Tab *Files*. */
export function RequestFiles({ request, files }: { request: RequestPageRow; files: readonly RequestFileRow[] }) {
	const actions = actionsOf(request);
	const attach = actions.get("attachFile");
	const remove = actions.get("deleteFile");
	const button = attach?.shown && (
		<LinkButton
			href={`/seq_requests/${request.id}/attach/`}
			dialog={`/htmx/seq_requests/${request.id}/attach`}
			icon="upload"
			disabledReason={attach.reason}
		>
			Attach file
		</LinkButton>
	);
	if (files.length === 0)
		return <EmptyState title="No files yet" hint="The signed authorization form belongs here." action={button} />;
	return (
		<Card title="Files" actions={button} padded={false}>
			<div class="table-scroll">
				<table class="table table-list">
					<thead>
						<tr>
							<th>Name</th>
							<th>Type</th>
							<th class="text-end">Size</th>
							<th>Uploaded</th>
							<th>By</th>
							<th>
								<span class="visually-hidden">Actions</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{files.map((file) => (
							<tr>
								<td>
									<a href={`/download_file/${file.id}/`}>
										{file.name}
										{file.extension}
									</a>
								</td>
								<td>{findMember(MediaFileType, file.type_id)?.label}</td>
								<td class="text-end tabular">{formatFileSize(file.size_bytes)}</td>
								<td>
									<Time at={file.timestamp_utc} seconds />
								</td>
								<td>{file.uploader_name}</td>
								<td class="text-end">
									{remove?.shown && (
										<ActionButton
											action={`/seq_requests/${request.id}/files/${file.id}/delete/`}
											small
											look="quiet"
											disabledReason={remove.reason}
											confirm={{ title: `Delete ${file.name}${file.extension}?`, text: "This cannot be undone.", yes: "Delete" }}
										>
											Delete
										</ActionButton>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</Card>
	);
}

/** Tab *Comments*, newest first. */
export function RequestComments({ request, comments }: { request: RequestPageRow; comments: readonly CommentRow[] }) {
	const button = actionsOf(request).get("comment")?.enabled && (
		<LinkButton href={`/seq_requests/${request.id}/comment/`} dialog={`/htmx/seq_requests/${request.id}/comment`} icon="message">
			New comment
		</LinkButton>
	);
	if (comments.length === 0) return <EmptyState title="No comments yet" action={button} />;
	return (
		<Card title="Comments" actions={button}>
			<ul class="comments">
				{comments.map((comment) => (
					<li class="comment">
						<p class="comment-head">
							<span>{findMember(UserRole, comment.author_role_id)?.label}</span> <strong>{comment.author_name}</strong>{" "}
							<Time at={comment.timestamp_utc} />
						</p>
						<p class="comment-text">{comment.text}</p>
					</li>
				))}
			</ul>
		</Card>
	);
}

/** Tab *Share*: to whom data are announced. */
export function RequestShare({ request, emails }: { request: RequestPageRow; emails: readonly DeliveryEmailRow[] }) {
	const change = actionsOf(request).get("changeDeliveryEmails");
	return (
		<Card
			title="Data are announced to"
			actions={
				change?.shown && (
					<LinkButton
						href={`/seq_requests/${request.id}/share/`}
						dialog={`/htmx/seq_requests/${request.id}/share/add`}
						icon="plus"
						disabledReason={change.reason}
					>
						Add address
					</LinkButton>
				)
			}
			padded={false}
		>
			<div class="table-scroll">
				<table class="table table-list">
					<thead>
						<tr>
							<th>E-mail</th>
							<th>Status</th>
							<th>
								<span class="visually-hidden">Actions</span>
							</th>
						</tr>
					</thead>
					<tbody>
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
					</tbody>
				</table>
			</div>
		</Card>
	);
}
