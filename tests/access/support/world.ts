import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { startAnnotation } from "@opengsync/core/annotation/annotation-run";
import { loadConfig } from "@opengsync/core/config";
import type { Services, Viewer } from "@opengsync/core/context";
import { createCaptureTransport } from "@opengsync/core/mail/capture-transport";
import { createShareToken } from "@opengsync/core/sharing/tokens";
import { runAs } from "@opengsync/core/testing";
import type { Db } from "@opengsync/db/connection";
import { createGroup } from "@opengsync/db/testing/factories";
import { AffiliationType, UserRole } from "@opengsync/domain/catalog";
import { createTestUser } from "@opengsync/web/framework/testing/test-app";
import { createCustomer } from "./customer.ts";
import { createFacility } from "./facility.ts";
import { createOneTimeLinks, type OneTimeLinks } from "./one-time-links.ts";

/** Id of the object that an address names, by the kind that {@link subjectOf} gives, or by the name of a further parameter. */
export type WorldObjects = Readonly<Record<string, number | string>>;

/** The people of the matrix who have accounts. */
export interface WorldPeople {
	readonly deactivated: Viewer;
	/** A client without relation to anything. */
	readonly stranger: Viewer;
	/** A client who owns the objects and is an ordinary member of the group. */
	readonly requestor: Viewer;
	readonly member: Viewer;
	readonly manager: Viewer;
	readonly owner: Viewer;
	readonly technician: Viewer;
	readonly bioinformatician: Viewer;
	readonly admin: Viewer;
}

/** A facility with one object of each kind, its customer's group, and the same once more of somebody else. */
export interface World {
	readonly services: Services;
	readonly people: WorldPeople;
	/** Objects of the requestor and the group; those of the facility. */
	readonly own: WorldObjects;
	/** Objects of a customer who has nothing to do with them. */
	readonly foreign: WorldObjects;
	/** Token of a share link that is valid. */
	readonly shareToken: string;
	/** Tokens of links sent by mail that are valid, by what they are good for. */
	readonly links: OneTimeLinks;
	/** Step at which the requestor's annotation stands. */
	readonly annotationStep: string;
	/** Folder of the shared files; removed by {@link World.remove}. */
	remove(): Promise<void>;
}

/** Words of paths that stand for the same object. */
function withAliases(objects: Record<string, number | string>): WorldObjects {
	const { mediaFile = 0, dataPath = 0, sequencer = 0, mail = 0, kits = 0 } = objects;
	return {
		...objects,
		pdf_file: mediaFile,
		img_file: mediaFile,
		download_file: mediaFile,
		files: mediaFile,
		xlsx_data: mediaFile,
		media_files: mediaFile,
		fileId: mediaFile,
		file: mediaFile,
		data_file: dataPath,
		dataPathId: dataPath,
		devices: sequencer,
		"admin/mail": mail,
		adapters: kits,
		userId: objects.users ?? 0,
		user: objects.users ?? 0,
		commentId: objects.comment ?? 0,
		tokenId: objects.apiToken ?? 0,
		requests: objects.seq_requests ?? 0,
		"annotation/:run": objects.run ?? "",
		"reindex/:run": objects.run ?? "",
		"index_check/:run": objects.run ?? "",
		sampleId: objects.samples ?? 0,
		libraryId: objects.libraries ?? 0,
		poolId: objects.pools ?? 0,
		projectId: objects.projects ?? 0,
		requestId: objects.seq_requests ?? 0,
		experimentId: objects.experiments ?? 0,
		groupId: objects.groups ?? 0,
		sample: objects.samples ?? 0,
		library: objects.libraries ?? 0,
		pool: objects.pools ?? 0,
		project: objects.projects ?? 0,
	};
}

/** Seeds everything. The ids of the two customers, and of kinds, are apart, so that mixing them up is noticed. */
export async function createWorld(db: Db): Promise<World> {
	const folder = await mkdtemp(path.join(os.tmpdir(), "opengsync-access-"));
	const shareRoot = path.join(folder, "share");
	await mkdir(path.join(shareRoot, "PROCESSED_DATA/run_1"), { recursive: true });
	await mkdir(path.join(folder, "media"));
	await writeFile(path.join(shareRoot, "PROCESSED_DATA/run_1/reads.txt"), "reads");
	const services = createServices(folder, shareRoot);
	const client = UserRole.CLIENT.id;
	const people: WorldPeople = {
		deactivated: await createTestUser(db, client, "deactivated@example.org"),
		stranger: await createTestUser(db, client, "stranger@example.org"),
		requestor: await createTestUser(db, client, "requestor@example.org"),
		member: await createTestUser(db, client, "member@example.org"),
		manager: await createTestUser(db, client, "manager@example.org"),
		owner: await createTestUser(db, client, "owner@example.org"),
		technician: await createTestUser(db, UserRole.TECHNICIAN.id, "technician@example.org"),
		bioinformatician: await createTestUser(db, UserRole.BIOINFORMATICIAN.id, "bioinformatician@example.org"),
		admin: await createTestUser(db, UserRole.ADMIN.id, "admin@example.org"),
	};
	const elsewhere = await createTestUser(db, client, "elsewhere@example.org");
	const members = {
		[people.requestor.id]: AffiliationType.MEMBER.id,
		[people.member.id]: AffiliationType.MEMBER.id,
		[people.manager.id]: AffiliationType.MANAGER.id,
		[people.owner.id]: AffiliationType.OWNER.id,
	};
	const ownGroup = await createGroup(db, { id: 1101 }, members);
	const foreignGroup = await createGroup(db, { id: 2101 }, { [elsewhere.id]: AffiliationType.OWNER.id });
	const facility = await createFacility(db, people.technician.id);
	const own = await createCustomer(db, people.requestor, ownGroup.id, facility, 1000);
	const foreign = await createCustomer(
		db,
		elsewhere,
		foreignGroup.id,
		{ ...facility, assignee: people.bioinformatician.id },
		2000,
	);
	const run = await runAs(db, people.requestor, services, (context) => startAnnotation(context, own.seq_requests));
	const foreignRun = await runAs(db, elsewhere, services, (context) => startAnnotation(context, foreign.seq_requests));
	const { token } = await runAs(db, people.technician, services, ({ tx }) =>
		createShareToken(
			tx,
			{ secretKey: services.config.secretKey, now: new Date() },
			{ ownerId: people.technician.id, timeValidMin: 60, paths: ["PROCESSED_DATA/run_1"] },
		),
	);
	const link = await db.selectFrom("share_token").select("id").executeTakeFirstOrThrow();
	await db.updateTable("project").set({ share_token_id: link.id }).where("id", "=", own.projects).execute();
	return {
		services,
		people,
		own: withAliases({ ...facility, ...own, share_tokens: link.id, run: run.uuid }),
		foreign: withAliases({ ...facility, ...foreign, share_tokens: link.id, run: foreignRun.uuid }),
		shareToken: token,
		links: await createOneTimeLinks(db, people.requestor, people.deactivated),
		annotationStep: run.step,
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

/** Mails are kept, files are small, the shared folder is real. */
function createServices(dataFolder: string, shareRoot: string): Services {
	const content = Buffer.from("%PDF-1.4\n");
	return {
		config: {
			...loadConfig({ dataFolder, port: 80, secretKey: "secret of the access tests", environment: {} }),
			shareRoot,
			sharePathMapping: { PROCESSED_DATA: "/facility/processed" },
		},
		files: {
			write: async () => undefined,
			read: async () => ({ stream: Readable.from([content]), sizeBytes: content.length }),
			remove: async () => undefined,
		},
		mail: createCaptureTransport(),
		now: () => new Date(),
	};
}
