import type { Db } from "@opengsync/db/connection";
import type { Actor } from "@opengsync/db/transaction";
import type { Services } from "../context.ts";

/** What commands of people who are not signed in need; they open their own transaction. */
export interface AccountContext {
	readonly db: Db;
	readonly services: Services;
	/** `userId` null, or a signed-in client who uses a page of the anonymous. */
	readonly actor: Actor;
}
