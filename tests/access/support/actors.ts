import { createHash } from "node:crypto";
import type { Db } from "@opengsync/db/connection";
import { UserRole } from "@opengsync/domain/catalog";
import { TestBrowser } from "@opengsync/web/framework/testing/browser";
import { browserOf } from "@opengsync/web/framework/testing/test-app";
import type { Hono } from "hono";
import type { World } from "./world.ts";

/** The columns of the matrix. */
export const actorNames = [
	"anonymous",
	"deactivated",
	"stranger",
	"requestor",
	"member",
	"manager",
	"owner",
	"technician",
	"bioinformatician",
	"admin",
	"link",
	"api-read",
	"api-write",
	"api-pipeline",
] as const;

/** Somebody who calls. */
export type ActorName = (typeof actorNames)[number];

/** Who calls, as the server gets to know it. */
export interface Actor {
	readonly name: ActorName;
	readonly headers: Readonly<Record<string, string>>;
	/** Token against forgery that fits the headers. */
	readonly csrfToken: string;
}

/** Scopes of API tokens. */
const scopes = ["read", "write", "pipeline"] as const;

function asActor(name: ActorName, browser: TestBrowser, headers: Readonly<Record<string, string>> = {}): Actor {
	const cookie = [...browser.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
	return { name, headers: { cookie, ...headers }, csrfToken: browser.csrfToken };
}

/**
 * Signs everybody in. `link` holds a share link and sends its token along everywhere; the owner of the API tokens is the technician;
 * the session of `deactivated` was begun before the account was closed.
 */
export async function createActors(app: Hono, db: Db, world: World): Promise<ReadonlyMap<ActorName, Actor>> {
	const actors = new Map<ActorName, Actor>();
	const add = (actor: Actor) => actors.set(actor.name, actor);
	for (const [name, viewer] of Object.entries(world.people)) {
		const known = actorNames.find((candidate) => candidate === name);
		if (known) add(asActor(known, await browserOf(app, db, viewer)));
	}
	const { deactivated, technician } = world.people;
	await db.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", deactivated.id).execute();
	const nobody = new TestBrowser(app);
	await nobody.get("/auth/auth/");
	add(asActor("anonymous", nobody));
	add(asActor("link", nobody, { authorization: `Bearer ${world.shareToken}` }));
	const closed = actors.get("deactivated");
	// The closed session counts no more, hence the token of the browser's cookie: the same as nobody's.
	if (closed) {
		const cookie = [closed.headers.cookie, asActor("anonymous", nobody).headers.cookie].join("; ");
		add({ ...closed, headers: { cookie }, csrfToken: nobody.csrfToken });
	}
	for (const scope of scopes) {
		const token = `access-test-token-${scope}-0123456789abcdef`;
		await db
			.insertInto("api_token")
			.values({
				owner_id: technician.id,
				time_valid_min: 60,
				token_hash: createHash("sha256").update(token).digest("hex"),
				scopes: [scope],
				name: scope,
			})
			.execute();
		add(asActor(`api-${scope}`, nobody, { authorization: `Bearer ${token}` }));
	}
	return actors;
}
