import type { RequestFileRow, RequestPageRow } from "@opengsync/db/queries/request-page";
import type { Action } from "@opengsync/domain/actions";
import { findMember, MediaFileType } from "@opengsync/domain/catalog";
import { formatFileSize } from "@opengsync/domain/file-size";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Lazy, Time } from "../../components/parts.tsx";
import type { Content } from "../../framework/exchange.ts";
import { actionsOf } from "./request-facts.ts";

/** Tab *Files*, newest first; a file that the browser can show is shown when it is opened (access-and-web.md §13.2). */
export function RequestFiles({ request, files }: { request: RequestPageRow; files: readonly RequestFileRow[] }) {
	const actions = actionsOf(request);
	const attach = actions.get("attachFile");
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
	const template = (
		<LinkButton href="/authorization_form_template/" icon="download" look="quiet">
			Authorization form to sign
		</LinkButton>
	);
	if (files.length === 0) {
		return (
			<EmptyState
				title="No files yet"
				hint="The signed authorization form belongs here."
				action={
					<div class="btn-list">
						{template}
						{button}
					</div>
				}
			/>
		);
	}
	return (
		<Card
			title="Files"
			actions={
				<>
					{request.authorization_form_id === null && template}
					{button}
				</>
			}
		>
			<ul class="file-views">
				{files.map((file) => (
					<FileView request={request} file={file} removal={actions.get("deleteFile")} />
				))}
			</ul>
		</Card>
	);
}

interface FileViewProps {
	readonly request: RequestPageRow;
	readonly file: RequestFileRow;
	readonly removal: Action | undefined;
}

function FileView({ request, file, removal }: FileViewProps) {
	const name = file.name + file.extension;
	return (
		<li class="file-view">
			<div class="file-view-head">
				<div>
					<a href={`/download_file/${file.id}/`}>{name}</a>
					<p class="text-secondary">
						{findMember(MediaFileType, file.type_id)?.label} · {formatFileSize(file.size_bytes)} · {file.uploader_name} ·{" "}
						<Time at={file.timestamp_utc} />
					</p>
				</div>
				<div class="btn-list">
					<LinkButton href={`/download_file/${file.id}/`} small icon="download">
						Download
					</LinkButton>
					{removal?.shown && (
						<ActionButton
							action={`/seq_requests/${request.id}/files/${file.id}/delete/`}
							small
							look="quiet"
							disabledReason={removal.reason}
							confirm={{ title: `Delete ${name}?`, text: "This cannot be undone.", yes: "Delete" }}
						>
							Delete
						</ActionButton>
					)}
				</div>
			</div>
			<Preview file={file} name={name} />
		</li>
	);
}

/** What the browser can show of a file; null where it can only be downloaded. */
function Preview({ file, name }: { file: RequestFileRow; name: string }) {
	const content = previewOf(file, name);
	return (
		content && (
			<details>
				<summary>Show</summary>
				{content}
			</details>
		)
	);
}

function previewOf({ id, extension }: RequestFileRow, name: string): Content {
	switch (extension) {
		case ".pdf":
			return <iframe class="file-frame" src={`/pdf_file/${id}/`} title={name} loading="lazy" />;
		case ".png":
		case ".jpg":
		case ".jpeg":
			return (
				<a href={`/img_file/${id}/`}>
					<img class="file-image" src={`/img_file/${id}/`} alt={name} loading="lazy" />
				</a>
			);
		case ".xlsx":
			return <Lazy id={`workbook-of-${id}`} href={`/htmx/files/${id}/workbook`} />;
		default:
			return null;
	}
}
