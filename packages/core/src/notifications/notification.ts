import type { NotificationKindKey } from "@opengsync/domain/notifications";
import type { CommandContext } from "../context.ts";

/** What notifying needs of a command or job: the transaction of the change, and who made it. */
export type NotificationContext = Pick<CommandContext, "tx" | "actor" | "services">;

/** Something that happened to a request. Plain text; it is escaped where it is laid out. */
export interface Notification {
	readonly kind: NotificationKindKey;
	readonly requestId: number;
	readonly requestName: string;
	/** One sentence without the name of the request. */
	readonly summary: string;
	/** What somebody wrote, e.g. a comment. */
	readonly detail: string | null;
	/** Tab of the request's page where it can be seen. */
	readonly tab?: string;
}

/** Why somebody is told. */
export type RecipientReason = "requestor" | "contact" | "assignee" | "mentioned";

/** Somebody who may have to be told. */
export interface Recipient {
	readonly reason: RecipientReason;
	/** Account; null for a contact person without one. */
	readonly userId: number | null;
	readonly email: string;
	readonly name: string;
	/** Role of the account; null without one. */
	readonly roleId: number | null;
}
