// What tokens in every state open; compared with token-matrix.txt.
import type { Route } from "@opengsync/web/framework/route";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRoutes } from "../../scripts/lib/route-features.ts";
import { expectMatrix, tableLine } from "./support/matrix-file.ts";
import { routeName } from "./support/role-matrix.ts";
import { allRoutes, openStage } from "./support/stage.ts";
import {
	answerToApiToken,
	answerToPathToken,
	apiCases,
	linkCases,
	sealCases,
	shareCases,
	type TokenAnswer,
	type TokenCase,
} from "./support/token-matrix.ts";

const matrixFile = new URL("token-matrix.txt", import.meta.url);
const preface = [
	"What tokens in every state open. Written by the test beside it: see CONTRIBUTING.md.",
	"",
	"Forms and bodies are empty, hence bad-input and refused where the token is good. purpose: a link sent for something else.",
];

const routes = [...allRoutes].sort(compareRoutes);
const byLink = routes.filter(({ path }) => path.startsWith("/auth/") && path.includes(":token"));
const bySeal = routes.filter(({ path }) => path.startsWith("/notifications/"));
const byShare = routes.filter(({ policy }) => policy.kind === "shareToken");
const byApi = routes.filter(({ policy }) => policy.kind === "apiToken");

type Answers = ReadonlyMap<string, TokenAnswer>;
const answers = new Map<string, Answers>();
let stage: Awaited<ReturnType<typeof openStage>>;

async function measure(route: Route, cases: readonly TokenCase[], ask: (tokenCase: TokenCase) => Promise<TokenAnswer>) {
	const row = new Map<string, TokenAnswer>();
	for (const tokenCase of cases) row.set(tokenCase.name, await ask(tokenCase));
	answers.set(routeName(route), row);
}

beforeAll(async () => {
	stage = await openStage();
	for (const route of byLink) await measure(route, linkCases, (tokenCase) => answerToPathToken(stage, route, tokenCase));
	for (const route of bySeal) await measure(route, sealCases, (tokenCase) => answerToPathToken(stage, route, tokenCase));
	for (const route of byShare) await measure(route, shareCases, (tokenCase) => answerToPathToken(stage, route, tokenCase));
	for (const route of byApi) {
		const scope = route.policy.kind === "apiToken" ? route.policy.scope : "read";
		await measure(route, apiCases, (tokenCase) => answerToApiToken(stage, route, tokenCase, scope));
	}
});
afterAll(() => stage?.close());

function tableOf(heading: string, among: readonly Route[], cases: readonly TokenCase[]): string[] {
	const widths = [54, ...cases.map(({ name }) => Math.max(name.length, 9))];
	const rows = among.map((route) => {
		const row = answers.get(routeName(route));
		return tableLine([routeName(route), ...cases.map(({ name }) => row?.get(name)?.outcome ?? "")], widths);
	});
	return ["", tableLine([`# ${heading}`, ...cases.map(({ name }) => name)], widths), ...rows];
}

test("a token opens nothing else, and nothing longer, than was reviewed", () => {
	expectMatrix(matrixFile, [
		...preface,
		...tableOf("Links sent by mail", byLink, linkCases),
		...tableOf("Links to decline mails", bySeal, sealCases),
		...tableOf("Share links", byShare, shareCases),
		...tableOf("API tokens", byApi, apiCases),
	]);
});

test("no token makes the product fail", () => {
	const crashes = [...answers].flatMap(([route, row]) =>
		[...row].filter(([, { outcome }]) => ["crash", "forged"].includes(outcome)).map(([name]) => `${route}: ${name}`),
	);
	expect(crashes).toEqual([]);
});

/** The cases among which an answer differs from that of the first one. */
function tellingApart(among: readonly Route[], cases: readonly string[]): string[] {
	return among.flatMap((route) => {
		const row = answers.get(routeName(route));
		const first = row?.get(cases[0] ?? "")?.visible;
		return cases.filter((name) => row?.get(name)?.visible !== first).map((name) => `${routeName(route)}: ${name}`);
	});
}

test("nobody learns from an answer whether a link ever existed", () => {
	// Too long a text is no address at all, which is known without asking the database.
	const dead = ["unknown", "altered", "used", "expired", "purpose", "share", "nul", "non-ascii", "quotes"];
	expect(tellingApart(byLink, dead)).toEqual([]);
});

test("a link to decline mails that is not ours tells nothing", () => {
	expect(tellingApart(bySeal, ["unknown", "altered", "nul", "non-ascii", "quotes", "share", "mail-link"])).toEqual([]);
});

test("a share link tells no more than that it is over, or unknown", () => {
	expect(tellingApart(byShare, ["unknown", "altered", "too-long", "nul", "non-ascii", "quotes", "mail-link"])).toEqual([]);
	expect(tellingApart(byShare, ["revoked", "expired"])).toEqual([]);
});

test("nobody learns from the API why a token is not accepted", () => {
	const dead = ["unknown", "altered", "revoked", "expired", "demoted", "closed", "share", "too-long", "quotes"];
	expect(tellingApart(byApi, dead)).toEqual([]);
	// A header cannot carry these, and GET has no body.
	const withBody = byApi.filter(({ method }) => method !== "GET");
	expect(tellingApart(withBody, ["unknown", "nul", "non-ascii", "empty"])).toEqual([]);
});
