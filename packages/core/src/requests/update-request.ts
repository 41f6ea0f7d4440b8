import type { Tx } from "@opengsync/db/transaction";
import { AccessType } from "@opengsync/domain/catalog";
import type { RequestFormValues } from "@opengsync/domain/request-form";
import type { CommandContext } from "../context.ts";
import { checkRequestForm } from "./check-request-form.ts";
import { type ContactInput, contactsOf, createContact, updateContact } from "./contacts.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requestColumns } from "./request-columns.ts";
import { requireRequestAction } from "./require-action.ts";

/**
 * Saves the form of an existing request (requests-and-annotation.md §2.1, Edit). Contacts are changed in place; delivery addresses,
 * samples, libraries and pools are not touched.
 * @throws NotPossibleError after submission for clients, InvalidInputError with all problems of the form
 */
export async function updateRequest(context: CommandContext, requestId: number, values: RequestFormValues): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	requireRequestAction("edit", request);
	const form = await checkRequestForm(context, values, {
		id: requestId,
		requestorId: request.requestor_id,
		groupId: request.group_id,
		submissionTypeId: request.submission_type_id,
	});
	const contacts = contactsOf(form);
	await updateContact(tx, request.contact_person_id, contacts.contact_person_id);
	await updateContact(tx, request.billing_contact_id, contacts.billing_contact_id);
	await updateContact(tx, request.organization_contact_id, contacts.organization_contact_id);
	const { bioinformatician_contact_id: bioinformatician, principal_investigator_contact_id: investigator } = contacts;
	await tx
		.updateTable("seq_request")
		.set({
			...requestColumns(form),
			bioinformatician_contact_id: await placeContact(tx, request.bioinformatician_contact_id, bioinformatician),
			principal_investigator_contact_id: await placeContact(tx, request.principal_investigator_contact_id, investigator),
		})
		.where("id", "=", requestId)
		.execute();
	for (const column of ["bioinformatician_contact_id", "principal_investigator_contact_id"] as const) {
		const former = request[column];
		if (former !== null && contacts[column] === null) await tx.deleteFrom("contact").where("id", "=", former).execute();
	}
}

/** Adds or changes an optional contact. @returns its id, null once its name was emptied */
async function placeContact(tx: Tx, presentId: number | null, contact: ContactInput | null): Promise<number | null> {
	if (contact === null) return null;
	if (presentId === null) return createContact(tx, contact);
	await updateContact(tx, presentId, contact);
	return presentId;
}
