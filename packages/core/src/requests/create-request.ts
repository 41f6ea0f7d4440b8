import { randomBytes } from "node:crypto";
import { DeliveryStatus, SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import { hashPassword } from "../accounts/passwords.ts";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError } from "../errors.ts";
import { checkRequest } from "./check-request.ts";
import { createContact } from "./contacts.ts";
import type { RequestInput, RequestorInput } from "./request-input.ts";

/**
 * Creates a request in DRAFT with its contacts and first delivery addresses (requests-and-annotation.md §2.1).
 * @returns id of the request
 * @throws InvalidInputError with the fields of the form
 */
export async function createRequest(context: CommandContext, input: RequestInput, requestor: RequestorInput): Promise<number> {
	const requestorId = await findOrCreateRequestor(context, requestor);
	await checkRequest(context, input, { requestorId, requestId: null, presentGroupId: null });
	const { tx } = context;
	const request = await tx
		.insertInto("seq_request")
		.values({
			name: input.name,
			description: input.description,
			special_requirements: input.specialRequirements,
			billing_code: input.billingCode,
			data_delivery_mode_id: input.dataDeliveryModeId,
			read_type_id: input.readTypeId,
			submission_type_id: input.submissionTypeId,
			status_id: SeqRequestStatus.DRAFT.id,
			read_length: input.readLength,
			num_lanes: input.numLanes,
			requestor_id: requestorId,
			group_id: input.groupId,
			contact_person_id: await createContact(tx, input.contactPerson),
			billing_contact_id: await createContact(tx, input.billing),
			organization_contact_id: await createContact(tx, input.organization),
			bioinformatician_contact_id: input.bioinformatician ? await createContact(tx, input.bioinformatician) : null,
			principal_investigator_contact_id: input.principalInvestigator
				? await createContact(tx, input.principalInvestigator)
				: null,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	await addFirstDeliveryAddresses(context, request.id, requestorId, input);
	return request.id;
}

async function findOrCreateRequestor(context: CommandContext, requestor: RequestorInput): Promise<number> {
	if (requestor.kind === "self") return context.viewer.id;
	if (!isInsider(context.viewer.roleId)) throw new ForbiddenError("Only staff may enter a request for somebody else.");
	if (requestor.kind === "existing") {
		const { rows } = await sql<{ id: number }>`SELECT id FROM lims_user WHERE id = ${requestor.userId}`.execute(context.tx);
		if (!rows[0]) throw new InvalidInputError([{ field: "requestorId", message: "This user does not exist." }]);
		return requestor.userId;
	}
	const email = requestor.email.toLowerCase();
	const taken = await sql`SELECT 1 FROM lims_user WHERE lower(email) = ${email}`.execute(context.tx);
	if (taken.rows.length > 0) {
		throw new InvalidInputError([
			{ field: "requestorEmail", message: "This address is already registered: choose the existing user." },
		]);
	}
	const user = await context.tx
		.insertInto("lims_user")
		.values({
			email,
			first_name: requestor.firstName,
			last_name: requestor.lastName,
			password: await hashPassword(randomBytes(32).toString("base64url")),
			role_id: UserRole.DEACTIVATED.id,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return user.id;
}

/** The contact person's address (else the requestor's) and the bioinformatician's, without duplicates. */
async function addFirstDeliveryAddresses(context: CommandContext, requestId: number, requestorId: number, input: RequestInput) {
	let first = input.contactPerson.email;
	if (!first) {
		const { rows } = await sql<{ email: string }>`SELECT email FROM lims_user WHERE id = ${requestorId}`.execute(context.tx);
		first = rows[0]?.email ?? null;
	}
	const addresses = new Map(
		[first, input.bioinformatician?.email].filter((email) => email != null).map((email) => [email.toLowerCase(), email]),
	);
	for (const email of addresses.values()) {
		await context.tx
			.insertInto("seq_request_delivery_email_link")
			.values({ seq_request_id: requestId, email, status_id: DeliveryStatus.PENDING.id })
			.execute();
	}
}
