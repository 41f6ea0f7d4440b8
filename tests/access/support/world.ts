import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { firstAdminPurpose } from "@opengsync/core/accounts/create-first-admin";
import { createLink, type LinkPurpose } from "@opengsync/core/accounts/one-time-links";
import { startAnnotation } from "@opengsync/core/annotation/annotation-run";
import { loadConfig } from "@opengsync/core/config";
import type { Services, Viewer } from "@opengsync/core/context";
import { createCaptureTransport } from "@opengsync/core/mail/capture-transport";
import { hashToken } from "@opengsync/core/shared/token-hash";
import { createShareToken } from "@opengsync/core/sharing/tokens";
import { runAs } from "@opengsync/core/testing";
import type { Db } from "@opengsync/db/connection";
import {
	createContact,
	createExperiment,
	createGroup,
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
	createSequencer,
} from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import {
	AffiliationType,
	DataPathType,
	EventType,
	FeatureType,
	IndexType,
	KitType,
	LabChecklistType,
	MediaFileType,
	PoolType,
	ReadType,
	RunStatus,
	SeqRequestStatus,
	ServiceType,
	UserRole,
} from "@opengsync/domain/catalog";
import { createTestUser } from "@opengsync/web/framework/testing/test-app";

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
	readonly links: Readonly<Record<LinkPurpose | "first_admin", string>>;
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

/** Seeds everything. `base` keeps the ids of the two customers, and of kinds, apart, so that mixing them up is noticed. */
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
		links: await createLinks(db, people.requestor, people.deactivated),
		annotationStep: run.step,
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

/** One link of each kind, as they go out by mail. */
async function createLinks(db: Db, user: Viewer, deactivated: Viewer): Promise<World["links"]> {
	const now = new Date();
	const firstAdmin = "first-admin-link-of-the-access-tests-0123456789";
	await db
		.insertInto("one_time_link")
		.values({
			purpose: firstAdminPurpose,
			token_hash: hashToken(firstAdmin),
			email: "",
			expires_at: new Date(now.getTime() + 3_600_000),
		})
		.execute();
	const bound = async ({ id }: Viewer) =>
		db.selectFrom("lims_user").select(["id", "email", "password"]).where("id", "=", id).executeTakeFirstOrThrow();
	const [account, closed] = [await bound(user), await bound(deactivated)];
	const newcomer = "newcomer@example.org";
	return transact(db, { userId: null, impersonatorId: null, via: "setup", requestId: "test" }, async (tx) => ({
		first_admin: firstAdmin,
		registration: await createLink(tx, now, { purpose: "registration", email: newcomer, roleId: UserRole.CLIENT.id }),
		password_reset: await createLink(tx, now, { purpose: "password_reset", email: account.email, user: account }),
		activation: await createLink(tx, now, { purpose: "activation", email: closed.email, user: closed }),
		email_change: await createLink(tx, now, { purpose: "email_change", email: newcomer, user: account }),
	}));
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

/** What belongs to nobody but the facility. */
async function createFacility(db: Db, technicianId: number) {
	const sequencer = await createSequencer(db, { id: 3001 });
	const experiment = await createExperiment(db, { id: 3101, sequencer_id: sequencer.id, operator_id: technicianId });
	await db
		.insertInto("seq_run")
		.values({
			id: 3201,
			experiment_name: experiment.name,
			status_id: RunStatus.FINISHED.id,
			instrument_name: "A00001",
			run_folder: "240101_A00001_0001_AFLOWCELL",
			flowcell_id: "FLOWCELL",
			read_type_id: ReadType.PAIRED_END.id,
		})
		.execute();
	const prep = { checklist_type_id: LabChecklistType.RNA_SEQ.id, service_type_id: ServiceType.BULK_RNA_SEQ.id };
	await db
		.insertInto("lab_prep")
		.values({ id: 3301, name: "Prep 1", prep_number: 1, creator_id: technicianId, ...prep })
		.execute();
	await db.insertInto("plate").values({ id: 3351, name: "Plate 1", owner_id: technicianId, lab_prep_id: 3301 }).execute();
	const kits = [
		{ id: 3401, name: "Library kit", identifier: "LIB", kit_type_id: KitType.LIBRARY_KIT.id },
		{ id: 3402, name: "Index kit", identifier: "IDX", kit_type_id: KitType.INDEX_KIT.id },
		{ id: 3403, name: "Feature kit", identifier: "FEA", kit_type_id: KitType.FEATURE_KIT.id },
	];
	await db.insertInto("kit").values(kits).execute();
	await db.insertInto("index_kit").values({ id: 3402, type_id: IndexType.DUAL_INDEX.id }).execute();
	await db.insertInto("feature_kit").values({ id: 3403, type_id: FeatureType.ANTIBODY.id }).execute();
	const protocol = { id: 3501, name: "Protocol 1", service_type_id: ServiceType.BULK_RNA_SEQ.id };
	await db.insertInto("protocol").values(protocol).execute();
	const mail = { id: 3601, recipients: ["somebody@example.org"], subject: "Data", html: "<p>Data</p>", text: "Data" };
	await db.insertInto("mail").values(mail).execute();
	await db
		.insertInto("api_token")
		.values({ id: 3701, owner_id: technicianId, time_valid_min: 60, token_hash: "0".repeat(64) })
		.execute();
	return {
		assignee: technicianId,
		sequencer: 3001,
		experiments: 3101,
		seq_runs: 3201,
		lab_preps: 3301,
		plates: 3351,
		kits: 3401,
		index_kits: 3402,
		feature_kits: 3403,
		protocols: 3501,
		mail: 3601,
		apiToken: 3701,
	};
}

/** What one customer has: a draft request and project with everything in them. */
async function createCustomer(
	db: Db,
	owner: Viewer,
	groupId: number,
	facility: { readonly experiments: number; readonly assignee: number },
	base: number,
) {
	const mine = { owner_id: owner.id };
	const contact = await createContact(db, { name: "Contact", email: "contact@example.org", phone: "1", address: "Road 1" });
	const request = await createRequest(db, {
		id: base + 201,
		organization_contact_id: contact.id,
		contact_person_id: contact.id,
		billing_contact_id: contact.id,
		requestor_id: owner.id,
		group_id: groupId,
		name: `Request ${base}`,
		status_id: SeqRequestStatus.DRAFT.id,
	});
	const project = await createProject(db, {
		id: base + 301,
		...mine,
		group_id: groupId,
		title: `Project ${base}`,
		description: "Mice",
	});
	const sample = await createSample(db, { id: base + 401, ...mine, name: `sample_${base}`, project_id: project.id });
	const pool = await createPool(db, {
		id: base + 601,
		...mine,
		name: `pool_${base}`,
		contact_id: (await createContact(db, { name: "Contact", email: "contact@example.org", phone: "1" })).id,
		seq_request_id: request.id,
		type_id: PoolType.EXTERNAL.id,
	});
	const library = await createLibrary(db, {
		id: base + 501,
		...mine,
		sample_name: `sample_${base}`,
		seq_request_id: request.id,
		pool_id: pool.id,
	});
	// Two samples in the library, so that one can be taken out.
	const second = await createSample(db, { id: base + 402, ...mine, name: `sample_${base}_b`, project_id: project.id });
	const links = [sample, second].map(({ id }) => ({ sample_id: id, library_id: library.id }));
	await db.insertInto("sample_library_link").values(links).execute();
	await db
		.insertInto("media_file")
		.values({
			id: base + 701,
			name: "authorization",
			extension: ".pdf",
			type_id: MediaFileType.SEQ_AUTH_FORM.id,
			uuid: `3f0b0b52-0000-7000-8000-00000000${base}`,
			size_bytes: 9,
			uploader_id: owner.id,
			seq_request_id: request.id,
		})
		.execute();
	await db
		.insertInto("comment")
		.values({ id: base + 801, text: "Please hurry", author_id: owner.id, seq_request_id: request.id })
		.execute();
	await db
		.insertInto("event")
		.values({
			id: base + 811,
			title: `Appointment ${base}`,
			timestamp_utc: new Date("2026-03-02T09:00:00Z"),
			type_id: EventType.CUSTOM.id,
			creator_id: facility.assignee,
		})
		.execute();
	await db
		.insertInto("data_path")
		.values({ id: base + 901, path: "PROCESSED_DATA/run_1", type_id: DataPathType.DIRECTORY.id, project_id: project.id })
		.execute();
	await db
		.insertInto("seq_request_delivery_email_link")
		.values([`delivery-${base}@example.org`, "other@example.org"].map((email) => ({ seq_request_id: request.id, email })))
		.execute();
	await db
		.insertInto("pool_dilution")
		.values({ id: base + 651, identifier: "D1", pool_id: pool.id, operator_id: owner.id, qubit_concentration: 1 })
		.execute();
	await db
		.insertInto("api_token")
		.values({ id: base + 751, owner_id: owner.id, time_valid_min: 60, token_hash: String(base).padEnd(64, "0") })
		.execute();
	await db.insertInto("seq_request_assignee_link").values({ seq_request_id: request.id, user_id: facility.assignee }).execute();
	await db.insertInto("project_assignee_link").values({ project_id: project.id, user_id: facility.assignee }).execute();
	await db
		.insertInto("passkey")
		.values({
			id: base + 761,
			user_id: owner.id,
			credential_id: `credential-${base}`,
			public_key: Buffer.from("key"),
			name: `Passkey ${base}`,
		})
		.execute();
	return {
		base,
		passkeyId: base + 761,
		"assignees/:userId": facility.assignee,
		customerToken: base + 751,
		seq_requests: request.id,
		projects: project.id,
		samples: sample.id,
		libraries: library.id,
		pools: pool.id,
		groups: groupId,
		users: owner.id,
		mediaFile: base + 701,
		comment: base + 801,
		calendar: base + 811,
		dataPath: base + 901,
		dilution: base + 651,
		experiments: facility.experiments,
	};
}
