import type { Tx } from "@opengsync/db/transaction";
import type { ContactInput } from "./request-input.ts";

const columns = (contact: ContactInput) => ({
	name: contact.name,
	email: contact.email,
	phone: contact.phone?.replaceAll(/\s/g, "") || null,
	address: contact.address,
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
