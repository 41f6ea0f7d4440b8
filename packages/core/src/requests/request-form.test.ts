import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createGroup, createUser } from "@opengsync/db/testing/factories";
import { DataDeliveryMode, ReadType, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { emptyRequestForm, type RequestFormValues } from "@opengsync/domain/request-form";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { createRequest } from "./create-request.ts";
import { updateRequest } from "./update-request.ts";

let database: TestDatabase;
let technician: Viewer;
let client: Viewer;
const services = createTestServices();
let number = 0;

async function makeViewer(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId: user.role_id };
}

beforeAll(async () => {
	database = await createTestDatabase();
	technician = await makeViewer(UserRole.TECHNICIAN.id);
	client = await makeViewer(UserRole.CLIENT.id);
});
afterAll(() => database.drop());

const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

function filledIn(changed: Partial<RequestFormValues> = {}): RequestFormValues {
	number += 1;
	return {
		...emptyRequestForm,
		isDisclaimerAccepted: true,
		name: `Mouse lungs ${number}`,
		submissionTypeId: SubmissionType.RAW_SAMPLES.id,
		readTypeId: ReadType.PAIRED_END.id,
		dataDeliveryModeId: DataDeliveryMode.READS_ONLY.id,
		isRequestorContact: true,
		contactPhone: "+43 1 234",
		organizationName: "Institute",
		organizationAddress: "Street 1",
		billingName: "Accounting",
		billingEmail: "bills@example.org",
		isOrganizationBilled: true,
		...changed,
	};
}

async function fieldsRefused(work: Promise<unknown>): Promise<string[]> {
	const error = await work.then(
		() => null,
		(reason: unknown) => reason,
	);
	if (!(error instanceof InvalidInputError)) throw new Error(`Not refused: ${error}`);
	return error.fields.map((field) => field.field);
}

const requestOf = (id: number) =>
	database.db.selectFrom("seq_request").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const contactOf = (id: number | null) =>
	database.db.selectFrom("contact").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const addressesOf = async (id: number) =>
	(
		await database.db
			.selectFrom("seq_request_delivery_email_link")
			.select("email")
			.where("seq_request_id", "=", id)
			.orderBy("email")
			.execute()
	).map((row) => row.email);

describe("creating a request", () => {
	test("mirrors the requestor and the organization, whatever the browser sent", async () => {
		const id = await as(client, (context) => createRequest(context, filledIn({ contactName: "Eve", contactEmail: "eve@x.org" })));
		const request = await requestOf(id);
		const name = `${client.firstName} ${client.lastName}`;
		expect(await contactOf(request.contact_person_id)).toMatchObject({ name, email: client.email, phone: "+431234" });
		expect(await contactOf(request.billing_contact_id)).toMatchObject({ address: "Street 1" });
		expect(await addressesOf(id)).toEqual([client.email]);
	});

	test("shows what is missing together with what the database refuses", async () => {
		const name = "Taken already";
		await as(client, (context) => createRequest(context, filledIn({ name })));
		const group = await createGroup(database.db);
		const values = filledIn({
			name,
			groupId: group.id,
			numLanes: 9,
			submissionTypeId: SubmissionType.UNPOOLED_LIBRARIES.id,
			organizationName: null,
			readLength: Number.NaN,
		});
		const refused = ["name", "groupId", "submissionTypeId", "numLanes", "readLength", "organizationName"];
		expect(await fieldsRefused(as(client, (context) => createRequest(context, values)))).toEqual(refused);
	});

	test("announces data to the principal investigator only if that is wanted", async () => {
		const investigator = { principalInvestigatorName: "Pia", principalInvestigatorEmail: "pia@example.org" };
		const silent = await as(client, (context) => createRequest(context, filledIn(investigator)));
		const told = await as(client, (context) =>
			createRequest(context, filledIn({ ...investigator, isPrincipalInvestigatorRecipient: true })),
		);
		expect(await addressesOf(silent)).toEqual([client.email]);
		expect(await addressesOf(told)).toEqual(["pia@example.org", client.email].sort());
		expect(await contactOf((await requestOf(told)).principal_investigator_contact_id)).toMatchObject({ name: "Pia" });
	});
});

describe("filing a request for somebody else", () => {
	test("an existing user is the requestor and the contact", async () => {
		const id = await as(technician, (context) => createRequest(context, filledIn({ requestorId: client.id })));
		const request = await requestOf(id);
		expect(request.requestor_id).toBe(client.id);
		expect(await contactOf(request.contact_person_id)).toMatchObject({ email: client.email });
	});

	test("somebody new gets a deactivated account, once, and no mail", async () => {
		const somebody = { newUserEmail: "New.User@example.org", newUserFirstName: "New", newUserLastName: "User" };
		const id = await as(technician, (context) => createRequest(context, filledIn(somebody)));
		const { requestor_id, contact_person_id } = await requestOf(id);
		const user = await database.db.selectFrom("lims_user").selectAll().where("id", "=", requestor_id).executeTakeFirstOrThrow();
		expect(user).toMatchObject({ email: "new.user@example.org", role_id: UserRole.DEACTIVATED.id });
		expect(await contactOf(contact_person_id)).toMatchObject({ name: "New User", email: "New.User@example.org" });
		expect(await fieldsRefused(as(technician, (context) => createRequest(context, filledIn(somebody))))).toEqual([
			"newUserEmail",
		]);
		const both = filledIn({ ...somebody, requestorId: client.id });
		expect(await fieldsRefused(as(technician, (context) => createRequest(context, both)))).toEqual([
			"newUserEmail",
			"newUserFirstName",
			"newUserLastName",
		]);
	});

	test.each([0, -1, 999_999_999, 2 ** 40, Number.NaN])("no user has the number %d", async (requestorId) => {
		const refused = await fieldsRefused(as(technician, (context) => createRequest(context, filledIn({ requestorId }))));
		expect(refused).toContain("requestorId");
	});

	test("clients cannot", async () => {
		await expect(as(client, (context) => createRequest(context, filledIn({ requestorId: technician.id })))).rejects.toThrow(
			ForbiddenError,
		);
	});
});

describe("editing a request", () => {
	test("changes contacts in place, adds and removes optional ones, leaves addresses alone", async () => {
		const values = filledIn({ bioinformaticianName: "Bo", bioinformaticianEmail: "bo@example.org" });
		const id = await as(client, (context) => createRequest(context, values));
		const before = await requestOf(id);
		const changed: RequestFormValues = {
			...values,
			contactName: "Cleo",
			contactEmail: "cleo@example.org",
			billingAddress: "Street 2",
			bioinformaticianName: null,
			bioinformaticianEmail: null,
			principalInvestigatorName: "Pia",
			principalInvestigatorEmail: "pia@example.org",
		};
		await as(client, (context) => updateRequest(context, id, changed));
		const after = await requestOf(id);
		expect(after.contact_person_id).toBe(before.contact_person_id);
		expect(await contactOf(after.contact_person_id)).toMatchObject({ name: "Cleo" });
		expect(after.bioinformatician_contact_id).toBeNull();
		await expect(contactOf(before.bioinformatician_contact_id)).rejects.toThrow();
		expect(await contactOf(after.principal_investigator_contact_id)).toMatchObject({ name: "Pia" });
		expect(await addressesOf(id)).toEqual(["bo@example.org", client.email].sort());
	});
});
