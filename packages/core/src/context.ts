import type { Actor, Tx } from "@opengsync/db/transaction";
import type { SignInThrottle } from "./accounts/sign-in.ts";
import type { FacilityConfig } from "./config.ts";
import type { FileStore } from "./files/file-store.ts";
import type { MailTransport } from "./mail/transport.ts";

/** The signed-in person for whom something is done. Role and groups are read anew with each request. */
export interface Viewer {
	readonly id: number;
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	/** Id of *userRole*. */
	readonly roleId: number;
}

/** What commands need besides the database. One set per process. */
export interface Services {
	readonly config: FacilityConfig;
	readonly files: FileStore;
	readonly mail: MailTransport;
	/** Present time; tests may set it. */
	readonly now: () => Date;
	/** Counts wrong passwords and codes per account where several processes share it; else each process counts by itself. */
	readonly signInThrottle?: SignInThrottle;
}

/**
 * Everything a command may use. Commands are the only code that writes: `async function verbObject(context, input)`, one file
 * each under `core/<feature>/`. The transaction carries the actor, so that the audit trail knows who did it.
 */
export interface CommandContext {
	readonly tx: Tx;
	readonly actor: Actor;
	readonly viewer: Viewer;
	readonly services: Services;
}
