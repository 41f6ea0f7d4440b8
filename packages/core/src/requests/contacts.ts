import type { Tx } from "@opengsync/db/transaction";
import { cleanPhone } from "@opengsync/domain/email";
import type { ValidRequestForm } from "@opengsync/domain/request-form";

/** Name and address of a person or organisation in one role of a request (data-model.md §4, Contact). */
export interface ContactInput {
	readonly name: string;
	readonly email: string | null;
	readonly phone: string | null;
	readonly address: string | null;
}

/** The contacts of a request, by the column that refers to them. */
export interface RequestContacts {
	readonly contact_person_id: ContactInput;
	readonly billing_contact_id: ContactInput;
	readonly organization_contact_id: ContactInput;
	readonly bioinformatician_contact_id: ContactInput | null;
	readonly principal_investigator_contact_id: ContactInput | null;
}

/** Columns of a request that refer to its contacts. */
export const contactColumns = [
	"contact_person_id",
	"billing_contact_id",
	"organization_contact_id",
	"bioinformatician_contact_id",
	"principal_investigator_contact_id",
] as const satisfies readonly (keyof RequestContacts)[];

function person(name: string | null, email: string | null, phone: string | null): ContactInput | null {
	return name === null ? null : { name, email, phone, address: null };
}

/** The contacts that a form names. */
export function contactsOf(form: ValidRequestForm): RequestContacts {
	return {
		contact_person_id: { name: form.contactName, email: form.contactEmail, phone: form.contactPhone, address: null },
		billing_contact_id: {
			name: form.billingName,
			email: form.billingEmail,
			phone: form.billingPhone,
			address: form.billingAddress,
		},
		organization_contact_id: { name: form.organizationName, email: null, phone: null, address: form.organizationAddress },
		bioinformatician_contact_id: person(form.bioinformaticianName, form.bioinformaticianEmail, form.bioinformaticianPhone),
		principal_investigator_contact_id: person(form.principalInvestigatorName, form.principalInvestigatorEmail, null),
	};
}

const columns = (contact: ContactInput) => ({
	...contact,
	phone: contact.phone === null ? null : cleanPhone(contact.phone) || null,
});

/** Writes a contact of its own and gives its id. */
export async function createContact(tx: Tx, contact: ContactInput): Promise<number> {
	const row = await tx.insertInto("contact").values(columns(contact)).returning("id").executeTakeFirstOrThrow();
	return row.id;
}

/** Changes a contact in place. */
export async function updateContact(tx: Tx, id: number, contact: ContactInput): Promise<void> {
	await tx.updateTable("contact").set(columns(contact)).where("id", "=", id).execute();
}
