import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment } from "@opengsync/db/testing/factories";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { experimentRoutes } from "../experiments/routes.tsx";
import { billingRoutes } from "./routes.tsx";

let database: TestDatabase;
let staff: TestBrowser;
let client: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: [...experimentRoutes, ...billingRoutes] });
	staff = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	client = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
});
afterAll(() => database.drop());

it("staff download the workbook of the experiments that they tick, named after the day", async () => {
	const experiments = [await createExperiment(database.db), await createExperiment(database.db)];
	expect(await (await staff.get("/experiments/")).text()).toContain("/experiments/billing/");
	const page = await (await staff.get("/experiments/billing/")).text();
	for (const experiment of experiments) expect(page).toContain(experiment.name);
	const query = experiments.map((experiment) => `experiment_id=${experiment.id}`).join("&");
	const file = await staff.get(`/experiments/billing/download/?${query}`);
	expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="?billing_20\d{6}\.xlsx/);
	expect(
		Buffer.from(await file.arrayBuffer())
			.subarray(0, 2)
			.toString(),
	).toBe("PK");
});

it("says that nothing was ticked, and does not know what there is not", async () => {
	const none = await staff.get("/experiments/billing/download/");
	expect(none.status).toBe(422);
	expect(await none.text()).toContain("Select at least one experiment.");
	expect((await staff.get("/experiments/billing/download/?experiment_id=999999")).status).toBe(404);
	expect((await staff.get("/experiments/billing/download/?experiment_id=x")).status).toBe(404);
});

it("customers never see what others are billed", async () => {
	expect((await client.get("/experiments/billing/")).status).toBe(403);
	expect((await client.get("/experiments/billing/download/?experiment_id=1")).status).toBe(403);
});
