import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createContact,
	createLibrary,
	createProject,
	createRequest,
	createSample,
	createUser,
} from "@opengsync/db/testing/factories";
import { type Actor, transact } from "@opengsync/db/transaction";
import {
	DataPathType,
	LibraryStatus,
	RequestResponse,
	SampleStatus,
	SeqRequestStatus,
	UserRole,
} from "@opengsync/domain/catalog";
import type { NotificationKindKey } from "@opengsync/domain/notifications";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { storeMaterial } from "../lab/store-material.ts";
import { commentOnRequest } from "../requests/comment-on-request.ts";
import { processRequest } from "../requests/process-request.ts";
import { submitRequest } from "../requests/submit-request.ts";
import { releaseProjectData } from "../sharing/release-project-data.ts";
import { createTestServices, runAs } from "../testing.ts";
import type { NotificationContext } from "./notification.ts";
import {
	notifyComment,
	notifyDataReleased,
	notifyQualityReport,
	notifyRequestReviewed,
	notifyRequestSubmitted,
	notifySamplesReceived,
} from "./notify-requests.ts";
import { chooseMode, createStaffedRequest, createViewer, takeMails } from "./testing.ts";

let database: TestDatabase;
let somebody: Viewer;
const services = createTestServices();

beforeAll(async () => {
	database = await createTestDatabase();
	somebody = await createViewer(database.db, UserRole.ADMIN.id);
});
beforeEach(async () => {
	await database.db.deleteFrom("mail").execute();
	await database.db.deleteFrom("notification_digest_item").execute();
});
afterAll(() => database.drop());

const told = async () => (await takeMails(database.db)).flatMap((mail) => mail.recipients);
const waiting = () => database.db.selectFrom("notification_digest_item").select(["user_id", "kind"]).execute();
const by = (actorId: number): Actor => ({ userId: actorId, impersonatorId: null, via: "web", requestId: "test" });

function tell(kind: NotificationKindKey, requestId: number, mentioned: Viewer, actor = by(somebody.id)): Promise<void> {
	const review = (response: { readonly id: number }) => (context: NotificationContext) =>
		notifyRequestReviewed(context, { requestId, responseId: response.id, comment: null }, []);
	const events: Record<NotificationKindKey, (context: NotificationContext) => Promise<void>> = {
		request_accepted: review(RequestResponse.ACCEPTED),
		revision_asked: review(RequestResponse.PENDING_REVISION),
		request_rejected: review(RequestResponse.REJECTED),
		samples_received: (context) => notifySamplesReceived(context, [requestId]),
		data_released: (context) => notifyDataReleased(context, { projectIdentifier: "P1", requestIds: [requestId] }, []),
		quality_report: (context) => notifyQualityReport(context, requestId, 3),
		request_submitted: (context) => notifyRequestSubmitted(context, requestId, null),
		request_comment: (context) => notifyComment(context, requestId, "A B", "Hello"),
		mention: (context) => notifyComment(context, requestId, "A B", `Hello @${mentioned.email}`),
	};
	return transact(database.db, actor, (tx) => events[kind]({ tx, actor, services }));
}

const forCustomers: readonly NotificationKindKey[] = [
	"request_accepted",
	"revision_asked",
	"request_rejected",
	"samples_received",
	"data_released",
	"quality_report",
];
const forAssignees: readonly NotificationKindKey[] = ["request_submitted", "request_comment"];

describe("who is told of what", () => {
	it.each(forCustomers)("%s: requestor and contact person, as they chose; not the assignees", async (kind) => {
		const { request, requestor, contactEmail, assignee } = await createStaffedRequest(database.db);
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual([requestor.email, contactEmail]);
		await chooseMode(database.db, requestor.id, kind, "never");
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual([contactEmail]);
		await chooseMode(database.db, requestor.id, kind, "daily");
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual([contactEmail]);
		expect(await waiting()).toEqual([{ user_id: requestor.id, kind }]);
	});

	it.each([...forAssignees, "mention" as const])("%s: staff, as they chose; not the customer", async (kind) => {
		const { request, assignee } = await createStaffedRequest(database.db);
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual([assignee.email]);
		await chooseMode(database.db, assignee.id, kind, "never");
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual([]);
		await chooseMode(database.db, assignee.id, kind, "daily");
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual([]);
		expect(await waiting()).toEqual([{ user_id: assignee.id, kind }]);
	});

	it.each([...forCustomers, ...forAssignees, "mention" as const])("%s: nobody who did it, nobody deactivated", async (kind) => {
		const { request, requestor, assignee, contactEmail } = await createStaffedRequest(database.db);
		const isCustomers = forCustomers.includes(kind);
		const person = isCustomers ? requestor : assignee;
		await tell(kind, request.id, assignee, by(person.id));
		expect(await told()).toEqual(isCustomers ? [contactEmail] : []);
		await tell(kind, request.id, assignee, { ...by(somebody.id), impersonatorId: person.id });
		expect(await told()).not.toContain(person.email);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", person.id).execute();
		await tell(kind, request.id, assignee);
		expect(await told()).toEqual(isCustomers ? [contactEmail] : []);
	});

	it("tells a contact person with an account by that account, and a requestor who is the contact person once", async () => {
		const requestor = await createViewer(database.db, UserRole.CLIENT.id);
		const other = await createViewer(database.db, UserRole.CLIENT.id);
		const contact = await createContact(database.db, { email: ` ${other.email.toUpperCase()}` });
		const own = await createContact(database.db, { email: requestor.email.toUpperCase() });
		const foreign = await createRequest(database.db, { requestor_id: requestor.id, contact_person_id: contact.id });
		await chooseMode(database.db, other.id, "samples_received", "never");
		await tell("samples_received", foreign.id, other);
		expect(await told()).toEqual([requestor.email]);
		const request = await createRequest(database.db, { requestor_id: requestor.id, contact_person_id: own.id });
		await tell("samples_received", request.id, other);
		expect(await told()).toEqual([requestor.email]);
	});

	it("tells nobody of comments who is no longer staff", async () => {
		const { request, assignee } = await createStaffedRequest(database.db);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.CLIENT.id }).where("id", "=", assignee.id).execute();
		await tell("mention", request.id, assignee);
		expect(await told()).toEqual([]);
	});

	it("does not tell whoever is named at a place where addresses are no addresses", async () => {
		const contact = await createContact(database.db, { email: "not an address" });
		const requestor = await createUser(database.db);
		const request = await createRequest(database.db, { contact_person_id: contact.id, requestor_id: requestor.id });
		await tell("samples_received", request.id, somebody);
		expect(await told()).toEqual([requestor.email]);
	});

	it("tells of several requests of a release once, and not those who got the link", async () => {
		const { request, requestor, contactEmail } = await createStaffedRequest(database.db);
		const second = await createRequest(database.db, { requestor_id: requestor.id });
		const actor = by(somebody.id);
		await transact(database.db, actor, (tx) =>
			notifyDataReleased({ tx, actor, services }, { projectIdentifier: "P1", requestIds: [request.id, second.id] }, [
				contactEmail.toUpperCase(),
			]),
		);
		expect(await told()).toEqual([requestor.email]);
	});
});

describe("mails that go with what happened", () => {
	it("an answered request: the dialog's address gets the dialog's mail alone, the requestor a notification", async () => {
		const { request, requestor, contactEmail } = await createStaffedRequest(database.db, {
			status_id: SeqRequestStatus.SUBMITTED.id,
		});
		const input = { responseId: RequestResponse.PENDING_REVISION.id, comment: "Please <b>name</b> the kits", assignToMe: false };
		await runAs(database.db, somebody, services, (context) =>
			processRequest(context, request.id, { ...input, notificationEmail: contactEmail }),
		);
		const mails = await takeMails(database.db);
		expect(mails.map((mail) => mail.recipients)).toEqual([[contactEmail], [requestor.email]]);
		const notification = mails[1];
		expect(notification?.subject).toContain("needs a revision");
		expect(notification?.html).toContain("Please &lt;b&gt;name&lt;/b&gt; the kits");
		expect(notification?.html).toContain("Mice &lt;script&gt;&amp;");
		expect(notification?.html).not.toContain("<script>");
		expect(notification?.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
		expect(notification?.headers["List-Unsubscribe"]).toMatch(/^<http.*\/notifications\/unsubscribe\/[\w-]+\/>$/);
	});

	it("nothing when the change is rolled back", async () => {
		const { request, assignee } = await createStaffedRequest(database.db, { status_id: SeqRequestStatus.SUBMITTED.id });
		await chooseMode(database.db, assignee.id, "request_comment", "daily");
		const failing = runAs(database.db, somebody, services, async (context) => {
			await commentOnRequest(context, request.id, `Hello @${assignee.email}`);
			await commentOnRequest(context, request.id, "Hello");
			throw new Error("no");
		});
		await expect(failing).rejects.toThrow("no");
		expect(await told()).toEqual([]);
		expect(await waiting()).toEqual([]);
	});

	it("samples received once, however often something is stored", async () => {
		const { request, requestor, contactEmail } = await createStaffedRequest(database.db, {
			status_id: SeqRequestStatus.ACCEPTED.id,
		});
		const samples = [await createSample(database.db), await createSample(database.db)];
		for (const sample of samples) {
			await database.db
				.updateTable("sample")
				.set({ status_id: SampleStatus.WAITING_DELIVERY.id })
				.where("id", "=", sample.id)
				.execute();
			const library = await createLibrary(database.db, { seq_request_id: request.id, status_id: LibraryStatus.ACCEPTED.id });
			await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		}
		const store = (sampleIds: number[]) =>
			runAs(database.db, somebody, services, (context) => storeMaterial(context, { sampleIds, libraryIds: [], poolIds: [] }));
		const [first, second] = samples.map((sample) => sample.id);
		await store([first ?? 0]);
		expect(await told(), "one is missing").toEqual([]);
		await store([second ?? 0]);
		expect(await told()).toEqual([requestor.email, contactEmail]);
		await store([first ?? 0, second ?? 0]);
		expect(await told()).toEqual([]);
	});

	it("released data: the link to the recipients alone, a notification without it to whoever is not among them", async () => {
		const { db } = database;
		const { request, requestor, contactEmail } = await createStaffedRequest(db);
		const project = await createProject(db);
		const sample = await createSample(db, { project_id: project.id });
		const library = await createLibrary(db, { seq_request_id: request.id, status_id: LibraryStatus.SEQUENCED.id });
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		await db
			.insertInto("data_path")
			.values({ path: "P/1", type_id: DataPathType.DIRECTORY.id, project_id: project.id })
			.execute();
		const { token } = await runAs(db, somebody, services, (context) =>
			releaseProjectData(context, {
				projectId: project.id,
				internalAccess: false,
				timeValidMin: 60,
				recipients: [contactEmail.toUpperCase()],
				anonymousSend: false,
				markProjectDelivered: null,
				comment: null,
			}),
		);
		const mails = await takeMails(db);
		const ofRequestor = mails.filter((mail) => mail.recipients.includes(requestor.email));
		expect(mails.map((mail) => mail.recipients)).toEqual(
			expect.arrayContaining([[requestor.email], [contactEmail.toUpperCase()]]),
		);
		expect(mails).toHaveLength(2);
		expect(ofRequestor[0]?.subject).toContain("are released");
		expect(ofRequestor[0]?.html).not.toContain(token);
	});

	it("a submitted request: its assignees, with the comment", async () => {
		const { request, assignee } = await createStaffedRequest(database.db);
		const input = { byMail: true, submissionTime: null, customTimeAgreed: false, comment: "On dry ice" };
		await runAs(database.db, somebody, services, (context) => submitRequest(context, request.id, input));
		const mails = await takeMails(database.db);
		expect(mails.map((mail) => mail.recipients)).toEqual([[assignee.email]]);
		expect(mails[0]?.text).toContain("On dry ice");
	});

	it("a comment that mentions an assignee: one mail, about the mention", async () => {
		const { request, assignee } = await createStaffedRequest(database.db);
		const other = await createViewer(database.db, UserRole.BIOINFORMATICIAN.id);
		await runAs(database.db, somebody, services, (context) =>
			commentOnRequest(context, request.id, `@${assignee.firstName} ${assignee.lastName} and @${other.email}: look`),
		);
		const mails = await takeMails(database.db);
		expect(mails.map((mail) => mail.recipients[0]).sort()).toEqual([assignee.email, other.email].sort());
		expect(mails.every((mail) => mail.subject.includes("mentions you"))).toBe(true);
	});
});
