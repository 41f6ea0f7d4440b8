// Writes docs/permissions.md from the route table and its policies. With --check: fails if it differs from the file.
import { readFileSync, writeFileSync } from "node:fs";
import { apiTokenScopes } from "../../packages/core/src/api-tokens/scopes.ts";
import { developerRoutes } from "../../packages/web/src/developer-routes.ts";
import type { PolicyEntity } from "../../packages/web/src/framework/policy.ts";
import type { Route } from "../../packages/web/src/framework/route.ts";
import { routes } from "../../packages/web/src/routes.ts";
import { compareRoutes, groupByFeature, readablePath } from "../lib/route-features.ts";

const entityNames: Readonly<Record<PolicyEntity, string>> = {
	request: "request",
	project: "project",
	sample: "sample",
	library: "library",
	pool: "pool",
	mediaFile: "file",
	dataPath: "data path",
	comment: "comment",
	group: "group",
	user: "account",
	experiment: "experiment",
	labPrep: "prep",
	run: "run",
	protocol: "protocol",
	workflowRun: "workflow run",
};

/** The holder of a level in words. */
function describeWho({ policy }: Route): string {
	switch (policy.kind) {
		case "public":
			return "anybody";
		case "signedIn":
			return "signed in";
		case "insider":
			return policy.orToken ? "staff, or token with *read*" : "staff";
		case "admin":
			return "admins";
		case "apiToken":
			return policy.scope === "any" ? "any token" : `token with *${policy.scope}*`;
		case "shareToken":
			return "holder of the link";
		case "object":
			return `${policy.level} on the ${entityNames[policy.entity]}`;
	}
}

const introduction = `# Who may do what

Written by \`npm run generate\` from the table of routes. What everybody really gets from each of them is tested call by call:
[role matrix](../tests/access/role-matrix.txt), [what each status allows](../tests/access/status-matrix.txt),
[links and tokens](../tests/access/token-matrix.txt).

## Roles

| role | may |
|---|---|
| nobody signed in | sign in, register, set a forgotten password anew, open share links and the help |
| DEACTIVATED | nothing: sessions, tokens and passkeys end at once |
| CLIENT | work with own objects and with those of own groups |
| TECHNICIAN, BIOINFORMATICIAN (*staff*) | everything but what is reserved to admins; both have the same rights |
| ADMIN (*staff*) | everything |
| TEMPORARY | the rights of a client, only while an admin works in a deactivated account |

## Levels

Each person has a level to each object. It is computed in the database together with the object, anew for every request; a higher level includes the lower ones.

| level | who has it |
|---|---|
| NONE | everybody who is not named below. The answer is *forbidden* (403); what does not exist is *missing* (404) |
| VIEW | members of a group, for the group; who may see a project, request or library, for its data paths |
| EDIT | members of the group to which a request or project belongs, for it and for what is in it; managers of a group, for the group |
| OWNER | the requestor of a request, the owner of a project, sample, library or pool, who uploaded a file, the owner of a group, everybody for the own account |
| INSIDER | staff, for everything |
| ADMIN | admins, for everything |

Whoever has EDIT may change things while they are drafts; after that staff may. Forms are shown and accepted by the same rule. A route may ask for more than its
level where the object decides: own sessions and tokens, for instance, are for their owner and admins.

## API tokens

Tokens are made on the page of an account, for staff only. A token acts for its owner as long as the owner is staff, and only with its scopes:

| scope | allows to |
|---|---|
${apiTokenScopes.map((scope) => `| *${scope.key}* | ${scope.help} |`).join("\n")}

## Routes

*page*: a whole page, who is not signed in is led to the sign-in page. *fragment*: a part of a page. *action*: changes something; it needs the token against forgery.
*file*: a download. *api*: for scripts. Every GET answers HEAD as well.
`;

/** A cell of a table; a bar in it would end it. */
function cell(text: string): string {
	return text.replaceAll("|", "\\|");
}

function tableOf(group: { readonly heading: string; readonly items: readonly Route[] }): string {
	const lines = group.items.map((route) =>
		[
			"",
			route.method,
			`\`${cell(readablePath(route.path))}\``,
			route.kind,
			cell(describeWho(route)),
			cell(route.summary),
			"",
		].join(" | "),
	);
	return [
		`### ${group.heading}`,
		"",
		"| method | path | kind | who | what |",
		"|---|---|---|---|---|",
		...lines.map((line) => line.trim()),
	].join("\n");
}

const target = new URL("../../docs/permissions.md", import.meta.url);
const groups = groupByFeature([...routes, ...developerRoutes()].sort(compareRoutes));
const text = `${introduction}\n${groups.map(tableOf).join("\n\n")}\n`;
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
	console.error("docs/permissions.md does not fit the routes. Run npm run generate and commit the result.");
	process.exitCode = 1;
}
