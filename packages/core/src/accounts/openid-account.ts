import type { Db } from "@opengsync/db/connection";
import { type Tx, transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { isPermittedDomain } from "@opengsync/domain/user-actions";
import type { OpenIdProviderConfig } from "../config.ts";
import type { OpenIdPerson } from "./openid-provider.ts";
import { unusablePassword } from "./passwords.ts";

/** Whose account the institution opens, or why none. */
export type OpenIdAccount =
	| { readonly kind: "found"; readonly userId: number }
	/** The institution names no address, or has not verified it. */
	| { readonly kind: "unverified" }
	/** The address is not of a domain that is accepted. */
	| { readonly kind: "foreign" }
	/** Nobody here has this address, and the institution does not bring new people. */
	| { readonly kind: "unknown" }
	/** Another person of the institution had this address before. */
	| { readonly kind: "taken" }
	| { readonly kind: "deactivated" };

interface FoundUser {
	readonly id: number;
	readonly role_id: number;
}

/**
 * The account of a person whom an institution has identified. It is found by provider and subject; the address matters the first time
 * only, when an active account with that verified address is linked, or a CLIENT account made. A changed address at the institution
 * neither moves the person to another account nor changes the address here.
 */
export async function findOpenIdAccount(
	context: { readonly db: Db; readonly requestId: string; readonly now: Date },
	provider: OpenIdProviderConfig,
	person: OpenIdPerson,
): Promise<OpenIdAccount> {
	const { email } = person;
	if (email === null || !person.emailVerified) return { kind: "unverified" };
	if (!isPermittedDomain(email, provider.emailDomains)) return { kind: "foreign" };
	const actor = { userId: null, impersonatorId: null, via: "web", requestId: context.requestId } as const;
	return transact(context.db, actor, async (tx) => {
		const linked = await useIdentity(tx, provider, person, context.now);
		if (linked) return accountOf(tx, linked);
		const owner = (await findOwner(tx, email)) ?? (provider.createsAccounts ? await createClient(tx, email, person) : undefined);
		if (!owner) return { kind: "unknown" };
		const account = await accountOf(tx, owner);
		if (account.kind !== "found") return account;
		return (await link(tx, provider, person, owner, context.now)) ? account : { kind: "taken" };
	});
}

/** The user of a known identity; notes its use. */
function useIdentity(tx: Tx, provider: OpenIdProviderConfig, person: OpenIdPerson, now: Date): Promise<FoundUser | undefined> {
	return tx
		.updateTable("external_identity")
		.from("lims_user")
		.set({ last_used_at: now })
		.whereRef("lims_user.id", "=", "external_identity.user_id")
		.where("external_identity.provider", "=", provider.name)
		.where("external_identity.subject", "=", person.subject)
		.returning(["lims_user.id", "lims_user.role_id"])
		.executeTakeFirst();
}

/** The account with an address, locked, so that two people who sign in at once cannot both be linked. */
function findOwner(tx: Tx, email: string): Promise<FoundUser | undefined> {
	return tx
		.selectFrom("lims_user")
		.select(["id", "role_id"])
		.where(({ eb, fn }) => eb(fn<string>("lower", ["email"]), "=", email))
		.forUpdate()
		.executeTakeFirst();
}

/** Deactivated accounts stay shut; a temporary one is deactivated by the attempt (access-and-web.md §2.1). */
async function accountOf(tx: Tx, user: FoundUser): Promise<OpenIdAccount> {
	if (user.role_id === UserRole.TEMPORARY.id) {
		await tx.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", user.id).execute();
	}
	const isShut = user.role_id === UserRole.TEMPORARY.id || user.role_id === UserRole.DEACTIVATED.id;
	return isShut ? { kind: "deactivated" } : { kind: "found", userId: user.id };
}

/** A new CLIENT account without a usable password; the existing one when somebody made it at the same moment. */
async function createClient(tx: Tx, email: string, person: OpenIdPerson): Promise<FoundUser | undefined> {
	const [localPart = ""] = email.split("@");
	const created = await tx
		.insertInto("lims_user")
		.values({
			email,
			first_name: (person.firstName ?? localPart).slice(0, 64),
			last_name: (person.lastName ?? "–").slice(0, 64),
			password: unusablePassword(),
			role_id: UserRole.CLIENT.id,
		})
		.onConflict((conflict) => conflict.doNothing())
		.returning(["id", "role_id"])
		.executeTakeFirst();
	return created ?? findOwner(tx, email);
}

/** Links an account with an identity. @returns false when it is linked with another person of that provider */
async function link(tx: Tx, provider: OpenIdProviderConfig, person: OpenIdPerson, user: FoundUser, now: Date): Promise<boolean> {
	const earlier = await tx
		.selectFrom("external_identity")
		.select("subject")
		.where("provider", "=", provider.name)
		.where("user_id", "=", user.id)
		.executeTakeFirst();
	if (earlier) return earlier.subject === person.subject;
	const values = { provider: provider.name, subject: person.subject, user_id: user.id, created_at: now, last_used_at: now };
	await tx.insertInto("external_identity").values(values).execute();
	return true;
}
