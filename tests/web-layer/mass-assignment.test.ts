// Whoever adds fields to a form changes nothing that the form does not have.
import type { Tx } from "@opengsync/db/transaction";
import type { Route } from "@opengsync/web/framework/route";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ActorName } from "../access/support/actors.ts";
import { call } from "../access/support/call.ts";
import { routeName } from "../access/support/role-matrix.ts";
import { allRoutes, openStage } from "../access/support/stage.ts";
import { addressIn } from "./support/address.ts";
import { findForm } from "./support/fill-form.ts";

let stage: Awaited<ReturnType<typeof openStage>>;

beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage?.close());

/** Columns that no form of a client has; ids are those of somebody else, statuses and roles the highest. */
function hostileFields(): Record<string, string> {
	const { stranger, admin } = stage.world.people;
	const { foreign } = stage.world;
	const columns: Record<string, string | number> = {
		id: Number(foreign.seq_requests),
		role_id: admin.roleId,
		status_id: 7,
		owner_id: stranger.id,
		requestor_id: stranger.id,
		user_id: stranger.id,
		group_id: Number(foreign.groups),
		project_id: Number(foreign.projects),
		seq_request_id: Number(foreign.seq_requests),
		pool_id: Number(foreign.pools),
		uploader_id: stranger.id,
		author_id: stranger.id,
		access_level: 100,
		created_utc: "2001-01-01T00:00:00Z",
		timestamp_submitted_utc: "2001-01-01T00:00:00Z",
		share_token_id: Number(stage.world.own.share_tokens),
		password: "hacked password 1",
		token_hash: "f".repeat(64),
		expired: "false",
		uuid: "00000000-0000-7000-8000-000000000000",
	};
	return Object.fromEntries(
		Object.entries(columns).flatMap(([name, value]) => {
			const camel = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
			return [name, camel, `${camel}[]`].map((each) => [each, String(value)]);
		}),
	);
}

const tables = [
	...["lims_user", "group", "user_affiliation", "seq_request", "project", "sample", "library", "pool", "experiment", "contact"],
	...[
		"media_file",
		"comment",
		"data_path",
		"api_token",
		"share_token",
		"share_path",
		"seq_request_delivery_email_link",
		"sequencer",
	],
	...["seq_request_assignee", "project_assignee", "sample_library_link", "lab_prep", "plate"],
];

/** Lets new rows of the next call have the same numbers as those of the last. */
async function restartNumbers(): Promise<void> {
	await sql`SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 50000)
		FROM pg_sequences WHERE schemaname = 'public' AND max_value > 50000`.execute(stage.database.ownerDb);
}

/** All rows but what differs from call to call: times, random tokens, salted hashes. */
async function dump(tx: Tx): Promise<Record<string, string[]>> {
	const { rows: known } = await sql<{
		name: string;
	}>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(tx);
	const present = new Set(known.map((row) => row.name));
	const result: Record<string, string[]> = {};
	for (const table of tables.filter((name) => present.has(name))) {
		const { rows } = await sql<{ row: Record<string, unknown> }>`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t`.execute(
			tx,
		);
		result[table] = rows.map(({ row }) => JSON.stringify(comparable(row))).sort();
	}
	return result;
}

function comparable(row: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => {
			if (/_utc$|_at$|timestamp/.test(name))
				return [name, typeof value === "string" && value.startsWith("2001") ? "HOSTILE" : value === null];
			if (/^(uuid|token_hash|token_sealed)$/.test(name))
				return [name, /^(f{64}|0{8}-0000)/.test(String(value)) ? "HOSTILE" : "random"];
			if (name === "password") return [name, "salted"];
			return [name, value];
		}),
	);
}

const forms = allRoutes.filter(
	(route) =>
		route.method === "POST" &&
		!["apiToken", "shareToken"].includes(route.policy.kind) &&
		allRoutes.some((other) => other.method === "GET" && other.path === route.path),
);

/** Opens a form, posts it as a browser would, with `extra` fields that it does not have; null where there is no form for the actor. */
async function submit(route: Route, name: ActorName, extra: Record<string, string>) {
	const actor = stage.actors.get(name);
	if (!actor) throw new Error(`There is no ${name}.`);
	const address = addressIn(stage.world, route, name);
	if (address === null) return null;
	await restartNumbers();
	return stage.isolated.isolate(async (tx) => {
		const page = await stage.app.request(`http://localhost${address}`, { headers: actor.headers });
		const form = page.status === 200 ? findForm(await page.text(), address) : null;
		if (!form) return null;
		const added = Object.fromEntries(Object.entries(extra).filter(([field]) => !form.names.has(field)));
		const { csrf_token: _, ...own } = form.fields;
		const response = await call(stage.app, actor, route, address, { ...own, ...added });
		return { status: response.status, rows: await dump(tx) };
	});
}

it.each(["requestor", "admin"] as const)("every form of a %s takes its own fields and no others", async (name) => {
	const accepted: string[] = [];
	const shown: string[] = [];
	for (const route of forms) {
		const honest = await submit(route, name, {});
		if (!honest) continue;
		shown.push(routeName(route));
		const hostile = await submit(route, name, hostileFields());
		expect([routeName(route), hostile?.status, hostile?.rows]).toEqual([routeName(route), honest.status, honest.rows]);
		if (honest.status === 303) accepted.push(routeName(route));
	}
	// The test would show nothing if the forms were refused anyway.
	const certain = ["POST /projects/new/", "POST /projects/:id/edit/", "POST /seq_requests/new/", "POST /seq_requests/:id/edit/"];
	expect(accepted).toEqual(expect.arrayContaining(certain));
	expect(accepted.length / shown.length).toBeGreaterThan(0.3);
});

it("compares what would show an intrusion", async () => {
	await stage.isolated.isolate(async (tx) => {
		const before = await dump(tx);
		const { stranger, requestor } = stage.world.people;
		await tx.updateTable("project").set({ owner_id: stranger.id }).where("owner_id", "=", requestor.id).execute();
		expect(await dump(tx)).not.toEqual(before);
	});
});
