import type { Tx } from "@opengsync/db/transaction";
import {
	LibraryStatus,
	PoolStatus,
	ProjectStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
} from "@opengsync/domain/catalog";
import type { Route } from "@opengsync/web/framework/route";
import { sql } from "kysely";
import { subjectOf } from "../../../scripts/lib/route-features.ts";
import type { ActorName } from "./actors.ts";
import { call, type Fields } from "./call.ts";
import { classify, type Outcome } from "./classify.ts";
import { smallestFields } from "./fields.ts";
import { fillPath } from "./fill-path.ts";
import { formValues } from "./form-values.ts";
import { namedValues, requireActor, routeName, type Stage } from "./role-matrix.ts";
import type { WorldObjects } from "./world.ts";

/** A kind of object with its statuses. */
export interface StatusEntity {
	readonly heading: string;
	/** First words of the addresses of its actions. */
	readonly subjects: readonly string[];
	/** Where the status is kept, and key of the object in the world. */
	readonly table: string;
	readonly object: string;
	readonly statuses: readonly { readonly id: number; readonly key: string }[];
}

/** The entities whose actions depend on a status; files follow the status of their request. */
export const statusEntities: readonly StatusEntity[] = [
	{
		heading: "Requests",
		subjects: ["seq_requests"],
		table: "seq_request",
		object: "seq_requests",
		statuses: Object.values(SeqRequestStatus),
	},
	{
		heading: "Files of requests",
		subjects: ["pdf_file", "img_file", "download_file", "media_files", "files", "xlsx_data"],
		table: "seq_request",
		object: "seq_requests",
		statuses: Object.values(SeqRequestStatus),
	},
	{
		heading: "Projects",
		subjects: ["projects"],
		table: "project",
		object: "projects",
		statuses: Object.values(ProjectStatus),
	},
	{
		heading: "Samples",
		subjects: ["samples"],
		table: "sample",
		object: "samples",
		statuses: Object.values(SampleStatus),
	},
	{
		heading: "Libraries",
		subjects: ["libraries"],
		table: "library",
		object: "libraries",
		statuses: Object.values(LibraryStatus),
	},
	{ heading: "Pools", subjects: ["pools"], table: "pool", object: "pools", statuses: Object.values(PoolStatus) },
];

/** Who tries. */
export const statusActors = ["requestor", "member", "technician", "admin"] as const satisfies readonly ActorName[];

/** The changing routes of one object of this kind. */
export function actionsOf(entity: StatusEntity, routes: readonly Route[]): readonly Route[] {
	return routes.filter(
		({ method, path }) =>
			["POST", "PUT", "PATCH", "DELETE"].includes(method) &&
			path.includes("/:id/") &&
			entity.subjects.includes(subjectOf(path)) &&
			!path.startsWith("/files/"),
	);
}

/** Where the world has to be changed before an action can succeed at all. */
const preparations: Readonly<Record<string, (tx: Tx, objects: WorldObjects) => Promise<unknown>>> = {
	"POST /projects/:id/delete/": (tx, { projects }) =>
		sql`delete from sample_library_link using sample where sample_id = sample.id and project_id = ${projects}`
			.execute(tx)
			.then(() => sql`delete from sample where project_id = ${projects}`.execute(tx)),
	"POST /pools/:id/delete/": (tx, { pools }) => sql`update library set pool_id = null where pool_id = ${pools}`.execute(tx),
	"POST /seq_requests/:id/qc/": (tx, { seq_requests, libraries }) =>
		sql`update seq_request set submission_type_id = ${SubmissionType.QC_ONLY.id} where id = ${seq_requests}`
			.execute(tx)
			.then(() => sql`update library set status_id = ${LibraryStatus.QC_PENDING.id} where id = ${libraries}`.execute(tx)),
	"POST /projects/:id/complete/": (tx, { libraries }) =>
		sql`update library set status_id = ${LibraryStatus.SHARED.id} where id = ${libraries}`.execute(tx),
};

/** Fields that a form does not come filled with. */
function chosenFields(name: string): Fields {
	const pdf = new File(["%PDF-1.4\n"], "report.pdf", { type: "application/pdf" });
	const chosen: Readonly<Record<string, Fields>> = {
		"POST /seq_requests/:id/submit/": { byMail: "on" },
		"POST /seq_requests/:id/process/": { responseId: "1" },
		"POST /seq_requests/:id/review/": { step: "check_contacts", done: "1" },
		"POST /seq_requests/:id/clone/": { method: "raw" },
		"POST /seq_requests/:id/qc/": { sheet: '{"columns":[],"rows":[]}' },
		"POST /seq_requests/:id/comment/": { text: "Please hurry" },
		"POST /seq_requests/:id/attach/": { typeId: "0", file: pdf },
		"POST /seq_requests/:id/share/": { email: "further@example.org" },
		"POST /pools/:id/measurements/": { concentration: "2", fragmentSize: "400" },
		"POST /projects/:id/sample_attributes/": { sheet: '{"columns":[],"rows":[]}' },
		"POST /projects/:id/data_paths/add/": { path: "/facility/processed/run_1/reads.txt" },
		"POST /projects/:id/share/": { furtherRecipient: "further@example.org" },
	};
	return chosen[name] ?? {};
}

/** What a form would send unchanged: the page of the same address, as an admin sees it; nothing when there is no such page. */
async function enteredFields(stage: Stage, route: Route, address: string): Promise<Fields> {
	const admin = stage.actors.get("admin");
	if (!admin) return {};
	const page = await stage.app.request(`http://localhost${address}`, { headers: admin.headers });
	return page.status === 200 && route.kind !== "api" ? formValues(await page.text()) : {};
}

/** What an actor gets from an action while the object is in a status. */
export async function outcomeInStatus(
	stage: Stage,
	route: Route,
	entity: StatusEntity,
	statusId: number,
	name: ActorName,
): Promise<Outcome> {
	const { app, isolated, world } = stage;
	const actor = requireActor(stage, name);
	const address = fillPath(route, world.own, namedValues(world, name, route.path));
	return isolated.isolate(async (tx) => {
		await preparations[routeName(route)]?.(tx, world.own);
		await sql`update ${sql.table(entity.table)} set status_id = ${statusId} where id = ${world.own[entity.object]}`.execute(tx);
		const entered = await enteredFields(stage, route, address);
		const fields = { ...entered, ...smallestFields(routeName(route), world.own), ...chosenFields(routeName(route)) };
		return classify(await call(app, actor, route, address, fields));
	});
}
