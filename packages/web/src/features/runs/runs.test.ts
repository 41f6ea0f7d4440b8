import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment } from "@opengsync/db/testing/factories";
import { ReadType, RunStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { quantityLabel, quantityText } from "./quantities.tsx";
import { runRoutes } from "./routes.tsx";
import { runTime } from "./timestamps.ts";

let database: TestDatabase;
let browser: TestBrowser;
let clientBrowser: TestBrowser;
let runId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: runRoutes });
	browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	clientBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
	const run = await database.db
		.insertInto("seq_run")
		.values({
			experiment_name: "RUN_0100",
			status_id: RunStatus.FINISHED.id,
			instrument_name: "A00834",
			run_folder: "200624_A00834_0100_BH",
			flowcell_id: "BHMTFY",
			read_type_id: ReadType.PAIRED_END.id,
			r1_cycles: 36,
			timestamps: JSON.stringify({ started: "2020-06-24T16:00:00Z", completed: "not a time" }),
			quantities: JSON.stringify({
				"pct>=q30": { value: 92.3456, unit: "percent", dimension: "percentage" },
				reads_pf: { value: 1.234e9, unit: "read", dimension: "read_count" },
				from_elsewhere: "12",
			}),
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	runId = run.id;
});

afterAll(() => database.drop());

describe("a run", () => {
	it("shows its metrics compactly, its times, and a link to its experiment as soon as there is one", async () => {
		const before = await (await browser.get(`/seq_runs/${runId}/`)).text();
		expect(before).toContain("92.346 %");
		expect(before).toContain("1.23 B reads");
		expect(before).toContain("36-0-0-0");
		expect(before).toContain("2020-06-24");
		expect(before).not.toMatch(/href="\/experiments\/\d/);
		const experiment = await createExperiment(database.db, { name: "RUN_0100" });
		expect(await (await browser.get(`/seq_runs/${runId}/`)).text()).toContain(`/experiments/${experiment.id}/`);
	});

	it("is found by the exact flow cell, and is for staff", async () => {
		expect(await (await browser.get("/seq_runs/?flowcell_id=BHMTFY")).text()).toContain("RUN_0100");
		expect(await (await browser.get("/seq_runs/?flowcell_id=BHMT")).text()).not.toContain("RUN_0100");
		expect((await clientBrowser.get("/seq_runs/")).status).toBe(403);
		expect((await clientBrowser.get(`/seq_runs/${runId}/`)).status).toBe(403);
		expect((await browser.get("/seq_runs/999999/")).status).toBe(404);
		expect((await browser.get("/seq_runs/abc/")).status).toBe(404);
	});
});

describe("what the instrument left", () => {
	it("is read without trusting its form", () => {
		expect(quantityLabel("first_cycle_intensity")).toBe("First Cycle Intensity");
		expect(quantityText({ value: 0, unit: "read", dimension: "read_count" })).toBe("0.000 reads");
		expect(quantityText({ value: 1, unit: "furlong", dimension: "length" })).toBe("");
		expect(quantityText(null)).toBe("");
		expect(runTime(null, "started")).toBeNull();
		expect(runTime({ started: 5 }, "started")).toBeNull();
		expect(runTime({ completed: "2020-06-24T16:00:00+02:00" }, "completed")?.toISOString()).toBe("2020-06-24T14:00:00.000Z");
	});
});
