import type { Db } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Services, Viewer } from "../../context.ts";
import { createTestServices } from "../../testing.ts";
import type { AccountContext } from "../account-context.ts";
import { hashPassword } from "../passwords.ts";

/** Password of all people of a trial. */
export const oldPassword = "the old password";

/** A password as a form sends it. */
export const newPassword = { password: "a new password", repetition: "a new password" };

/** A mail as it waits in the outbox. */
export interface WaitingMail {
	readonly recipients: string[];
	readonly subject: string;
	readonly text: string;
}

/** A database, a clock and an outbox to try accounts out. */
export class AccountTrial {
	/** Time of the services; every test begins at the same. */
	now = new Date(0);
	readonly services: Services = createTestServices({ now: () => this.now });
	/** The same where only example.org may register. */
	readonly limited: Services = {
		...this.services,
		config: { ...this.services.config, emailDomainWhiteList: ["example.org"] },
	};
	private readonly database: TestDatabase;
	private readonly passwordHash: string;
	private rows = 0;

	constructor(database: TestDatabase, passwordHash: string) {
		this.database = database;
		this.passwordHash = passwordHash;
	}

	get db(): Db {
		return this.database.db;
	}

	get ownerDb(): Db {
		return this.database.ownerDb;
	}

	anonymous(overrides: Partial<AccountContext> = {}): AccountContext {
		const actor = { userId: null, impersonatorId: null, via: "web", requestId: "test" } as const;
		return { db: this.db, services: this.services, actor, ...overrides };
	}

	async person(roleId: number, values: { email?: string; password?: string } = {}): Promise<Viewer> {
		const user = await createUser(this.db, { role_id: roleId, password: this.passwordHash, ...values });
		return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
	}

	userRow(id: number) {
		return this.db.selectFrom("lims_user").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
	}

	/** Empties the outbox. @returns what waited, oldest first */
	async takeMails(): Promise<WaitingMail[]> {
		const { rows } = await sql<WaitingMail>`SELECT recipients, subject, text FROM mail ORDER BY id`.execute(this.db);
		await sql`DELETE FROM mail`.execute(this.db);
		return rows;
	}

	/** The token of the only mail that waits. */
	async takeToken(): Promise<string> {
		const mails = await this.takeMails();
		const token = /\/auth\/\w+\/([\w-]+)\//.exec(mails[0]?.text ?? "")?.[1];
		if (mails.length !== 1 || !token) throw new Error(`${mails.length} mails wait, or one without a link`);
		return token;
	}

	/** Signs a user in and gives an API token and a passkey. @returns number of the session */
	async giveAccess(userId: number): Promise<number> {
		this.rows += 1;
		const name = `${userId}-${this.rows}`;
		const session = { token_hash: name, user_id: userId, csrf_secret: "x", expires_at: new Date("2099-01-01") };
		const { id } = await this.db.insertInto("session").values(session).returning("id").executeTakeFirstOrThrow();
		await this.db.insertInto("api_token").values({ owner_id: userId, token_hash: name, time_valid_min: 60 }).execute();
		const passkey = { user_id: userId, credential_id: name, public_key: Buffer.from("key"), name: "Key" };
		await this.db.insertInto("passkey").values(passkey).execute();
		return id;
	}

	/** Number of sessions, usable API tokens and passkeys of a user. */
	async accessOf(userId: number) {
		const { rows } = await sql<{ sessions: number; tokens: number; passkeys: number }>`SELECT
			(SELECT count(*)::int FROM session WHERE user_id = ${userId}) AS sessions,
			(SELECT count(*)::int FROM api_token WHERE owner_id = ${userId} AND NOT expired) AS tokens,
			(SELECT count(*)::int FROM passkey WHERE user_id = ${userId}) AS passkeys`.execute(this.db);
		return rows[0];
	}
}

/** Runs the tests of a file with one trial; `use` gets it before the first. */
export function tryAccounts(use: (trial: AccountTrial) => void): void {
	let trial: AccountTrial;
	let database: TestDatabase;
	beforeAll(async () => {
		database = await createTestDatabase();
		trial = new AccountTrial(database, await hashPassword(oldPassword));
		use(trial);
	});
	beforeEach(async () => {
		trial.now = new Date("2026-03-01T10:00:00Z");
		await trial.takeMails();
	});
	afterAll(() => database.drop());
}
