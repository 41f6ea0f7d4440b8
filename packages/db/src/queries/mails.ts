import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { ListSpec } from "../list-query.ts";
import type { Reader } from "../transaction.ts";
import { idColumn, ref } from "./list-columns.ts";

/** A mail of the outbox without its body. */
export interface MailRow {
	id: number;
	recipients: string[];
	subject: string;
	/** `pending`, `sent` or `failed`. */
	status: string;
	attempts: number;
	created_at: Date;
	sent_at: Date | null;
	/** Last message of the mail server, if it refused. */
	error: string | null;
}

const id = ref<number>("mail.id");

/** Mails of the outbox; for admins. */
export const mailList: ListSpec<MailRow, "id" | "created", never> = {
	table: "mail",
	id,
	columns: { id: idColumn(id), created: { sort: ref("mail.created_at") } },
	scopes: {},
	visible: (viewer) => sql<boolean>`${viewer.roleId === UserRole.ADMIN.id}::boolean`,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("mail")
			.select(["id", "recipients", "subject", "status", "attempts", "created_at", "sent_at", "error"])
			.where("id", "in", ids)
			.execute(),
};

/** A mail with its body, which is empty once a mail server has taken it. */
export interface MailDetails extends MailRow {
	html: string;
	text: string;
}

/** The mail, or null. */
export async function findMail(reader: Reader, mailId: number): Promise<MailDetails | null> {
	const mail = await reader
		.selectFrom("mail")
		.select(["id", "recipients", "subject", "status", "attempts", "created_at", "sent_at", "error", "html", "text"])
		.where("id", "=", mailId)
		.executeTakeFirst();
	return mail ?? null;
}
