import type { Reader } from "@opengsync/db/transaction";
import { normalizeEmail } from "@opengsync/domain/email";
import {
	type NotificationKindKey,
	type NotificationMode,
	notificationKinds,
	notificationModeOf,
} from "@opengsync/domain/notifications";
import { sql } from "kysely";

/** Somebody by account and address. */
export interface ChoiceOwner {
	readonly userId: number | null;
	readonly email: string;
}

/** Answers how somebody wants to be told of a kind. */
export type ModeLookup = (owner: ChoiceOwner, kind: NotificationKindKey) => NotificationMode;

/** Loads what people chose, in two statements whatever their number. */
export async function loadNotificationModes(db: Reader, owners: readonly ChoiceOwner[]): Promise<ModeLookup> {
	const userIds = owners.flatMap((owner) => owner.userId ?? []);
	const emails = owners.map((owner) => normalizeEmail(owner.email));
	const chosen = await sql<{ userId: number; kind: string; mode: NotificationMode }>`
		SELECT user_id AS "userId", kind, mode FROM notification_preference WHERE user_id = ANY(${userIds}::int[])`.execute(db);
	const declined = await sql<{ email: string; kind: string }>`
		SELECT email, kind FROM notification_opt_out WHERE email = ANY(${emails}::text[])`.execute(db);
	const modes = new Map(chosen.rows.map((row) => [`${row.userId}/${row.kind}`, row.mode]));
	const optOuts = new Set(declined.rows.map((row) => `${row.email}/${row.kind}`));
	return (owner, key) => {
		const kind = notificationKinds.find((candidate) => candidate.key === key);
		if (!kind) return "never";
		return notificationModeOf(kind, {
			chosen: modes.get(`${owner.userId}/${key}`) ?? null,
			hasOptedOut: optOuts.has(`${normalizeEmail(owner.email)}/${key}`),
			hasAccount: owner.userId !== null,
		});
	};
}
