import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createLibrary, createProject, createRequest, createSample, createUser } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { DataPathType, LibraryStatus, MediaFileType, ProjectStatus, UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../config.ts";
import type { CommandContext, Services, Viewer } from "../context.ts";
import { BadRequestError, InvalidInputError, MailRefusedError, NotFoundError } from "../errors.ts";
import { deleteMediaFile } from "../files/delete-media-file.ts";
import { createDirectoryFileStore } from "../files/directory-file-store.ts";
import { withFileChanges } from "../files/file-changes.ts";
import { storeMediaFile } from "../files/store-media-file.ts";
import { createCaptureTransport } from "../mail/capture-transport.ts";
import { enqueueMail, sendPendingMail } from "../mail/outbox.ts";
import type { MailMessage } from "../mail/transport.ts";
import { associateDataPath } from "./associate-data-path.ts";
import { toHostPath, toSharePath } from "./host-paths.ts";
import { releaseProjectData } from "./release-project-data.ts";
import { removeDataPaths } from "./remove-data-paths.ts";
import { revokeShare } from "./revoke-share.ts";
import { findShare, openSealedToken, sealShareToken } from "./tokens.ts";

let database: TestDatabase;
let base: string;
let viewer: Viewer;
let services: Services;
let sent: MailMessage[];
let refuses = false;

const run = <Result>(work: (context: CommandContext) => Promise<Result>, as: Services = services) => {
	const actor = { userId: viewer.id, impersonatorId: null, via: "web", requestId: "test" } as const;
	return transact(database.db, actor, (tx) => work({ tx, actor, viewer, services: as }));
};

beforeAll(async () => {
	database = await createTestDatabase();
	base = await mkdtemp(path.join(os.tmpdir(), "sharing-"));
	await mkdir(path.join(base, "share/PROCESSED/p1/sub"), { recursive: true });
	await writeFile(path.join(base, "share/PROCESSED/p1/report.PDF"), "x");
	await symlink("/etc", path.join(base, "share/PROCESSED/out"));
	const config = {
		...loadConfig({ dataFolder: base, port: 5000, secretKey: "a key for tests only", environment: {} }),
		organization: "Test <Lab>",
		sharePathMapping: { PROCESSED: "/projects", DEEP: "/projects/deep/" },
	};
	const user = await createUser(database.db, { role_id: UserRole.BIOINFORMATICIAN.id });
	viewer = { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId: user.role_id };
	services = {
		config,
		files: createDirectoryFileStore(config.mediaFolder),
		mail: {
			captures: true,
			deliver: async (message) => {
				if (refuses) throw new Error("550 no");
				sent.push(message);
			},
		},
		now: () => new Date(),
	};
});
beforeEach(() => {
	sent = [];
	refuses = false;
});
afterAll(async () => {
	await database.drop();
	await rm(base, { recursive: true, force: true });
});

describe("a sealed token", () => {
	it("can be shown again only with the key, and unaltered", () => {
		const sealed = sealShareToken("key", "token");
		expect(openSealedToken("key", sealed)).toBe("token");
		expect(openSealedToken("other key", sealed)).toBeNull();
		expect(openSealedToken("key", `A${sealed.slice(1, -1)}${sealed.endsWith("A") ? "B" : "A"}`)).toBeNull();
		expect(openSealedToken("key", "")).toBeNull();
	});
});

describe("paths", () => {
	it("are translated by the longest prefix and back", () => {
		expect(toSharePath(services.config, "/projects//x/../p1/")).toBe("PROCESSED/p1");
		expect(toSharePath(services.config, "/projects/deep/er")).toBe("DEEP/er");
		expect(toHostPath(services.config, "DEEP/er")).toBe("/projects/deep/er");
		expect(toHostPath(services.config, "OTHER/er")).toBeNull();
		for (const bad of ["/projects", "/projects/deep", "/projectsx/a", "projects/a", "/projects/../etc"]) {
			expect(() => toSharePath(services.config, bad)).toThrow(BadRequestError);
		}
	});
	it("are linked once per object, with a type that fits, and unlinked", async () => {
		const project = await createProject(database.db);
		const targets = { projectId: project.id };
		const add = (sharePath: string, typeId?: number) =>
			run((context) => associateDataPath(context, { sharePath, targets, typeId: typeId ?? null }));
		expect(await add("PROCESSED/p1/report.PDF")).toMatchObject({ typeId: DataPathType.PDF.id, created: 1 });
		expect(await add("PROCESSED/p1/report.PDF", DataPathType.CUSTOM.id)).toMatchObject({
			typeId: DataPathType.CUSTOM.id,
			created: 0,
		});
		expect(await add("PROCESSED/p1/sub")).toMatchObject({ typeId: DataPathType.DIRECTORY.id, created: 1 });
		await expect(add("PROCESSED/p1/sub", DataPathType.PDF.id)).rejects.toBeInstanceOf(BadRequestError);
		await expect(add("PROCESSED/missing")).rejects.toBeInstanceOf(NotFoundError);
		await expect(add("PROCESSED/out/passwd")).rejects.toBeInstanceOf(BadRequestError);
		await expect(run((context) => associateDataPath(context, { sharePath: "PROCESSED/p1", targets: {} }))).rejects.toBeInstanceOf(
			BadRequestError,
		);
		expect(await run((context) => removeDataPaths(context, targets))).toEqual([
			{ sharePath: "PROCESSED/p1/report.PDF", hostPath: "/projects/p1/report.PDF", exists: true },
			{ sharePath: "PROCESSED/p1/sub", hostPath: "/projects/p1/sub", exists: true },
		]);
		await expect(run((context) => removeDataPaths(context, { libraryId: 999_999 }))).rejects.toBeInstanceOf(NotFoundError);
	});
});

describe("releasing a project's data", () => {
	const options = {
		internalAccess: true,
		timeValidMin: 60,
		anonymousSend: false,
		markProjectDelivered: null,
		comment: "<b>hello</b>",
	};
	async function prepare(libraryStatusId: number = LibraryStatus.SEQUENCED.id) {
		const request = await createRequest(database.db);
		const project = await createProject(database.db);
		const sample = await createSample(database.db, { project_id: project.id });
		const library = await createLibrary(database.db, { seq_request_id: request.id, status_id: libraryStatusId });
		await sql`INSERT INTO sample_library_link (sample_id, library_id) VALUES (${sample.id}, ${library.id}) ON CONFLICT DO NOTHING`.execute(
			database.db,
		);
		await sql`INSERT INTO seq_request_delivery_email_link (seq_request_id, email) VALUES (${request.id}, 'Client@Example.org')`.execute(
			database.db,
		);
		await run((context) => associateDataPath(context, { sharePath: "PROCESSED/p1/sub", targets: { projectId: project.id } }));
		await run((context) => associateDataPath(context, { sharePath: "PROCESSED/p1", targets: { projectId: project.id } }));
		const state = async () => {
			const { rows } = await sql<{ project: number; library: number; delivery: number }>`
				SELECT (SELECT status_id FROM project WHERE id = ${project.id}) AS project, (SELECT status_id FROM library WHERE id = ${library.id}) AS library,
					(SELECT status_id FROM seq_request_delivery_email_link WHERE seq_request_id = ${request.id}) AS delivery`.execute(
				database.db,
			);
			return rows[0];
		};
		return { projectId: project.id, state };
	}

	it("sends a link that works, ends the previous one, and moves the statuses", async () => {
		const { projectId, state } = await prepare();
		const first = await run((context) => releaseProjectData(context, { ...options, projectId, recipients: null }));
		const second = await run((context) =>
			releaseProjectData(context, {
				...options,
				projectId,
				recipients: ["client@example.org", " CLIENT@example.org", "b@example.org"],
			}),
		);
		expect(second.recipients).toEqual(["client@example.org", "b@example.org"]);
		expect(await findShare(database.db, first.token)).toEqual({ state: "expired" });
		expect(await findShare(database.db, second.token)).toMatchObject({ state: "valid", sharedPaths: ["PROCESSED/p1"] });
		expect(await findShare(database.db, second.token, new Date(Date.now() + 3_600_001))).toEqual({ state: "expired" });
		expect(await findShare(database.db, `${second.token}x`)).toEqual({ state: "unknown" });
		expect(await state()).toEqual({ project: ProjectStatus.DELIVERED.id, library: LibraryStatus.SHARED.id, delivery: 1 });
		expect(sent[1]?.subject).toBe(`[P${projectId}]: Test <Lab> Shared Project Data`);
		expect(sent[1]?.text).toContain(`/files/webdav/share/${second.token}/`);
		expect(sent[1]?.text).toContain("/projects/p1");
		expect(sent[1]?.html).toContain("&lt;b&gt;hello&lt;/b&gt;");
		const { rows } = await sql<{
			token_hash: string;
			token_sealed: string;
		}>`SELECT token_hash, token_sealed FROM share_token`.execute(database.db);
		expect(JSON.stringify(rows)).not.toContain(second.token);
	});

	it("changes nothing when the mail server refuses", async () => {
		const { projectId, state } = await prepare();
		const first = await run((context) =>
			releaseProjectData(context, { ...options, projectId, recipients: ["x@example.org"], markProjectDelivered: false }),
		);
		await sql`UPDATE library SET status_id = ${LibraryStatus.SEQUENCED.id}`.execute(database.db);
		const before = await state();
		refuses = true;
		const attempt = run((context) => releaseProjectData(context, { ...options, projectId, recipients: null }));
		await expect(attempt).rejects.toBeInstanceOf(MailRefusedError);
		expect(await findShare(database.db, first.token)).toMatchObject({ state: "valid" });
		expect(await state()).toEqual(before);
	});

	it("leaves the project as it is while a library is unfinished, or when told so", async () => {
		const { projectId, state } = await prepare(LibraryStatus.POOLED.id);
		const before = await state();
		await run((context) => releaseProjectData(context, { ...options, projectId, recipients: ["x@example.org"] }));
		expect(await state()).toEqual(before);
	});

	it("is refused without paths, recipients or valid addresses", async () => {
		const { projectId } = await prepare();
		const empty = await createProject(database.db);
		const attempt = (id: number, recipients: string[] | null) =>
			run((context) => releaseProjectData(context, { ...options, projectId: id, recipients }));
		await expect(attempt(empty.id, ["x@example.org"])).rejects.toThrow("no data paths");
		await expect(attempt(projectId, [])).rejects.toThrow("No recipients");
		await expect(attempt(projectId, ["no address"])).rejects.toThrow("not a valid");
		await expect(attempt(999_999, null)).rejects.toBeInstanceOf(NotFoundError);
		expect(sent).toEqual([]);
	});

	it("can be revoked by the sender", async () => {
		const { projectId } = await prepare();
		const { token } = await run((context) => releaseProjectData(context, { ...options, projectId, recipients: null }));
		const found = await findShare(database.db, token);
		await run((context) => revokeShare(context, { shareTokenId: found.state === "valid" ? found.id : 0 }));
		expect(await findShare(database.db, token)).toEqual({ state: "expired" });
	});
});

describe("the outbox", () => {
	it("sends what was committed, once, and tries refused mails five times", async () => {
		await database.db.deleteFrom("mail").execute();
		const message = { to: ["a@example.org"], subject: "s", html: "<p>secret</p>", text: "secret" };
		const id = await run((context) => enqueueMail(context.tx, message));
		refuses = true;
		for (let attempt = 1; attempt < 5; attempt += 1)
			expect(await sendPendingMail(database.db, services.mail)).toEqual({ sent: 0, refused: 1 });
		refuses = false;
		expect(await sendPendingMail(database.db, { deliver: services.mail.deliver })).toEqual({ sent: 1, refused: 0 });
		expect(await sendPendingMail(database.db, createCaptureTransport())).toEqual({ sent: 0, refused: 0 });
		expect(sent).toEqual([message]);
		const { rows } = await sql`SELECT status, html, attempts FROM mail WHERE id = ${id}`.execute(database.db);
		expect(rows).toEqual([{ status: "sent", html: "", attempts: 5 }]);
	});
});

describe("an attached file", () => {
	const pdf = new TextEncoder().encode("%PDF-1.7 form");
	const attach = (
		seqRequestId: number,
		fileName: string,
		content: Uint8Array,
		typeId: 0 | 1 = MediaFileType.CUSTOM.id,
		fails = false,
	) =>
		withFileChanges(services.files, (changes) =>
			run(async (context) => {
				const target = { kind: "seqRequest", id: seqRequestId } as const;
				const stored = await storeMediaFile(context, { typeId, target, file: { fileName, content }, comment: "note" }, changes);
				if (fails) throw new Error("later");
				return stored;
			}),
		);
	const filesIn = (folder: string) => readdir(path.join(services.config.mediaFolder, folder)).catch(() => []);

	it("is kept as it came, and goes with its row", async () => {
		const request = await createRequest(database.db);
		const { id, uuid } = await attach(request.id, `${"n".repeat(80)}.PDF`, pdf, MediaFileType.SEQ_AUTH_FORM.id);
		expect(await filesIn("seq_auth_forms")).toEqual([`${uuid}.pdf`]);
		const { rows } = await sql`SELECT name, extension, size_bytes FROM media_file WHERE id = ${id}`.execute(database.db);
		expect(rows).toEqual([{ name: "n".repeat(64), extension: ".pdf", size_bytes: pdf.length }]);
		await expect(attach(request.id, "b.pdf", pdf, MediaFileType.SEQ_AUTH_FORM.id)).rejects.toThrow("delete it first");
		const remove = (target: number) =>
			withFileChanges(services.files, (changes) =>
				run((context) => deleteMediaFile(context, { id, target: { kind: "seqRequest", id: target } }, changes)),
			);
		await expect(remove((await createRequest(database.db)).id)).rejects.toBeInstanceOf(NotFoundError);
		await remove(request.id);
		expect(await filesIn("seq_auth_forms")).toEqual([]);
	});

	it("leaves nothing behind when the transaction fails", async () => {
		const request = await createRequest(database.db);
		await expect(attach(request.id, "a.pdf", pdf, MediaFileType.CUSTOM.id, true)).rejects.toThrow("later");
		expect(await filesIn("etc")).toEqual([]);
	});

	it.each([
		["html as pdf", "a.pdf", new TextEncoder().encode("<html>")],
		["too large", "a.csv", new Uint8Array(5 * 1_048_576 + 1).fill(65)],
		["text with NUL", "a.tsv", new Uint8Array([65, 0, 66])],
		["unknown extension", "a.exe", pdf],
		["no extension", "pdf", pdf],
		["empty", "a.pdf", new Uint8Array()],
	])("is refused: %s", async (_what, fileName, content) => {
		const request = await createRequest(database.db);
		await expect(attach(request.id, fileName, content)).rejects.toBeInstanceOf(InvalidInputError);
		expect(await filesIn("etc")).toEqual([]);
	});

	it("never overwrites another", async () => {
		await services.files.write("etc", "x.pdf", pdf);
		await expect(services.files.write("etc", "x.pdf", pdf)).rejects.toThrow("EEXIST");
		await expect(services.files.write("..", "x.pdf", pdf)).rejects.toThrow("Not a name");
		await services.files.remove("etc", "x.pdf");
		await services.files.remove("etc", "x.pdf");
		expect(await services.files.read("etc", "x.pdf")).toBeNull();
	});
});
