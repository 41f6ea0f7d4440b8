// How many SQL statements a page costs. A page that asks more than before fails; put the new number here only when it has a reason.

import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createExperiment,
	createGroup,
	createLabPrep,
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
} from "@opengsync/db/testing/factories";
import { countStatements } from "@opengsync/db/transaction";
import { AffiliationType, AttributeType, MuxType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserOf, createTestApp, createTestUser } from "./framework/testing/test-app.ts";
import { routes } from "./routes.ts";

let database: TestDatabase;
let admin: Viewer;
let client: Viewer;
const ids: Record<string, number> = {};

/** Address → statements for an admin, for the client whose objects they are; the session is one of them. `-`: not for clients. */
const table = `
/                                        5 3
/projects/                               4 4
/projects/:project/                      2 2
/seq_requests/                           4 4
/seq_requests/:request/                  2 2
/samples/                                4 4
/samples/:sample/                        2 2
/libraries/                              4 4
/libraries/:library/                     2 2
/pools/                                  4 4
/pools/:pool/                            2 2
/lab_preps/                              4 -
/lab_preps/:prep/                        2 -
/experiments/                            4 -
/experiments/:experiment/                4 -
/seq_runs/                               2 -
/users/                                  4 -
/users/:user/                            2 2
/groups/                                 4 4
/groups/:group/                          2 2
/kits/                                   2 2
/admin_page/                             1 -
/htmx/projects/list                      4 4
/htmx/projects/:project/samples          5 5
/htmx/projects/:project/attributes       6 6
/htmx/projects/:project/requests         5 5
/htmx/projects/:project/data             4 4
/htmx/seq_requests/:request/libraries    5 5
/htmx/seq_requests/:request/files        3 3
/htmx/seq_requests/:request/comments     3 3
/htmx/seq_requests/:request/samples      3 3
/htmx/seq_requests/:request/overview     3 3
/htmx/seq_requests/:request/projects     5 5
/htmx/seq_requests/:request/data         3 3
/htmx/seq_requests/:request/workflows    3 3
/htmx/samples/:sample/libraries          5 5
/htmx/libraries/:library/reads           3 3
/htmx/libraries/:library/samples         3 3
/htmx/pools/:pool/libraries              5 5
/htmx/lab_preps/:prep/libraries          5 -
/htmx/lab_preps/:prep/multiplexing       3 -
/htmx/experiments/:experiment/pools      4 -
/htmx/experiments/:experiment/libraries  5 -
`;

/** Rows per kind: the figures must not depend on it. */
const rowsPerKind = 12;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	admin = await createTestUser(db, UserRole.ADMIN.id);
	client = await createTestUser(db, UserRole.CLIENT.id);
	const group = await createGroup(db, {}, { [client.id]: AffiliationType.OWNER.id });
	const mine = { owner_id: client.id };
	for (let index = 0; index < rowsPerKind; index++) {
		const request = await createRequest(db, { requestor_id: client.id, group_id: group.id });
		const project = await createProject(db, { ...mine, group_id: group.id });
		const attributes = JSON.stringify({ sex: { type_id: AttributeType.SEX.id, value: "F" } });
		const sample = await createSample(db, { ...mine, project_id: project.id, attributes });
		const pool = await createPool(db, { ...mine, seq_request_id: request.id });
		const prep = await createLabPrep(db);
		const ofPrep = { lab_prep_id: prep.id, mux_type_id: MuxType.TENX_OLIGO.id };
		const library = await createLibrary(db, { ...mine, ...ofPrep, seq_request_id: request.id, pool_id: pool.id });
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		const experiment = await createExperiment(db, { operator_id: admin.id });
		Object.assign(ids, {
			request: request.id,
			project: project.id,
			sample: sample.id,
			pool: pool.id,
			library: library.id,
			prep: prep.id,
			experiment: experiment.id,
			group: group.id,
			user: client.id,
		});
	}
});

afterAll(() => database.drop());

/** Statements of one request, that of the session included. */
async function cost(viewer: Viewer, address: string): Promise<string> {
	const quiet = createTestApp({ db: database.db, routes });
	const browser = await browserOf(quiet, database.db, viewer);
	const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const path = address.replaceAll(/:(\w+)/g, (_, name: string) => String(ids[name] ?? 0));
	const headers = { cookie, ...(path.startsWith("/htmx/") ? { "hx-request": "true" } : {}) };
	const { result, statements } = await countStatements(database.db, async (db) =>
		createTestApp({ db, routes }).request(path, { headers }),
	);
	if (result.status === 403) return "-";
	return result.status === 200 ? String(statements) : `status ${result.status}`;
}

const lines = table
	.trim()
	.split("\n")
	.map((line) => line.trim().split(/\s+/));

describe("statements per page", () => {
	it("are those of the table", async () => {
		const measured: string[] = [];
		for (const [address = ""] of lines)
			measured.push([address, await cost(admin, address), await cost(client, address)].join(" "));
		expect(measured).toEqual(lines.map((line) => line.join(" ")));
	});
});
