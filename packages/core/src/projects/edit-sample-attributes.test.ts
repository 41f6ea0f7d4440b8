import { listSampleAttributes } from "@opengsync/db/queries/sample-attributes";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { AttributeType, ProjectStatus, UserRole } from "@opengsync/domain/catalog";
import type { RawCell } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { fingerprintOf, type SheetEdit } from "../libraries/sheet-edit.ts";
import { updateSample } from "../samples/update-sample.ts";
import { createTestServices, runAs } from "../testing.ts";
import { editSampleAttributes, presentSampleAttributes } from "./edit-sample-attributes.ts";

const services = createTestServices();
let database: TestDatabase;
let client: Viewer;
let stranger: Viewer;
let staff: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	stranger = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

const sex = (value: string) => ({ type_id: AttributeType.SEX.id, value });
const custom = (value: string) => ({ type_id: AttributeType.CUSTOM.id, value });

/** A project of the client with three samples, of which the last one has no attributes. */
async function createProject(statusId: number = ProjectStatus.DRAFT.id) {
	const project = await create.createProject(database.db, { owner_id: client.id, status_id: statusId });
	const samples = [];
	for (const attributes of [{ sex: sex("F"), dose: custom("1") }, { sex: sex("M"), dose: custom("2") }, null]) {
		const values = { project_id: project.id, owner_id: client.id, attributes: attributes && JSON.stringify(attributes) };
		samples.push(await create.createSample(database.db, values));
	}
	return { id: project.id, samples };
}
type Project = Awaited<ReturnType<typeof createProject>>;

const stored = async (project: Project) => (await listSampleAttributes(database.db, project.id)).map((row) => row.attributes);
const fingerprint = async (project: Project) =>
	fingerprintOf(presentSampleAttributes(await listSampleAttributes(database.db, project.id)).initial);

/** A sheet of these columns of attributes, one list of values per sample. */
async function sheetOf(project: Project, columns: readonly string[], values: readonly RawCell[][]): Promise<SheetEdit> {
	const rows = project.samples.map((sample, index) => [sample.name, sample.id, ...(values[index] ?? [])]);
	return { sheet: { columns: ["Sample Name", "Sample ID", ...columns], rows }, seen: await fingerprint(project) };
}

const save = (viewer: Viewer, project: Project, edit: SheetEdit) =>
	runAs(database.db, viewer, services, (context) => editSampleAttributes(context, project.id, edit));

describe("the attributes of the samples of a project", () => {
	it("are replaced, added and deleted as the sheet says, and only samples that change are written", async () => {
		const project = await createProject();
		const edit = await sheetOf(
			project,
			["Sex", "dose", "Time Point"],
			[
				["F", "1", "d0"],
				["F", null, "d1"],
				[null, null, " d2 "],
			],
		);
		expect(await save(client, project, edit)).toEqual({ accepted: true });
		expect(await stored(project)).toEqual([
			{ sex: sex("F"), dose: custom("1"), time_point: custom("d0") },
			{ sex: sex("F"), time_point: custom("d1") },
			{ time_point: custom("d2") },
		]);

		const keys = project.samples.map((sample) => String(sample.id));
		const events = () =>
			database.db
				.selectFrom("audit_event")
				.select("actor_id")
				.where("table_name", "=", "sample")
				.where("action", "=", "U")
				.where("row_key", "in", keys)
				.orderBy("id")
				.execute();
		const before = (await events()).length;
		const columns = ["Sex", "dose", "Time Point"];
		const second = await sheetOf(project, columns, [
			["F", "1", "d0"],
			["M", null, "d1"],
			[null, null, "d2"],
		]);
		expect(await save(client, project, second)).toEqual({ accepted: true });
		const after = await events();
		expect([before, after.length]).toEqual([3, 4]);
		expect(after.at(-1)?.actor_id).toBe(client.id);
	});

	it("go with their column, and a sample without any has none", async () => {
		const project = await createProject();
		expect(await save(client, project, await sheetOf(project, ["Sex"], [["F"], [""], [null]]))).toEqual({ accepted: true });
		expect(await stored(project)).toEqual([{ sex: sex("F") }, null, null]);
	});

	it("stay as they are when a cell is wrong", async () => {
		const project = await createProject();
		const before = await stored(project);
		for (const [columns, values, code] of [
			[["Age"], [[1], [2], [null]], "age.missing"],
			[["x1"], [[1], [2], [3]], "attribute.name"],
			[["Age"], [["x".repeat(65)], [2], [3]], "age.invalid"],
		] as const) {
			const outcome = await save(
				client,
				project,
				await sheetOf(
					project,
					columns,
					values.map((cells) => [...cells]),
				),
			);
			expect(outcome).toMatchObject({ accepted: false, problems: [expect.objectContaining({ code })] });
		}
		const other = await createProject();
		const foreign = { ...(await sheetOf(other, ["Sex"], [["X"], ["X"], ["X"]])), seen: await fingerprint(project) };
		expect(await save(client, project, foreign)).toMatchObject({ accepted: false });
		expect([await stored(project), await stored(other)]).toEqual([before, before]);
	});

	it("are for who may edit the project until it is sequenced, then for staff", async () => {
		const { SEQUENCED, DELIVERED } = ProjectStatus;
		const open = await createProject(SEQUENCED.id);
		const edit = await sheetOf(open, ["Sex"], [["F"], ["F"], ["F"]]);
		await expect(save(stranger, open, edit)).rejects.toThrow(ForbiddenError);
		expect(await save(client, open, edit)).toEqual({ accepted: true });

		const closed = await createProject(DELIVERED.id);
		const late = await sheetOf(closed, ["Sex"], [["F"], ["F"], ["F"]]);
		await expect(save(client, closed, late)).rejects.toThrow(/ask the facility/);
		expect(await save(staff, closed, late)).toEqual({ accepted: true });

		const { id } = await create.createProject(database.db, { owner_id: client.id });
		await expect(save(client, { id, samples: [] }, late)).rejects.toThrow(NotPossibleError);
		await expect(save(staff, { id: 999_999, samples: [] }, late)).rejects.toThrow(NotFoundError);
	});

	it("are not overwritten unseen when two save at once", async () => {
		const project = await createProject();
		const edits = await Promise.all(["A", "B"].map((value) => sheetOf(project, ["Sex"], [[value], [value], [value]])));
		const outcomes = await Promise.all(edits.map((edit, index) => save(index === 0 ? client : staff, project, edit)));
		expect(outcomes.filter(({ accepted }) => accepted)).toHaveLength(1);
		const refused = { accepted: false, problems: [expect.objectContaining({ code: "sheet.changed" })] };
		expect(outcomes).toContainEqual(refused);
		const winner = outcomes[0]?.accepted ? "A" : "B";
		expect(await stored(project)).toEqual([{ sex: sex(winner) }, { sex: sex(winner) }, { sex: sex(winner) }]);
	});

	it("and the samples themselves can be edited at the same time: neither waits for the other in a circle", async () => {
		const project = await createProject();
		const rename = (sampleId: number, name: string) =>
			runAs(database.db, client, services, (context) => updateSample(context, sampleId, { name, statusId: null }));
		for (let round = 0; round < 5; round++) {
			const edit = await sheetOf(project, ["Sex"], [[`a${round}`], [`a${round}`], [`a${round}`]]);
			const names = project.samples.map((sample) => `renamed_${round}_${sample.id}`);
			const renamed = project.samples.map((sample, index) => rename(sample.id, names[index] ?? ""));
			await Promise.all([save(client, project, edit), ...renamed]);
			project.samples = project.samples.map((sample, index) => ({ ...sample, name: names[index] ?? "" }));
		}
	});
});
