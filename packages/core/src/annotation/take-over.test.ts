import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createGroup, createProject, createRequest, createUser } from "@opengsync/db/testing/factories";
import type { StepInput } from "@opengsync/domain/annotation/state";
import { AffiliationType, GenomeRef, SeqRequestStatus, ServiceType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Viewer } from "../context.ts";
import { createTestServices, runAs } from "../testing.ts";
import { completeAnnotation, startAnnotation, submitAnnotationStep, takeOverAnnotation } from "./annotation-run.ts";

let database: TestDatabase;
const services = createTestServices();
let staff: Viewer;
let client: Viewer;
let member: Viewer;
let groupId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const newViewer = async (roleId: number): Promise<Viewer> => {
		const row = await createUser(database.db, { role_id: roleId });
		return { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId: row.role_id };
	};
	staff = await newViewer(UserRole.TECHNICIAN.id);
	client = await newViewer(UserRole.CLIENT.id);
	member = await newViewer(UserRole.CLIENT.id);
	const asMember = AffiliationType.MEMBER.id;
	groupId = (await createGroup(database.db, {}, { [client.id]: asMember, [member.id]: asMember })).id;
});
afterAll(() => database.drop());

const as = <T>(who: Viewer, work: Parameters<typeof runAs<T>>[3]) => runAs(database.db, who, services, work);
const human = `${GenomeRef.HUMAN.label} (${GenomeRef.HUMAN.organismLatinName})`;

/** An annotation of a client's request that stands at the review. */
async function runAtReview(
	owner: Viewer,
	project: StepInput,
	group: number | null,
): Promise<{ requestId: number; uuid: string }> {
	const { id: requestId } = await createRequest(database.db, { requestor_id: client.id, group_id: group });
	const { uuid } = await as(owner, (context) => startAnnotation(context, requestId));
	const inputs: readonly (readonly [string, StepInput])[] = [
		["project_select", project],
		["sample_annotation", { sheet: { columns: ["Sample Name", "Genome"], rows: [["lung_1", human]] } }],
		["sample_attribute_annotation", { sheet: { columns: ["Sample Name", "Sample ID"], rows: [["lung_1", "new"]] } }],
		["select_service", { values: { service_type_id: ServiceType.BULK_RNA_SEQ.id } }],
	];
	for (const [step, input] of inputs) {
		expect(await as(owner, (context) => submitAnnotationStep(context, requestId, uuid, step, input))).toMatchObject({
			accepted: true,
		});
	}
	return { requestId, uuid };
}

const newProject = (title: string): StepInput => ({
	values: { project_title: title, project_description: "Text", owner_is_requestor: true },
});

test("a client completes what a member of staff had begun, without entering anything again", async () => {
	const { requestId, uuid } = await runAtReview(staff, newProject("Begun by staff"), null);
	expect(await as(client, (context) => takeOverAnnotation(context, requestId, uuid, staff.id))).toBe("complete");
	expect(await as(client, (context) => completeAnnotation(context, requestId, uuid, { values: {} }))).toMatchObject({
		accepted: true,
		created: { project: { title: "Begun by staff", isNew: true }, samples: [{ name: "lung_1" }] },
	});
	const project = await database.db
		.selectFrom("project")
		.selectAll()
		.where("title", "=", "Begun by staff")
		.executeTakeFirstOrThrow();
	expect(project.owner_id).toBe(client.id);
});

test("samples of a project that the new owner may not change stay closed to them", async () => {
	const project = await createProject(database.db, { owner_id: client.id });
	const { requestId, uuid } = await runAtReview(staff, { values: { project_id: project.id } }, null);
	await database.db.updateTable("project").set({ owner_id: staff.id }).where("id", "=", project.id).execute();
	await expect(as(client, (context) => takeOverAnnotation(context, requestId, uuid, staff.id))).rejects.toThrow(
		/project that you may not change/,
	);
});

test("two members who take over at once: the second is told whose it is by then", async () => {
	const { requestId, uuid } = await runAtReview(client, newProject("Begun by a client"), groupId);
	const results = await Promise.allSettled(
		[member, staff].map((who) => as(who, (context) => takeOverAnnotation(context, requestId, uuid, client.id))),
	);
	expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a run is not taken over once the request was submitted, except by staff", async () => {
	const { requestId, uuid } = await runAtReview(client, newProject("Submitted meanwhile"), groupId);
	const submitted = SeqRequestStatus.SUBMITTED.id;
	await database.db.updateTable("seq_request").set({ status_id: submitted }).where("id", "=", requestId).execute();
	await expect(as(member, (context) => takeOverAnnotation(context, requestId, uuid, client.id))).rejects.toThrow();
	expect(await as(staff, (context) => takeOverAnnotation(context, requestId, uuid, client.id))).toBe("complete");
});

test("the history of the request remembers who took the work over from whom, once", async () => {
	const { requestId, uuid } = await runAtReview(client, newProject("Remembered"), groupId);
	await as(member, (context) => takeOverAnnotation(context, requestId, uuid, client.id));
	await as(member, (context) => takeOverAnnotation(context, requestId, uuid, client.id));
	const events = await database.db
		.selectFrom("audit_event")
		.select(["actor_id", "changes"])
		.where("table_name", "=", "workflow_taken_over")
		.where("row_key", "=", `seq_request/${requestId}`)
		.execute();
	expect(events).toEqual([{ actor_id: member.id, changes: { workflow: "annotation", from_user_id: client.id } }]);
});
