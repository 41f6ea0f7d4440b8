import { levelId, type Policy } from "@opengsync/web/framework/policy";
import { type ActorName, actorNames } from "./actors.ts";
import type { Outcome } from "./classify.ts";
import { expectedLevel } from "./expected-levels.ts";
import type { Row } from "./role-matrix.ts";

/** What a policy lets follow for an actor: stopped with this word, or let through to the handler. */
type Verdict = "sign-in" | "forbidden" | "missing" | "through";

const insiders: readonly ActorName[] = ["technician", "bioinformatician", "admin"];
const signedIn: readonly ActorName[] = ["stranger", "requestor", "member", "manager", "owner", ...insiders];

function verdictOf(policy: Policy, actor: ActorName): Verdict {
	switch (policy.kind) {
		case "public":
			return "through";
		case "shareToken":
			return actor === "link" ? "through" : "missing";
		case "apiToken":
			return verdictForToken(policy.scope, actor);
		case "signedIn":
			return signedIn.includes(actor) ? "through" : "sign-in";
		case "insider":
			if (policy.orToken && !signedIn.includes(actor)) return verdictForToken("read", actor);
			if (!signedIn.includes(actor)) return "sign-in";
			return insiders.includes(actor) ? "through" : "forbidden";
		case "admin":
			if (!signedIn.includes(actor)) return "sign-in";
			return actor === "admin" ? "through" : "forbidden";
		case "object": {
			const level = expectedLevel(actor, policy.entity);
			if (level === null) return "sign-in";
			return level >= levelId(policy.level) ? "through" : "forbidden";
		}
	}
}

function verdictForToken(scope: string, actor: ActorName): Verdict {
	if (actor === "link") return "forbidden";
	if (!actor.startsWith("api-")) return "sign-in";
	return scope === "any" || actor === `api-${scope}` ? "through" : "forbidden";
}

const stops: readonly Outcome[] = ["sign-in", "forbidden"];

/**
 * Where a row of the matrix contradicts the policy of its route. For those in `stricter` the handler has to forbid what the policy would
 * let through.
 */
export function contradictions(name: string, policy: Policy, row: Row, stricter: readonly ActorName[]): string[] {
	return actorNames.flatMap((actor) => {
		const verdict = verdictOf(policy, actor);
		const outcome = row[actor];
		const forbidden = verdict === "through" && stricter.includes(actor);
		const fits = forbidden ? outcome === "forbidden" : verdict === "through" ? !stops.includes(outcome) : outcome === verdict;
		return fits ? [] : [`${name} as ${actor}: ${outcome}, by its policy ${verdict}`];
	});
}
