import { BadRequestError, InvalidInputError, NotFoundError } from "@opengsync/core/errors";
import { removeProjectDataPath } from "@opengsync/core/projects/remove-project-data-path";
import { associateDataPath } from "@opengsync/core/sharing/associate-data-path";
import { toSharePath } from "@opengsync/core/sharing/host-paths";
import { releaseProjectData } from "@opengsync/core/sharing/release-project-data";
import { revokeShare } from "@opengsync/core/sharing/revoke-share";
import {
	findProjectPage,
	findProjectShare,
	listProjectDeliveries,
	type ProjectDeliveryRow,
	type ProjectPageRow,
} from "@opengsync/db/queries/project-page";
import { DataPathType, DeliveryStatus, findMember, membersOf, shareLinkValidity } from "@opengsync/domain/catalog";
import { projectDisplayIdentifier, requestIdentifier } from "@opengsync/domain/identifiers";
import { Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, memberOptions } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { isShareValid } from "./project-data.tsx";

/** Loads the project of the address with the viewer's level and lets the route's policy decide. */
export async function loadProject(exchange: Exchange<{ id: number }>): Promise<ProjectPageRow> {
	return exchange.authorize(await findProjectPage(exchange.db, exchange.viewer, exchange.params.id));
}

const dataTab = (project: ProjectPageRow) => `/projects/${project.id}/?tab=data`;

const breadcrumbs = (project: ProjectPageRow) => [
	{ label: "Projects", href: "/projects/" },
	{ label: projectDisplayIdentifier(project), href: `/projects/${project.id}/` },
];

const addDataPath = formRoutes({
	params: withId,
	active: "projects",
	load: loadProject,
	breadcrumbs,
	pagePath: "/projects/:id/data_paths/add/",
	dialogPath: "/htmx/projects/:id/data_paths/add",
	policy: onObject("project", "id", "INSIDER"),
	summary: "Link a file or folder of the share with a project",
	title: () => "Add a data path",
	form: (_, exchange) => {
		const folders = Object.entries(exchange.services.config.sharePathMapping).map(([key, folder]) => `${folder} (${key})`);
		return defineForm({
			name: "data-path-form",
			submitLabel: "Add path",
			fields: {
				path: {
					kind: "text",
					label: "Path",
					required: true,
					maxLength: 2048,
					monospace: true,
					help: folders.length
						? `As on the cluster, below ${folders.join(", ")}; or below the share, beginning with its key.`
						: "Below the share, without a slash in front.",
				},
				typeId: {
					kind: "select",
					label: "Type",
					options: memberOptions(membersOf(DataPathType)),
					placeholder: "From the path",
				},
			},
		});
	},
	accept: async (exchange, values, project) => {
		const added = await linkPath(exchange, project.id, values);
		exchange.flash("success", `${added.sharePath} added.`);
		return dataTab(project);
	},
});

/** What is wrong with the path is said at its field. */
async function linkPath(
	exchange: Exchange,
	projectId: number,
	values: { readonly path: string; readonly typeId: number | null },
): Promise<{ sharePath: string }> {
	const { config } = exchange.services;
	try {
		const sharePath = values.path.startsWith("/") ? toSharePath(config, values.path) : values.path;
		return await exchange.command((context) =>
			associateDataPath(context, { sharePath, targets: { projectId }, typeId: values.typeId }),
		);
	} catch (error) {
		if (!(error instanceof BadRequestError || error instanceof NotFoundError)) throw error;
		throw new InvalidInputError([{ field: "path", message: error.message }]);
	}
}

const removeDataPath = defineRoute({
	method: "POST",
	path: "/projects/:id/data_paths/remove/",
	kind: "action",
	policy: onObject("project", "id", "INSIDER"),
	summary: "Unlink a data path from a project",
	params: withId,
	handler: async (exchange) => {
		const project = await loadProject(exchange);
		const [text] = (await exchange.readFields()).get("data_path_id") ?? [];
		if (typeof text !== "string" || !/^\d{1,9}$/.test(text)) throw new BadRequestError("data_path_id must be a number.");
		await exchange.command((context) => removeProjectDataPath(context, project.id, Number(text)));
		exchange.flash("success", "Data path removed; the files stay where they are.");
		return exchange.redirect(dataTab(project));
	},
});

/** Addresses to choose from, each once, with what is preselected: the pending ones of the newest request. */
function recipientChoices(deliveries: readonly ProjectDeliveryRow[]) {
	const newest = deliveries[0]?.seq_request_id;
	const choices = new Map<string, { value: string; label: string }>();
	const chosen: string[] = [];
	for (const row of deliveries) {
		const key = row.email.toLowerCase();
		if (choices.has(key)) continue;
		const status = findMember(DeliveryStatus, row.status_id)?.label ?? "";
		choices.set(key, { value: row.email, label: `${row.email} – ${requestIdentifier(row.seq_request_id)}, ${status}` });
		if (row.seq_request_id === newest && row.status_id === DeliveryStatus.PENDING.id) chosen.push(row.email);
	}
	return { options: [...choices.values()], chosen };
}

interface ShareFacts {
	readonly project: ProjectPageRow;
	readonly deliveries: readonly ProjectDeliveryRow[];
	/** A valid link will be revoked. */
	readonly replaces: boolean;
}

const shareData = formRoutes({
	params: withId,
	active: "projects",
	breadcrumbs: (facts: ShareFacts) => breadcrumbs(facts.project),
	load: async (exchange): Promise<ShareFacts> => {
		const project = await loadProject(exchange);
		const deliveries = await listProjectDeliveries(exchange.db, project.id);
		const share = await findProjectShare(exchange.db, project.id);
		return { project, deliveries, replaces: isShareValid(share, exchange.services.now()) };
	},
	pagePath: "/projects/:id/share/",
	dialogPath: "/htmx/projects/:id/share",
	policy: onObject("project", "id", "INSIDER"),
	summary: "Share the data of a project",
	title: ({ project }) => `Share the data of ${projectDisplayIdentifier(project)}`,
	intro: ({ project, replaces }) => (
		<>
			<p>
				{project.num_data_paths} {project.num_data_paths === 1 ? "data path is" : "data paths are"} shared by a new link, which is
				sent by mail.
			</p>
			{replaces && (
				<Notice look="warning">
					<p>The present link is still valid. It ends when the new one is sent.</p>
				</Notice>
			)}
		</>
	),
	form: ({ project, deliveries }) => {
		const { options, chosen } = recipientChoices(deliveries);
		return defineForm({
			name: "share-form",
			submitLabel: "Share data",
			fields: {
				recipients: {
					kind: "multi-select",
					label: "Recipients",
					options,
					value: chosen,
					help: "Addresses on the tab Share of the requests.",
				},
				sendToOwner: { kind: "switch", label: `Send to the project's owner (${project.owner_email})` },
				furtherRecipient: { kind: "email", label: "Further recipient", maxLength: 128 },
				anonymous: { kind: "switch", label: "Anonymous", help: "Your name and address do not appear." },
				internalAccess: { kind: "switch", label: "Internal access", help: "Adds the real paths for people inside the facility." },
				markDelivered: { kind: "switch", label: "Mark the project as delivered", value: true },
				timeValidMin: {
					kind: "select",
					label: "Validity",
					required: true,
					options: shareLinkValidity.choices.map(({ minutes, label }) => ({ value: minutes as number, label })),
					value: shareLinkValidity.defaultMinutes,
				},
				comment: { kind: "textarea", label: "Comment", maxLength: 4096, rows: 3, help: "Goes into the mail." },
			},
			check: (values) =>
				values.recipients.length === 0 && !values.sendToOwner && !values.furtherRecipient
					? [{ field: "recipients", message: "Choose or enter at least one recipient." }]
					: [],
		});
	},
	accept: async (exchange, values, { project }) => {
		const recipients = [
			...values.recipients,
			...(values.sendToOwner ? [project.owner_email] : []),
			...(values.furtherRecipient ? [values.furtherRecipient] : []),
		];
		const released = await exchange.command((context) =>
			releaseProjectData(context, {
				projectId: project.id,
				internalAccess: values.internalAccess,
				timeValidMin: values.timeValidMin,
				recipients,
				anonymousSend: values.anonymous,
				markProjectDelivered: values.markDelivered,
				comment: values.comment,
			}),
		);
		const { length } = released.recipients;
		exchange.flash("success", `Data shared with ${length} ${length === 1 ? "recipient" : "recipients"}.`);
		return dataTab(project);
	},
});

const revokeLink = defineRoute({
	method: "POST",
	path: "/projects/:id/revoke_link/",
	kind: "action",
	policy: onObject("project", "id", "INSIDER"),
	summary: "Revoke the link of a project",
	params: withId,
	handler: async (exchange) => {
		const project = await loadProject(exchange);
		const { share_token_id: shareTokenId } = project;
		if (shareTokenId === null) throw new NotFoundError("The share link");
		await exchange.command((context) => revokeShare(context, { shareTokenId }));
		exchange.flash("success", "The link has been revoked.");
		return exchange.redirect(dataTab(project));
	},
});

/** What is done on the tab *Data* of a project. */
export const projectDataRoutes: readonly Route[] = [...addDataPath, removeDataPath, ...shareData, revokeLink];
