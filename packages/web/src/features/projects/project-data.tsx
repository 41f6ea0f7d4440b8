import type { FacilityConfig } from "@opengsync/core/config";
import { openSealedToken } from "@opengsync/core/sharing/tokens";
import type { DataPathRow } from "@opengsync/db/queries/data-paths";
import type { ProjectPageRow, ProjectShareRow } from "@opengsync/db/queries/project-page";
import { httpCopyCommand, syncRemark, webdavSyncCommand, wgetCommand } from "@opengsync/domain/download-commands";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Metadata, Notice, Time } from "../../components/parts.tsx";
import { Mark } from "../../components/status.tsx";
import { DataPathTable } from "../files/data-path-table.tsx";
import { mounts } from "../shares/addresses.ts";
import { actionOf } from "./project-page.tsx";

/** What the tab *Data* shows, and to whom. */
export interface ProjectDataProps {
	readonly project: ProjectPageRow;
	readonly paths: readonly DataPathRow[];
	readonly share: ProjectShareRow | undefined;
	readonly config: FacilityConfig;
	readonly now: Date;
	/** The viewer sent the link, or is an admin. */
	readonly mayRevoke: boolean;
}

/** Whether a link can be used at this time. */
export function isShareValid(share: ProjectShareRow | undefined, now: Date): boolean {
	return share !== undefined && !share.expired && share.expires > now;
}

/** Tab *Data* of a project: the link, and the data paths (access-and-web.md §8.2). */
export function ProjectData(props: ProjectDataProps) {
	return (
		<>
			<ShareCard {...props} />
			<PathsCard {...props} />
		</>
	);
}

function ShareCard({ project, paths, share, config, now, mayRevoke }: ProjectDataProps) {
	const mayShare = actionOf(project, "shareData").enabled;
	const url = `/projects/${project.id}`;
	const isValid = isShareValid(share, now);
	const token = mayShare && isValid && share?.token_sealed ? openSealedToken(config.secretKey, share.token_sealed) : null;
	const buttons = mayShare && (
		<>
			<LinkButton
				href={`${url}/share/`}
				dialog={`/htmx/projects/${project.id}/share`}
				dialogSize="lg"
				look="primary"
				icon="share"
				disabledReason={paths.length === 0 ? "Add a data path first." : null}
			>
				Share data
			</LinkButton>
			{isValid && mayRevoke && (
				<ActionButton
					action={`${url}/revoke_link/`}
					icon="ban"
					look="danger"
					confirm={{ title: "Revoke the link?", text: "Nobody can download with it any more.", yes: "Revoke" }}
				>
					Revoke link
				</ActionButton>
			)}
		</>
	);
	return (
		<Card title="Link" actions={buttons}>
			<p>{share ? <ShareState share={share} isValid={isValid} /> : "No link yet: the data have not been shared."}</p>
			{token !== null && <ShareCommands config={config} token={token} />}
			{!mayShare && share && (
				<p class="text-secondary">
					{isValid
						? "It went by e-mail to the addresses in the tab Shares and opens a page with all files. If nobody has that mail any more, ask the facility to send a new link."
						: "To download again, ask the facility to send a new link."}
				</p>
			)}
			{mayShare && isValid && token === null && (
				<Notice look="warning">
					<p>The link is valid but cannot be shown again. Share the data once more to get a new one.</p>
				</Notice>
			)}
		</Card>
	);
}

function ShareState({ share, isValid }: { share: ProjectShareRow; isValid: boolean }) {
	return (
		<>
			<Mark good={isValid}>{isValid ? "Valid until" : share.expired ? "Revoked; would have ended" : "Ended"}</Mark>{" "}
			<Time at={share.expires} />, sent by {share.owner_name}, {share.num_paths} {share.num_paths === 1 ? "path" : "paths"}.
		</>
	);
}

function ShareCommands({ config, token }: { config: FacilityConfig; token: string }) {
	const link = `${config.externalBaseUrl}${mounts.browse(token)}/`;
	const commands = [
		{ label: "rclone sync over WebDAV (recommended)", text: webdavSyncCommand(config, token) },
		{ label: "rclone copy over HTTP", text: httpCopyCommand(config, token) },
		{ label: "wget", text: wgetCommand(config, token) },
	];
	return (
		<>
			<Metadata
				items={[
					{ label: "Link", value: <a href={link}>{link}</a>, copy: link, mono: true, wide: true },
					...commands.map(({ label, text }) => ({ label, value: <code>{text}</code>, copy: text, wide: true })),
				]}
			/>
			<p class="text-secondary">{syncRemark}</p>
		</>
	);
}

function PathsCard({ project, paths }: ProjectDataProps) {
	const mayChange = actionOf(project, "changeDataPaths").enabled;
	const url = `/projects/${project.id}`;
	const add = mayChange && (
		<LinkButton href={`${url}/data_paths/add/`} dialog={`/htmx/projects/${project.id}/data_paths/add`} icon="plus">
			Add data path
		</LinkButton>
	);
	if (paths.length === 0) {
		const hint = mayChange ? "Pipelines register them; you can also add one here." : "They appear when the data are ready.";
		return <EmptyState icon="folder" title="No data paths yet" hint={hint} action={add} />;
	}
	const removeButton = (row: { readonly id: number; readonly path: string }) => (
		<ActionButton
			action={`${url}/data_paths/remove/`}
			values={{ data_path_id: row.id }}
			small
			look="quiet"
			confirm={{ title: "Remove this data path?", text: `${row.path}: the files stay.`, yes: "Remove" }}
		>
			Remove
		</ActionButton>
	);
	return (
		<Card title="Data paths" actions={add} padded={false}>
			<DataPathTable paths={paths} action={mayChange ? removeButton : undefined} />
		</Card>
	);
}
