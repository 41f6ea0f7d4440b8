import type { Db } from "@opengsync/db/connection";
import { type Actor, type Tx, transact } from "@opengsync/db/transaction";
import { findNotificationKind } from "@opengsync/domain/notifications";
import { isActive, isInsider } from "@opengsync/domain/roles";
import { localTime, parseLocalDateTime } from "@opengsync/domain/time";
import { sql } from "kysely";
import type { Services } from "../context.ts";
import { readFacilityMailParts } from "../mail/facility-parts.ts";
import { enqueueMail } from "../mail/outbox.ts";
import { loadNotificationModes } from "./choices.ts";
import { type DigestItem, writeDigestMail } from "./notification-mail.ts";

/** Hour of the facility's day at which digests go out. */
export const digestHour = 7;

/** The last time at which digests were due. */
export function lastDigestTime(now: Date, timeZone: string): Date {
	const { year, month, day } = localTime(now, timeZone);
	const dueOn = (date: Date) =>
		parseLocalDateTime(`${date.toISOString().slice(0, 10)}T${String(digestHour).padStart(2, "0")}:00`, timeZone) ?? now;
	const today = dueOn(new Date(Date.UTC(year, month - 1, day)));
	return today <= now ? today : dueOn(new Date(Date.UTC(year, month - 1, day - 1)));
}

/**
 * Puts one mail per person into the outbox with everything that waited until the last time digests were due. Run again on the same day it
 * finds nothing, so a job that is repeated, late or started twice tells nobody twice. Each person is a transaction of its own.
 * @returns number of mails
 */
export async function sendDailyDigests(db: Db, services: Services, actor: Actor): Promise<number> {
	const due = lastDigestTime(services.now(), services.config.timeZone);
	const { rows } = await sql<{ userId: number }>`SELECT DISTINCT user_id AS "userId" FROM notification_digest_item
		WHERE created_utc < ${due} ORDER BY 1`.execute(db);
	let sent = 0;
	for (const { userId } of rows) {
		if (await transact(db, actor, (tx) => sendDigest(tx, services, userId, due))) sent += 1;
	}
	return sent;
}

async function sendDigest(tx: Tx, services: Services, userId: number, due: Date): Promise<boolean> {
	const { rows } = await sql<DigestItem & { id: number; email: string; name: string; roleId: number }>`
		WITH taken AS (DELETE FROM notification_digest_item WHERE user_id = ${userId} AND created_utc < ${due} RETURNING *)
		SELECT t.id, t.kind, t.seq_request_id AS "requestId", r.name AS "requestName", t.summary, t.detail,
			u.email, u.first_name || ' ' || u.last_name AS name, u.role_id AS "roleId"
		FROM taken t JOIN seq_request r ON r.id = t.seq_request_id JOIN lims_user u ON u.id = t.user_id
		ORDER BY t.seq_request_id, t.id`.execute(tx);
	const person = rows[0];
	if (!person || !isActive(person.roleId)) return false;
	const recipient = { userId, email: person.email, name: person.name };
	const modeOf = await loadNotificationModes(tx, [recipient]);
	const items = rows.filter((item) => isStillMeant(item, person.roleId) && modeOf(recipient, item.kind) !== "never");
	if (items.length === 0) return false;
	const parts = await readFacilityMailParts(services.config);
	await enqueueMail(tx, await writeDigestMail(services.config, parts, items, recipient));
	return true;
}

/** What is told to staff alone is not told to somebody who left it since. */
function isStillMeant(item: DigestItem, roleId: number): boolean {
	return findNotificationKind(item.kind)?.audience === "requestor" || isInsider(roleId);
}
