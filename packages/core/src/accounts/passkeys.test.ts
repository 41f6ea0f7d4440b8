import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { createTestServices, runAs } from "../testing.ts";
import { deletePasskey, listPasskeys, renamePasskey } from "./manage-passkeys.ts";
import { beginPasskeySignIn, type PasskeyContext, signInAnswer, signInWithPasskey } from "./passkey-sign-in.ts";
import { beginPasskeyRegistration, registerPasskey, registrationAnswer } from "./register-passkey.ts";
import { SoftwareAuthenticator, type Spoiled } from "./testing/software-authenticator.ts";

let database: TestDatabase;
let now = new Date("2026-03-01T10:00:00Z");
const services = createTestServices({ now: () => now });
const place = { origin: "http://localhost:5000", relyingParty: "localhost" };
const browser = "browser-of-the-test-0123456789abcdefghijklmn";

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

async function person(roleId: number = UserRole.CLIENT.id): Promise<Viewer> {
	const row = await createUser(database.db, { role_id: roleId });
	return { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId };
}

function begin(viewer: Viewer, browserToken = browser) {
	return runAs(database.db, viewer, services, (context) => beginPasskeyRegistration(context, { browserToken }));
}

function finish(viewer: Viewer, answer: unknown, browserToken: string | null = browser) {
	const parsed = registrationAnswer.parse(answer);
	return runAs(database.db, viewer, services, (context) => registerPasskey(context, { browserToken, answer: parsed }));
}

async function register(viewer: Viewer, aaguid?: string): Promise<SoftwareAuthenticator> {
	const authenticator = new SoftwareAuthenticator({ ...place, ...(aaguid ? { aaguid } : {}) });
	const { challenge } = await begin(viewer);
	await finish(viewer, authenticator.register(challenge));
	return authenticator;
}

function context(): PasskeyContext {
	return { db: database.db, requestId: "test", signIn: services.config.signIn, now };
}

async function signIn(authenticator: SoftwareAuthenticator, spoiled: Spoiled = {}) {
	const { challenge } = await beginPasskeySignIn(context(), browser);
	return signInWithPasskey(context(), browser, signInAnswer.parse(authenticator.signIn(challenge, spoiled)));
}

describe("registering a passkey", () => {
	it("asks for a discoverable credential with user verification and without attestation", async () => {
		const options = await begin(await person());
		expect(options.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" });
		expect(options.attestation).toBe("none");
		expect(options.rp.id).toBe("localhost");
	});

	it("names it after its authenticator, and plainly where that is unknown", async () => {
		const viewer = await person();
		await register(viewer, "fdb141b2-5d84-443e-8a35-4698c205a502");
		await register(viewer);
		expect((await listPasskeys(database.db, viewer.id)).map((passkey) => passkey.name)).toEqual(["KeePassXC", "Passkey"]);
	});

	it("excludes the ones that exist, and takes none twice", async () => {
		const viewer = await person();
		const authenticator = await register(viewer);
		const options = await begin(viewer);
		expect(options.excludeCredentials?.map((known) => known.id)).toEqual([authenticator.credentialId]);
		await expect(finish(viewer, authenticator.register(options.challenge))).rejects.toThrow("registered already");
	});

	it("counts a challenge once, for 10 minutes, in its browser and for its user", async () => {
		const viewer = await person();
		const other = await person();
		const authenticator = new SoftwareAuthenticator(place);
		const { challenge } = await begin(viewer);
		const answer = authenticator.register(challenge);
		const refused = "could not be added";
		await expect(finish(viewer, answer, null)).rejects.toThrow(refused);
		await expect(finish(viewer, answer, "another-browser-0123456789abcdefghijklmnopqr")).rejects.toThrow(refused);
		await expect(finish(other, answer)).rejects.toThrow(refused);
		await finish(viewer, answer);
		await expect(finish(viewer, answer)).rejects.toThrow(refused);

		const late = await begin(viewer);
		now = new Date(now.getTime() + 601_000);
		await expect(finish(viewer, new SoftwareAuthenticator(place).register(late.challenge))).rejects.toThrow(refused);
		expect(await listPasskeys(database.db, viewer.id)).toHaveLength(1);
		expect(await listPasskeys(database.db, other.id)).toHaveLength(0);
	});

	it.each<[string, Spoiled]>([
		["another origin", { origin: "https://evil.example" }],
		["another relying party", { relyingParty: "evil.example" }],
		["nobody verified", { unverified: true }],
	])("is refused for %s", async (_, spoiled) => {
		const viewer = await person();
		const { challenge } = await begin(viewer);
		await expect(finish(viewer, new SoftwareAuthenticator(place).register(challenge, spoiled))).rejects.toThrow(
			"could not be added",
		);
	});
});

describe("signing in with a passkey", () => {
	it("finds the account by itself, remembers the use and the counter", async () => {
		const viewer = await person();
		const authenticator = await register(viewer);
		expect(await signIn(authenticator)).toEqual({ kind: "right", userId: viewer.id });
		expect((await listPasskeys(database.db, viewer.id))[0]?.lastUsedAt).toEqual(now);
		expect((await signIn(authenticator, { counter: 1 })).kind).toBe("wrong");
		expect((await signIn(authenticator, { counter: 7 })).kind).toBe("right");
	});

	it.each<[string, Spoiled]>([
		["another origin", { origin: "https://evil.example" }],
		["another relying party", { relyingParty: "evil.example" }],
		["nobody verified, since it stands for both factors", { unverified: true }],
	])("is refused for %s", async (_, spoiled) => {
		const viewer = await person();
		expect(await signIn(await register(viewer), spoiled)).toEqual({ kind: "wrong", userId: viewer.id });
	});

	it("takes an answer once, and only from the browser that asked", async () => {
		const authenticator = await register(await person());
		const { challenge } = await beginPasskeySignIn(context(), browser);
		const answer = signInAnswer.parse(authenticator.signIn(challenge));
		expect((await signInWithPasskey(context(), "another-browser", answer)).kind).toBe("wrong");
		expect((await signInWithPasskey(context(), null, answer)).kind).toBe("wrong");
		const both = await Promise.all([1, 2].map(() => signInWithPasskey(context(), browser, answer)));
		expect(both.map((outcome) => outcome.kind).sort()).toEqual(["right", "wrong"]);
	});

	it("does not take a challenge of a registration", async () => {
		const viewer = await person();
		const authenticator = await register(viewer);
		const { challenge } = await begin(viewer);
		const answer = signInAnswer.parse(authenticator.signIn(challenge));
		expect((await signInWithPasskey(context(), browser, answer)).kind).toBe("wrong");
	});

	it("tells apart a passkey that was deleted", async () => {
		const viewer = await person();
		const authenticator = await register(viewer);
		const [passkey] = await listPasskeys(database.db, viewer.id);
		await runAs(database.db, viewer, services, (c) => deletePasskey(c, { userId: viewer.id, passkeyId: passkey?.id ?? 0 }));
		expect(await signIn(authenticator)).toEqual({ kind: "unknown" });
	});
});

describe("the list of passkeys", () => {
	it("is changed by its owner; an admin may delete but not rename", async () => {
		const viewer = await person();
		const other = await person();
		const admin = await person(UserRole.ADMIN.id);
		await register(viewer);
		const passkeyId = (await listPasskeys(database.db, viewer.id))[0]?.id ?? 0;
		const rename = (by: Viewer) => runAs(database.db, by, services, (c) => renamePasskey(c, { passkeyId, name: "Office" }));
		const remove = (by: Viewer) => runAs(database.db, by, services, (c) => deletePasskey(c, { userId: viewer.id, passkeyId }));
		await expect(rename(other)).rejects.toThrow("does not exist");
		await expect(rename(admin)).rejects.toThrow("does not exist");
		await rename(viewer);
		expect((await listPasskeys(database.db, viewer.id))[0]?.name).toBe("Office");
		await expect(remove(other)).rejects.toThrow("permission");
		await remove(admin);
		expect(await listPasskeys(database.db, viewer.id)).toEqual([]);
	});
});
