import type { Viewer } from "@opengsync/core/context";
import type { Db } from "@opengsync/db/connection";
import {
	createContact,
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
} from "@opengsync/db/testing/factories";
import { DataPathType, EventType, MediaFileType, PoolType, SeqRequestStatus } from "@opengsync/domain/catalog";

/** What one customer has: a draft request and project with everything in them. Gives the ids by kind; all are above `base`. */
export async function createCustomer(
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
