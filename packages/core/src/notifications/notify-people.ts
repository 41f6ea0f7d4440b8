import { normalizeEmail } from "@opengsync/domain/email";
import { findNotificationKind } from "@opengsync/domain/notifications";
import { isActive, isInsider } from "@opengsync/domain/roles";
import { readFacilityMailParts } from "../mail/facility-parts.ts";
import { enqueueMail } from "../mail/outbox.ts";
import { loadNotificationModes } from "./choices.ts";
import type { Notification, NotificationContext, Recipient } from "./notification.ts";
import { writeNotificationMail } from "./notification-mail.ts";

/**
 * Tells people of an event as each of them chose: by a mail of the outbox, or as an item of the next digest; both only if the transaction
 * commits (extensions.md §8). Nobody is told twice, of what they did themselves, or with a deactivated account; what concerns the work of
 * staff is told to staff alone.
 * @param exceptEmails addresses that are told by another mail already
 * @returns those who were told, now or later
 */
export async function notifyPeople(
	context: NotificationContext,
	notification: Notification,
	people: readonly Recipient[],
	exceptEmails: readonly string[] = [],
): Promise<readonly Recipient[]> {
	const recipients = chooseRecipients(context, notification, people, exceptEmails);
	if (recipients.length === 0) return [];
	const modeOf = await loadNotificationModes(context.tx, recipients);
	const told = recipients.filter((recipient) => modeOf(recipient, notification.kind) !== "never");
	const later = told.filter((recipient) => modeOf(recipient, notification.kind) === "daily");
	await keepForDigest(
		context,
		notification,
		later.flatMap((recipient) => recipient.userId ?? []),
	);
	const { config } = context.services;
	const parts = await readFacilityMailParts(config);
	for (const recipient of told) {
		if (later.includes(recipient)) continue;
		await enqueueMail(context.tx, await writeNotificationMail(config, parts, notification, recipient));
	}
	return told;
}

function chooseRecipients(
	{ actor }: NotificationContext,
	notification: Notification,
	people: readonly Recipient[],
	exceptEmails: readonly string[],
): readonly Recipient[] {
	const isForStaff = findNotificationKind(notification.kind)?.audience !== "requestor";
	const seen = new Set(exceptEmails.map(normalizeEmail));
	return people.filter((person) => {
		const address = normalizeEmail(person.email);
		const isActing = person.userId !== null && (person.userId === actor.userId || person.userId === actor.impersonatorId);
		const isMeant = person.roleId === null ? !isForStaff : isActive(person.roleId) && (!isForStaff || isInsider(person.roleId));
		if (isActing || !isMeant || seen.has(address)) return false;
		seen.add(address);
		return true;
	});
}

async function keepForDigest(
	context: NotificationContext,
	notification: Notification,
	userIds: readonly number[],
): Promise<void> {
	if (userIds.length === 0) return;
	await context.tx
		.insertInto("notification_digest_item")
		.values(
			userIds.map((userId) => ({
				user_id: userId,
				seq_request_id: notification.requestId,
				kind: notification.kind,
				summary: notification.summary.slice(0, 512),
				detail: notification.detail,
				created_utc: context.services.now(),
			})),
		)
		.execute();
}
