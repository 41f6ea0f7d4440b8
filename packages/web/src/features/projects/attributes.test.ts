import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createProject, createSample } from "@opengsync/db/testing/factories";
import { AttributeType, ProjectStatus, UserRole } from "@opengsync/domain/catalog";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { sampleRoutes } from "../samples/routes.tsx";
import { projectRoutes } from "./routes.tsx";

let database: TestDatabase;
let owner: Viewer;
let browser: TestBrowser;
let staff: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const app = createTestApp({ db, routes: [...projectRoutes, ...sampleRoutes] });
	owner = await createTestUser(db, UserRole.CLIENT.id);
	browser = await browserOf(app, db, owner);
	staff = await browserOf(app, db, await createTestUser(db, UserRole.TECHNICIAN.id));
	await browser.get("/projects/");
	await staff.get("/projects/");
});
afterAll(() => database.drop());

type Attributes = Readonly<Record<string, { readonly type_id: number; readonly value: string }>> | null;

async function projectWith(statusId: number, ...samples: Attributes[]) {
	const project = await createProject(database.db, { owner_id: owner.id, status_id: statusId });
	const ids: number[] = [];
	for (const [index, attributes] of samples.entries()) {
		const values = { name: `lung_${index}`, project_id: project.id, attributes: attributes && JSON.stringify(attributes) };
		ids.push((await createSample(database.db, values)).id);
	}
	const address = `/projects/${project.id}/sample_attributes/`;
	return { id: project.id, samples: ids, tab: `/htmx/projects/${project.id}/attributes`, address };
}

const tissue = { tissue: { type_id: AttributeType.TISSUE.id, value: "lung <b>" }, time_point: { type_id: 0, value: "d0" } };
const { DRAFT, DELIVERED } = ProjectStatus;
const textOf = async (response: Promise<Response>) => (await response).text();
const readSeen = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? "";

describe("the attributes of a project's samples", () => {
	it("are shown as a table with a column each, and on the page of the sample", async () => {
		const project = await projectWith(DRAFT.id, tissue, null);
		const page = await textOf(browser.get(project.tab));
		const heads = [...page.matchAll(/data-label="([^"]+)"/g)].map(([, title]) => title);
		expect(heads).toEqual(["ID", "Name", "Tissue", "time_point", "ID", "Name", "Tissue", "time_point"]);
		expect(page).toContain("lung &lt;b&gt;");
		expect(page).toContain(`href="${project.address}"`);
		const sample = await textOf(browser.get(`/samples/${project.samples[0]}/`));
		expect(sample).toMatch(/Tissue[\s\S]*lung &lt;b&gt;[\s\S]*time_point[\s\S]*d0/);
	});

	it("say what to do while there are none", async () => {
		const undescribed = await projectWith(DRAFT.id, null);
		const page = await textOf(browser.get(undescribed.tab));
		expect(page).toContain("No attributes yet");
		expect(page).toContain(`href="${undescribed.address}"`);
		const empty = await projectWith(DRAFT.id);
		expect(await textOf(browser.get(empty.tab))).toMatch(/No samples yet[\s\S]*annotation of a request/);
		expect((await browser.get(empty.address)).status).toBe(400);
	});

	it("are changed by a sheet that leads back to the tab, or says what is wrong", async () => {
		const project = await projectWith(DRAFT.id, tissue, null);
		const seen = readSeen(await textOf(browser.get(project.address)));
		const [first, second] = project.samples;
		const columns = ["Sample Name", "Sample ID", "Tissue", "Age"];
		const send = (...rows: RawSheet["rows"]) => browser.post(project.address, { sheet: JSON.stringify({ columns, rows }), seen });
		const refused = await send(["lung_0", `${first}`, "lung", "1"], ["lung_1", `${second}`, null, null]);
		expect(refused.status).toBe(422);
		expect(await refused.text()).toContain("Age must be given for all samples or for none.");
		const saved = await send(["lung_0", `${first}`, "", "1"], ["lung_1", `${second}`, "liver", "2"]);
		expect([saved.status, saved.headers.get("location")]).toEqual([303, `/projects/${project.id}/?tab=attributes`]);
		const page = await textOf(browser.get(project.tab));
		expect(page).toMatch(/data-label="Tissue"><\/td>[\s\S]*liver/);
		expect(page).not.toContain("time_point");
	});

	it("of a delivered project are changed by staff only: the button and the page say why", async () => {
		const project = await projectWith(DELIVERED.id, tissue);
		const reason = "The project is delivered: ask the facility for changes.";
		expect(await textOf(browser.get(project.tab))).toContain(reason);
		const page = await textOf(browser.get(project.address));
		expect(page).toContain(reason);
		expect(page).not.toContain("Fill a column");
		const sheet = JSON.stringify({ columns: ["Sample Name", "Sample ID"], rows: [["lung_0", `${project.samples[0]}`]] });
		expect((await browser.post(project.address, { sheet, seen: readSeen(page) })).status).toBe(403);
		expect((await staff.post(project.address, { sheet, seen: readSeen(page) })).status).toBe(303);
		expect(await textOf(staff.get(project.tab))).toContain("No attributes yet");
	});
});
