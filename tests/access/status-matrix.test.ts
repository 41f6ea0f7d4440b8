// What can be done with an object in which status, by whom; compared with status-matrix.txt.
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRoutes } from "../../scripts/lib/route-features.ts";
import { expectMatrix, tableLine } from "./support/matrix-file.ts";
import { routeName } from "./support/role-matrix.ts";
import { allRoutes, openStage } from "./support/stage.ts";
import { actionsOf, outcomeInStatus, statusActors, statusEntities } from "./support/status-matrix.ts";

const matrixFile = new URL("status-matrix.txt", import.meta.url);
const preface = [
	"What can be done with an object in each of its statuses. Written by the test beside it: see CONTRIBUTING.md.",
	"",
	"Forms are sent as they come to an admin, with the least that has to be filled in. refused: allowed, but not in this status.",
	"The request has a library, a sample and an authorization form; an annotation of the requestor is open.",
];
const widths = [18, ...statusActors.map((name) => Math.max(name.length, 10))];

let stage: Awaited<ReturnType<typeof openStage>>;
const lines = [...preface];

beforeAll(async () => {
	stage = await openStage();
	for (const entity of statusEntities) {
		lines.push("", `# ${entity.heading}`);
		for (const route of [...actionsOf(entity, allRoutes)].sort(compareRoutes)) {
			lines.push("", tableLine([routeName(route)], []), tableLine(["", ...statusActors], widths));
			for (const status of entity.statuses) {
				const cells: string[] = [];
				for (const name of statusActors) cells.push(await outcomeInStatus(stage, route, entity, status.id, name));
				lines.push(tableLine([`  ${status.key}`, ...cells], widths));
			}
		}
	}
});
afterAll(() => stage?.close());

test("an object can be changed in no other status, and by nobody else, than was reviewed", () => {
	expectMatrix(matrixFile, lines);
});

test("no status makes the product fail", () => {
	expect(lines.slice(preface.length).filter((line) => /crash|forged|limited/.test(line))).toEqual([]);
});

test("once nothing is a draft any more, a customer changes neither its description nor its content", () => {
	// access-and-web.md §3.1: "E in DRAFT, else I".
	// Throwing away what one has typed into an open annotation is possible at any time.
	const forDrafts = /\/(edit|delete|annotation|submit)\/(?!.*\/(discard|draft)\/)/;
	const laxer: string[] = [];
	let route = "";
	for (const line of lines.slice(preface.length)) {
		if (/^(POST|PUT|PATCH|DELETE) /.test(line)) route = line;
		const [status = "", requestor = "", member = ""] = line.trim().split(/\s+/);
		if (!line.startsWith("  ") || !forDrafts.test(route) || status === "DRAFT" || /^[a-z]/.test(status)) continue;
		if ([requestor, member].some((word) => word === "done" || word === "ok")) laxer.push(`${route} in ${status}`);
	}
	expect(laxer).toEqual([]);
});
