import type { ResolvedPath } from "@opengsync/core/sharing/resolve-path";
import { syncRemark } from "@opengsync/domain/download-commands";
import { CopyButton, formatTime } from "../../components/parts.tsx";
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
	const mountedAt = mounts.browse(props.token);
	const parent = props.path.split("/").slice(0, -1).join("/");
	const script = addressOf(mounts.curlScript(props.token), "", true).slice(0, -1);
	return (
		<>
			<h1 class="bare-title">Index of /{props.path}</h1>
			<p>
				The link ends on <strong>{formatTime(props.expires)}</strong>.
			</p>
			<p>Download everything with rclone (recommended). {syncRemark}</p>
			<p>
				<code>{props.command}</code> <CopyButton text={props.command} label="Copy command" />
			</p>
			<p>
				<a href={`${script}/unix`}>Download script (Linux, macOS)</a> ·{" "}
				<a href={`${script}/windows`}>Download script (Windows)</a> ·{" "}
				<a href={addressOf(mounts.archive(props.token), props.path, true)}>Download folder (zip)</a>
			</p>
			<table class="table">
				<thead>
					<tr>
						<th scope="col">Name</th>
						<th scope="col">Size</th>
						<th scope="col">Last Modified</th>
					</tr>
				</thead>
				<tbody>
					{props.path !== "" && (
						<tr>
							<td>
								<a href={addressOf(mountedAt, parent, true)}>../</a>
							</td>
							<td />
							<td />
						</tr>
					)}
					{props.entries.map((entry) => (
						<tr>
							<td>
								<a href={addressOf(mountedAt, entry.path, entry.isDirectory)}>
									{entry.name}
									{entry.isDirectory && "/"}
								</a>
							</td>
							<td>{entry.isDirectory ? "–" : formatSize(entry.sizeBytes)}</td>
							<td>{formatTime(entry.modified)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}
