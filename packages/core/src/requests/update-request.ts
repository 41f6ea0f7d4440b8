import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { checkRequest } from "./check-request.ts";
import { createContact, updateContact } from "./contacts.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import type { ContactInput, RequestInput } from "./request-input.ts";
import { requireRequestAction } from "./require-action.ts";

/**
 * Saves the form of an existing request (requests-and-annotation.md §2.1, Edit). Contacts are changed in place; delivery addresses,
 * samples, libraries and pools are not touched.
 * @throws NotPossibleError after submission for clients, InvalidInputError
 */
export async function updateRequest(context: CommandContext, requestId: number, input: RequestInput): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	requireRequestAction("edit", request);
	await checkRequest(context, input, { requestorId: request.requestor_id, requestId, presentGroupId: request.group_id });
	await updateContact(tx, request.contact_person_id, input.contactPerson);
	await updateContact(tx, request.billing_contact_id, input.billing);
	await updateContact(tx, request.organization_contact_id, input.organization);
	const bioinformatician = await placeContact(context, request.bioinformatician_contact_id, input.bioinformatician);
	const investigator = await placeContact(context, request.principal_investigator_contact_id, input.principalInvestigator);
	await tx
		.updateTable("seq_request")
		.set({
			name: input.name,
			description: input.description,
			special_requirements: input.specialRequirements,
			billing_code: input.billingCode,
			data_delivery_mode_id: input.dataDeliveryModeId,
			read_type_id: input.readTypeId,
			submission_type_id: input.submissionTypeId,
			read_length: input.readLength,
			num_lanes: input.numLanes,
			group_id: input.groupId,
			bioinformatician_contact_id: bioinformatician.id,
			principal_investigator_contact_id: investigator.id,
		})
		.where("id", "=", requestId)
		.execute();
	for (const removed of [bioinformatician.removed, investigator.removed]) {
		if (removed !== null) await tx.deleteFrom("contact").where("id", "=", removed).execute();
	}
}

/** Adds, changes or removes (when the name was emptied) an optional contact. */
async function placeContact(
	{ tx }: CommandContext,
	presentId: number | null,
	contact: ContactInput | null,
): Promise<{ id: number | null; removed: number | null }> {
	if (!contact) return { id: null, removed: presentId };
	if (presentId === null) return { id: await createContact(tx, contact), removed: null };
	await updateContact(tx, presentId, contact);
	return { id: presentId, removed: null };
}
