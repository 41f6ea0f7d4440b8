import type { NeededScope } from "@opengsync/core/api-tokens/scopes";
import { AccessType } from "@opengsync/domain/catalog";

/** Levels that an object policy may ask for: access-and-web.md §1 (V, E, O, I, A). */
export type ObjectLevel = "VIEW" | "EDIT" | "OWNER" | "INSIDER" | "ADMIN";

/** Objects that have levels: access-and-web.md §2.2. */
export type PolicyEntity =
	| "request"
	| "project"
	| "sample"
	| "library"
	| "pool"
	| "mediaFile"
	| "dataPath"
	| "comment"
	| "group"
	| "user"
	| "experiment"
	| "labPrep"
	| "run"
	| "protocol"
	| "workflowRun";

/**
 * Who may call a route. `object`: the handler loads the object named by `parameter` together with the caller's level and hands
 * it to `exchange.authorize`; the framework refuses to answer when it forgot.
 */
export type Policy =
	| { readonly kind: "public" }
	| { readonly kind: "signedIn" }
	| { readonly kind: "insider"; readonly orToken?: true }
	| { readonly kind: "admin" }
	| { readonly kind: "apiToken"; readonly scope: NeededScope }
	| { readonly kind: "shareToken" }
	| { readonly kind: "object"; readonly entity: PolicyEntity; readonly parameter: string; readonly level: ObjectLevel };

/** Anybody, signed in or not. */
export const publicly = { kind: "public" } as const satisfies Policy;

/** Any active signed-in user (U). */
export const signedIn = { kind: "signedIn" } as const satisfies Policy;

/** Staff (I). */
export const insider = { kind: "insider" } as const satisfies Policy;

/** Staff, by session or by an API token in the header (background-and-ops.md §5.2). */
export const insiderOrToken = { kind: "insider", orToken: true } as const satisfies Policy;

/** Admins (A). */
export const admin = { kind: "admin" } as const satisfies Policy;

/** A valid API token of an insider that has this scope: background-and-ops.md §5.1. */
export function apiTokenWith(scope: NeededScope): Policy {
	return { kind: "apiToken", scope };
}

/** A share token in the path, checked by the handler on every request: access-and-web.md §16. */
export const shareToken = { kind: "shareToken" } as const satisfies Policy;

/** At least `level` on the object whose id is the path parameter `parameter`. */
export function onObject(entity: PolicyEntity, parameter: string, level: ObjectLevel): Policy {
	return { kind: "object", entity, parameter, level };
}

/** Number of a level as the database computes it (*accessType*). */
export function levelId(level: ObjectLevel): number {
	return AccessType[level].id;
}
