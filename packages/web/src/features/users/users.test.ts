import type { Viewer } from "@opengsync/core/context";
import { hashToken } from "@opengsync/core/shared/token-hash";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokenWith } from "../../framework/policy.ts";
import { defineRoute } from "../../framework/route.ts";
import { browserOf, createTestApp, createTestUser, testPassword } from "../../framework/testing/test-app.ts";
import { userRoutes } from "./routes.tsx";

const { ADMIN, TECHNICIAN, CLIENT, DEACTIVATED, TEMPORARY } = UserRole;

let database: TestDatabase;
let app: Hono;
let admin: Viewer;
let technician: Viewer;

const byToken = defineRoute({
	method: "POST",
	path: "/api/v1/demo/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Needs a token",
	handler: (exchange) => exchange.json({ done: true }),
});

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: [...userRoutes, byToken] });
	admin = await createTestUser(database.db, ADMIN.id);
	technician = await createTestUser(database.db, TECHNICIAN.id);
});
afterAll(() => database.drop());

const person = (roleId: number) => createTestUser(database.db, roleId);
const browserFor = (user: Viewer) => browserOf(app, database.db, user);
const rowOf = (id: number) =>
	database.db
		.selectFrom("lims_user")
		.select(["first_name", "last_name", "email", "role_id"])
		.where("id", "=", id)
		.executeTakeFirstOrThrow();

async function giveToken(user: Viewer): Promise<() => Promise<number>> {
	const token = `token-of-user-${user.id}-0123456789abcdef`;
	await database.db
		.insertInto("api_token")
		.values({ token_hash: hashToken(token), time_valid_min: 60, owner_id: user.id })
		.execute();
	const headers = { authorization: `Bearer ${token}` };
	return async () => (await app.request("/api/v1/demo/", { method: "POST", headers })).status;
}

/** Labels of the menu *Manage*. */
async function menu(viewer: Viewer, user: Viewer): Promise<string[]> {
	const page = await (await (await browserFor(viewer)).get(`/users/${user.id}/`)).text();
	const labels = ["Edit User", "Change Password", "Change E-mail", "Reset Password", "Activate Account", "Sign Out Everywhere"];
	return labels.filter((label) => page.includes(`${label}<`));
}

describe("the menu of a user", () => {
	it("offers what the viewer may do, and nothing else", async () => {
		const client = await person(CLIENT.id);
		const deactivated = await person(DEACTIVATED.id);
		const own = ["Edit User", "Change Password", "Change E-mail", "Reset Password", "Sign Out Everywhere"];
		expect(await menu(client, client)).toEqual(own);
		expect(await menu(technician, client)).toEqual([]);
		const page = await (await browserFor(technician)).get(`/users/${client.id}/`);
		expect(await page.text()).not.toContain("<summary");
		expect(await menu(technician, deactivated)).toEqual(["Activate Account"]);
		expect(await menu(admin, client)).toEqual(["Edit User", "Change E-mail", "Reset Password", "Sign Out Everywhere"]);
	});

	it("has no address that answers to others", async () => {
		const client = await person(CLIENT.id);
		const stranger = await browserFor(await person(CLIENT.id));
		const staff = await browserFor(technician);
		for (const path of ["edit", "password", "email", "send_reset_mail", "activate", "sign_out_everywhere"]) {
			expect((await stranger.post(`/users/${client.id}/${path}/`)).status, path).toBe(403);
			expect((await staff.post(`/users/${client.id}/${path}/`)).status, path).toBe(path === "activate" ? 400 : 403);
		}
		for (const path of ["edit", "password", "email"]) {
			expect((await stranger.get(`/htmx/users/${client.id}/${path}`, { fragment: true })).status, path).toBe(403);
			expect((await staff.get(`/users/${client.id}/${path}/`)).status, path).toBe(403);
			expect((await staff.get(`/users/999999/${path}/`)).status, path).toBe(404);
		}
		expect((await (await browserFor(admin)).get(`/users/${client.id}/password/`)).status).toBe(403);
	});
});

describe("editing a user", () => {
	it("ignores role, address and number sent by somebody who may not change them", async () => {
		const user = await person(CLIENT.id);
		const browser = await browserFor(user);
		const attack = {
			roleId: String(ADMIN.id),
			role_id: String(ADMIN.id),
			role: "1",
			email: "x@example.org",
			id: String(admin.id),
		};
		const saved = await browser.post(`/users/${user.id}/edit/`, { firstName: "Ada", lastName: "Example", ...attack });
		expect(saved.headers.get("location")).toBe(`/users/${user.id}/`);
		expect(await rowOf(user.id)).toEqual({ first_name: "Ada", last_name: "Example", email: user.email, role_id: CLIENT.id });
		expect((await rowOf(admin.id)).first_name).toBe("Demo");
		expect(await (await browser.get(`/users/${user.id}/edit/`)).text()).not.toContain('name="roleId"');
	});

	it("gives no role that is not offered", async () => {
		const user = await person(CLIENT.id);
		const browser = await browserFor(admin);
		for (const roleId of [TEMPORARY.id, 99, "x"]) {
			const answer = await browser.post(`/users/${user.id}/edit/`, { firstName: "A", lastName: "B", roleId: String(roleId) });
			expect(answer.status).toBe(422);
		}
		expect((await rowOf(user.id)).role_id).toBe(CLIENT.id);
	});

	it("ends session and API token of who is deactivated with the next request (§19 case 14)", async () => {
		const user = await person(TECHNICIAN.id);
		const browser = await browserFor(user);
		const call = await giveToken(user);
		expect([(await browser.get(`/users/${user.id}/`)).status, await call()]).toEqual([200, 200]);
		const fields = { firstName: "A", lastName: "B", roleId: String(DEACTIVATED.id) };
		expect((await (await browserFor(admin)).post(`/users/${user.id}/edit/`, fields)).status).toBe(303);
		const next = await browser.get(`/users/${user.id}/`);
		expect(next.headers.get("location")).toContain("/auth/auth/?next=");
		expect(await call()).toBe(403);
		const signIn = await browser.signIn(user.email, testPassword);
		expect(await signIn.text()).toContain("This account is deactivated.");
	});

	it("lets an admin step down while another is there, and leads to the sign-in page", async () => {
		const leaving = await person(ADMIN.id);
		const browser = await browserFor(leaving);
		const fields = { firstName: "A", lastName: "B", roleId: String(DEACTIVATED.id) };
		expect((await browser.post(`/users/${leaving.id}/edit/`, fields)).status).toBe(303);
		expect((await browser.get(`/users/${leaving.id}/`)).headers.get("location")).toContain("/auth/auth/");
		await database.db
			.updateTable("lims_user")
			.set({ role_id: CLIENT.id })
			.where("role_id", "=", ADMIN.id)
			.where("id", "!=", admin.id)
			.execute();
		const last = await browserFor(admin);
		expect(await (await last.get(`/users/${admin.id}/edit/`)).text()).toContain("You are the only admin");
		await last.post(`/users/${admin.id}/edit/`, fields);
		expect((await rowOf(admin.id)).role_id).toBe(ADMIN.id);
	});

	it("takes the API from staff that becomes a client (§19 case 15)", async () => {
		const user = await person(TECHNICIAN.id);
		const call = await giveToken(user);
		expect(await call()).toBe(200);
		const fields = { firstName: "A", lastName: "B", roleId: String(CLIENT.id) };
		await (await browserFor(admin)).post(`/users/${user.id}/edit/`, fields);
		expect(await call()).toBe(403);
	});
});

describe("sessions of a user", () => {
	it("end one by one by signing out, and all at once everywhere (§19 case 14a)", async () => {
		const user = await person(CLIENT.id);
		const page = `/users/${user.id}/`;
		const [one, two, three] = [await browserFor(user), await browserFor(user), await browserFor(user)];
		await one.post("/auth/sign_out/");
		expect([(await one.get(page)).status, (await two.get(page)).status]).toEqual([302, 200]);
		const everywhere = await two.post(`${page}sign_out_everywhere/`);
		expect(everywhere.headers.get("location")).toBe("/auth/auth/");
		expect([(await two.get(page)).status, (await three.get(page)).status]).toEqual([302, 302]);
	});

	it("end by an admin, but not those of a person whose number only begins alike (§19 case 19)", async () => {
		const user = await person(CLIENT.id);
		await sql`SELECT setval(pg_get_serial_sequence('lims_user', 'id'), ${user.id * 10})`.execute(database.ownerDb);
		const alike = await person(CLIENT.id);
		expect(String(alike.id).startsWith(String(user.id))).toBe(true);
		const [browser, neighbour] = [await browserFor(user), await browserFor(alike)];
		await (await browserFor(admin)).post(`/users/${user.id}/sign_out_everywhere/`);
		expect((await browser.get(`/users/${user.id}/`)).status).toBe(302);
		expect((await neighbour.get(`/users/${alike.id}/`)).status).toBe(200);
	});

	it("go on here and end elsewhere when the password changes", async () => {
		const user = await person(TECHNICIAN.id);
		const [here, elsewhere] = [await browserFor(user), await browserFor(user)];
		const call = await giveToken(user);
		const address = `/users/${user.id}/password/`;
		const fields = { currentPassword: testPassword, password: "an other password", repetition: "an other password" };
		expect(await (await here.get(address)).text()).toContain("revokes the API tokens");
		const wrong = await here.post(address, { ...fields, currentPassword: "wrong" });
		expect([wrong.status, await call()]).toEqual([422, 200]);
		expect(await wrong.text()).toContain("This is not your present password.");
		expect((await here.post(address, fields)).status).toBe(303);
		expect(await (await here.get(`/users/${user.id}/`)).text()).toContain("One API token was revoked.");
		expect((await elsewhere.get(`/users/${user.id}/`)).status).toBe(302);
		expect(await call()).toBe(403);
	});
});

it("lets nobody guess the present password at a browser that was left open", async () => {
	const user = await person(CLIENT.id);
	const browser = await browserFor(user);
	const fields = { password: "an other password", repetition: "an other password" };
	const attempt = (currentPassword: string) => browser.post(`/users/${user.id}/password/`, { ...fields, currentPassword });
	for (let guess = 0; guess < 10; guess++) await attempt(`guess ${guess}`);
	expect((await attempt(testPassword)).status).toBe(422);
});

describe("a new user", () => {
	it("is added by staff only, with the roles that they may give", async () => {
		const client = await browserFor(await person(CLIENT.id));
		expect((await client.get("/users/new/")).status).toBe(403);
		expect((await client.post("/users/new/", { email: "a@example.org", roleId: "1" })).status).toBe(403);
		const staff = await browserFor(technician);
		const form = await (await staff.get("/htmx/users/new", { fragment: true })).text();
		expect([...form.matchAll(/<option value="(\d+)"/g)].map((match) => Number(match[1])).sort()).toEqual(
			[CLIENT.id, DEACTIVATED.id].sort(),
		);
		expect((await staff.post("/users/new/", { email: "a@example.org", roleId: String(ADMIN.id) })).status).toBe(422);
		expect((await staff.post("/users/new/", { email: "a@example.org", roleId: String(CLIENT.id) })).headers.get("location")).toBe(
			"/users/",
		);
		const known = await staff.post("/users/new/", { email: admin.email.toUpperCase(), roleId: String(CLIENT.id) });
		expect(await known.text()).toContain("There is already an account");
	});

	it("who never signs in gets a name and no mail, and may be activated later", async () => {
		const staff = await browserFor(technician);
		const fields = { email: "Guest@example.org", roleId: String(DEACTIVATED.id) };
		expect((await staff.post("/users/new/", fields)).status).toBe(422);
		const created = await staff.post("/users/new/", { ...fields, firstName: "Guest", lastName: "Person" });
		const page = created.headers.get("location") ?? "";
		expect(page).toMatch(/^\/users\/\d+\/$/);
		const countMails = async () =>
			(await sql`SELECT FROM mail WHERE recipients = '{guest@example.org}'`.execute(database.db)).rows.length;
		expect(await countMails()).toBe(0);
		expect((await staff.post(`${page}activate/`)).headers.get("location")).toBe(page);
		expect(await countMails()).toBe(1);
		expect((await staff.post(`${page}activate/`)).status).toBe(400);
	});
});
