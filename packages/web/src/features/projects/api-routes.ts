import { BadRequestError } from "@opengsync/core/errors";
import { associateDataPath } from "@opengsync/core/sharing/associate-data-path";
import { toSharePath } from "@opengsync/core/sharing/host-paths";
import { releaseProjectData } from "@opengsync/core/sharing/release-project-data";
import { removeDataPaths } from "@opengsync/core/sharing/remove-data-paths";
import { DataPathType, memberById } from "@opengsync/domain/catalog";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { apiTokenWith } from "../../framework/policy.ts";
import { defineRoute, type Route, type RouteMethod } from "../../framework/route.ts";
import { bool, int, readParameters, text, textList } from "../api/parameters.ts";

/** Largest id that the database can hold. */
const maxId = 2_147_483_647;

const targetIds = {
	project_id: int.nullish(),
	seq_request_id: int.nullish(),
	experiment_id: int.nullish(),
	library_id: int.nullish(),
};

const newPath = z.object({ path: z.string().min(1), path_type_id: int.nullish(), ...targetIds });

const release = z.object({
	project_id: int,
	internal_access: bool,
	time_valid_min: int.refine((minutes) => minutes > 0 && minutes <= maxId, "must be a whole number above 0"),
	recipients: textList.nullable(),
	anonymous_send: bool.default(false),
	mark_project_delivered: bool.nullish(),
	comment: text.nullish(),
});

type TargetIds = z.output<z.ZodObject<typeof targetIds>>;

/** Ids beyond the database's integers name nothing: they are looked for as 0. */
function targetsOf(body: TargetIds) {
	const idOf = (id: number | null | undefined) => (id != null && (id < 0 || id > maxId) ? 0 : (id ?? null));
	return {
		projectId: idOf(body.project_id),
		seqRequestId: idOf(body.seq_request_id),
		experimentId: idOf(body.experiment_id),
		libraryId: idOf(body.library_id),
	};
}

async function addDataPath(exchange: Exchange): Promise<Response> {
	const body = await readParameters(exchange, newPath);
	const targets = targetsOf(body);
	if (Object.values(targets).every((id) => id === null)) {
		throw new BadRequestError("project_id, seq_request_id, experiment_id or library_id is needed.");
	}
	const sharePath = toSharePath(exchange.services.config, body.path);
	const added = await exchange.command((context) =>
		associateDataPath(context, { sharePath, targets, typeId: body.path_type_id ?? null }),
	);
	return exchange.json({
		result: "success",
		share_path: added.sharePath,
		path: body.path,
		type: memberById(DataPathType, added.typeId).key,
	});
}

async function removePaths(exchange: Exchange): Promise<Response> {
	const targets = targetsOf(await readParameters(exchange, z.object(targetIds)));
	const removed = await exchange.command((context) => removeDataPaths(context, targets));
	return exchange.json({ result: "success", paths: removed.map((path) => [path.sharePath, path.hostPath, path.exists]) });
}

async function releaseData(exchange: Exchange): Promise<Response> {
	const body = await readParameters(exchange, release);
	const { projectId } = targetsOf({ project_id: body.project_id });
	const released = await exchange.command((context) =>
		releaseProjectData(context, {
			projectId: projectId ?? 0,
			internalAccess: body.internal_access,
			timeValidMin: body.time_valid_min,
			recipients: body.recipients,
			anonymousSend: body.anonymous_send,
			markProjectDelivered: body.mark_project_delivered ?? null,
			comment: body.comment ?? null,
		}),
	);
	return exchange.json({ result: "success", recipients: released.recipients });
}

interface ShareCall {
	readonly name: string;
	readonly method: RouteMethod;
	readonly summary: string;
	readonly perSecond?: number;
	readonly handler: (exchange: Exchange) => Promise<Response>;
}

const calls: readonly ShareCall[] = [
	{
		name: "add_data_path",
		method: "POST",
		summary: "Link a file or folder with a project, request, experiment or library",
		perSecond: 3,
		handler: addDataPath,
	},
	{ name: "remove_data_paths", method: "DELETE", summary: "Unlink all data paths of the named objects", handler: removePaths },
	{
		name: "release_project_data",
		method: "POST",
		summary: "Share the data of a project by a new link and mail it",
		perSecond: 1,
		handler: releaseData,
	},
];

/** Data paths and releases for pipelines: background-and-ops.md §5.5, §5.6; the addresses without version stay as aliases. */
export const shareApiRoutes: readonly Route[] = calls.flatMap(({ name, method, summary, perSecond, handler }) =>
	["/api/v1/shares", "/api/shares"].map((prefix) =>
		defineRoute({
			method,
			path: `${prefix}/${name}/`,
			kind: "api",
			policy: apiTokenWith("pipeline"),
			summary,
			...(perSecond ? { limit: { name, requests: perSecond, perSeconds: 1 } } : {}),
			handler,
		}),
	),
);
