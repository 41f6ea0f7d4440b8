import { findNotificationKind, type NotificationKindKey } from "@opengsync/domain/notifications";
import { z } from "zod";
import { openSealed, seal } from "../shared/seal.ts";

/** What an unsubscribe link is good for: one person, and the kinds of the mail in which it stood. */
export interface UnsubscribeTarget {
	/** Account; null for a person without one, who is known by the address alone. */
	readonly userId: number | null;
	/** Address to which the mail went. */
	readonly email: string;
	readonly kinds: readonly NotificationKindKey[];
}

const sealedTarget = z.tuple([z.int().positive().nullable(), z.string().min(3).max(128), z.array(z.string()).min(1).max(64)]);

/** The secret of an unsubscribe link. It holds what it is for, sealed, so that nothing has to be kept and it works as long as the mail is read. */
export function writeUnsubscribeToken(secretKey: string, target: UnsubscribeTarget): string {
	return seal(secretKey, "unsubscribe", JSON.stringify([target.userId, target.email, target.kinds]));
}

/** What a link is for; null when it is not one of ours or was altered. */
export function readUnsubscribeToken(secretKey: string, token: string): UnsubscribeTarget | null {
	if (Buffer.from(token, "base64url").toString("base64url") !== token) return null;
	const text = openSealed(secretKey, "unsubscribe", token);
	if (text === null) return null;
	const parsed = sealedTarget.safeParse(JSON.parse(text));
	if (!parsed.success) return null;
	const [userId, email, keys] = parsed.data;
	const kinds = keys.flatMap((key) => findNotificationKind(key)?.key ?? []);
	return kinds.length > 0 ? { userId, email, kinds } : null;
}
