import { SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import type { RequestFormValues, ValidRequestForm } from "@opengsync/domain/request-form";
import { firstDeliveryEmails } from "@opengsync/domain/request-form-rules";
import { isInsider } from "@opengsync/domain/roles";
import { inviteUser } from "../accounts/invite-user.ts";
import type { CommandContext } from "../context.ts";
import { ForbiddenError } from "../errors.ts";
import { checkRequestForm } from "./check-request-form.ts";
import { contactsOf, createContact } from "./contacts.ts";
import { writeFirstDeliveryEmails } from "./delivery-emails.ts";
import { requestColumns } from "./request-columns.ts";

/**
 * Creates a request in DRAFT with its contacts and first delivery addresses (requests-and-annotation.md §2.1). Insiders may file it for
 * somebody else, also for somebody without an account, who gets a DEACTIVATED one (extensions.md §2).
 * @returns id of the request
 * @throws InvalidInputError with all problems of the form; ForbiddenError for a client who names a requestor
 */
export async function createRequest(context: CommandContext, values: RequestFormValues): Promise<number> {
	const { tx } = context;
	const isForSomebody = [values.requestorId, values.newUserEmail, values.newUserFirstName, values.newUserLastName].some(
		(value) => value !== null,
	);
	if (isForSomebody && !isInsider(context.viewer.roleId)) {
		throw new ForbiddenError("Only staff may enter a request for somebody else.");
	}
	const form = await checkRequestForm(context, values, null);
	const requestorId = await findOrCreateRequestor(context, form);
	const contacts = contactsOf(form);
	const { bioinformatician_contact_id: bioinformatician, principal_investigator_contact_id: investigator } = contacts;
	const request = await tx
		.insertInto("seq_request")
		.values({
			...requestColumns(form),
			status_id: SeqRequestStatus.DRAFT.id,
			requestor_id: requestorId,
			contact_person_id: await createContact(tx, contacts.contact_person_id),
			billing_contact_id: await createContact(tx, contacts.billing_contact_id),
			organization_contact_id: await createContact(tx, contacts.organization_contact_id),
			bioinformatician_contact_id: bioinformatician && (await createContact(tx, bioinformatician)),
			principal_investigator_contact_id: investigator && (await createContact(tx, investigator)),
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	await writeFirstDeliveryEmails(tx, request.id, firstDeliveryEmails(form));
	return request.id;
}

/** The form says who: an existing user, a new one with e-mail and both names, or nobody else. */
async function findOrCreateRequestor(context: CommandContext, form: ValidRequestForm): Promise<number> {
	if (form.requestorId !== null) return form.requestorId;
	if (form.newUserEmail === null) return context.viewer.id;
	const userId = await inviteUser(context, {
		email: form.newUserEmail,
		roleId: UserRole.DEACTIVATED.id,
		firstName: form.newUserFirstName,
		lastName: form.newUserLastName,
	});
	return userId ?? context.viewer.id;
}
