import type { ResolvedPath } from "@opengsync/core/sharing/resolve-path";
import { syncRemark } from "@opengsync/domain/download-commands";
import { LinkButton } from "../../components/button.tsx";
import { Card, CopyButton, EmptyState, formatTime } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { addressOf, mounts } from "./addresses.ts";

const sizeUnits = ["B", "KB", "MB", "GB", "TB"];

/** Size of a file in steps of 1024 with one decimal, bytes as they are (data-model.md §12). */
export function formatSize(sizeBytes: number): string {
	const step = sizeBytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(sizeBytes) / 10), sizeUnits.length - 1);
	return `${step === 0 ? sizeBytes : (sizeBytes / 1024 ** step).toFixed(1)} ${sizeUnits[step] ?? ""}`;
}

/** Order of the browse page: by name regardless of case. */
export function byName(left: ResolvedPath, right: ResolvedPath): number {
	return left.name.localeCompare(right.name, "en", { sensitivity: "base" });
}

/** The page on which a customer looks through a share (access-and-web.md §16.1). */
export function BrowsePage(props: {
	token: string;
	path: string;
	entries: readonly ResolvedPath[];
	command: string;
	expires: Date;
}) {
	const script = addressOf(mounts.curlScript(props.token), "", true).slice(0, -1);
	return (
		<div class="share-page">
			<h1 class="bare-title">Index of /{props.path}</h1>
			<p>
				The link ends on <strong>{formatTime(props.expires)}</strong>.
			</p>
			<Card
				title="Files"
				actions={
					<LinkButton href={addressOf(mounts.archive(props.token), props.path, true)} look="primary" icon="download">
						Download folder (zip)
					</LinkButton>
				}
				padded={false}
			>
				<FileTable {...props} />
			</Card>
			<Card title="Large data">
				<p>rclone goes on where it was interrupted and fetches everything that this link opens (recommended). {syncRemark}</p>
				<p>
					<code>{props.command}</code> <CopyButton text={props.command} label="Copy command" />
				</p>
				<p class="mb-0">
					Without rclone:{" "}
					<a class="link-in-text" href={`${script}/unix`}>
						Download script (Linux, macOS)
					</a>{" "}
					·{" "}
					<a class="link-in-text" href={`${script}/windows`}>
						Download script (Windows)
					</a>
				</p>
			</Card>
		</div>
	);
}

function FileTable({ token, path, entries }: { token: string; path: string; entries: readonly ResolvedPath[] }) {
	const mountedAt = mounts.browse(token);
	const parent = path.split("/").slice(0, -1).join("/");
	return (
		<>
			<SimpleTable label="Files" titles={["Name", { numeric: "Size" }, "Last Modified"]}>
				{path !== "" && (
					<tr>
						<td>
							<a href={addressOf(mountedAt, parent, true)}>../</a>
						</td>
						<td />
						<td />
					</tr>
				)}
				{entries.map((entry) => (
					<tr>
						<td>
							<a href={addressOf(mountedAt, entry.path, entry.isDirectory)}>
								{entry.name}
								{entry.isDirectory && "/"}
							</a>
						</td>
						<td class="cell-numeric">{entry.isDirectory ? "–" : formatSize(entry.sizeBytes)}</td>
						<td class="text-nowrap tabular">{formatTime(entry.modified)}</td>
					</tr>
				))}
			</SimpleTable>
			{entries.length === 0 && <EmptyState icon="folder" title="This folder is empty" />}
		</>
	);
}
