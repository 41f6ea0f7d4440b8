import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import {
	FeatureType,
	KitType,
	LibraryStatus,
	LibraryType,
	MuxType,
	PrepStatus,
	ServiceType,
	UserRole,
} from "@opengsync/domain/catalog";
import type { RawCell } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotPossibleError } from "../errors.ts";
import { fingerprintOf, type PresentedSheet } from "../libraries/sheet-edit.ts";
import { createTestServices, runAs } from "../testing.ts";
import { flexAntibodySheet, flexSheet, oligoSheet, onChipSheet } from "./mux-sheets.ts";
import { openPrepSheet, type PrepSheet, savePrepSheet } from "./prep-sheet.ts";

const { TENX_OLIGO, TENX_ABC_HASH, TENX_FLEX_PROBE, TENX_ON_CHIP } = MuxType;
const { TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX, TENX_SC_GEX_3PRIME, TENX_MUX_OLIGO, TENX_ANTIBODY_CAPTURE } = LibraryType;
const services = createTestServices();
let database: TestDatabase;
let staff: Viewer;
let client: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

beforeAll(async () => {
	database = await createTestDatabase();
	staff = await viewerIn(UserRole.TECHNICIAN.id);
	client = await viewerIn(UserRole.CLIENT.id);
});
afterAll(() => database.drop());

const createPrep = async () => (await create.createLabPrep(database.db)).id;

/** Libraries of these types, all of the same samples and the same sample pool. */
async function addPool(
	prepId: number,
	pool: string,
	muxTypeId: number,
	types: readonly { readonly id: number; readonly identifier: string }[],
	sampleIds: readonly number[],
): Promise<number[]> {
	const ids: number[] = [];
	for (const type of types) {
		const library = await create.createLibrary(database.db, {
			lab_prep_id: prepId,
			sample_name: pool,
			name: `${pool}_${type.identifier}`,
			type_id: type.id,
			mux_type_id: muxTypeId,
			status_id: LibraryStatus.PREPARING.id,
			service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id,
		});
		const links = sampleIds.map((sample_id) => ({ sample_id, library_id: library.id }));
		await database.db.insertInto("sample_library_link").values(links).execute();
		ids.push(library.id);
	}
	return ids;
}
async function createSamples(...names: string[]): Promise<number[]> {
	const ids: number[] = [];
	for (const name of names) ids.push((await create.createSample(database.db, { name })).id);
	return ids;
}
const open = (prepId: number, sheet: PrepSheet) => openPrepSheet(database.db, staff, prepId, sheet);

/** A sheet as it is shown with the cells of columns replaced from the top. */
function fill({ initial }: PresentedSheet, cells: Readonly<Record<string, readonly RawCell[]>>) {
	const rows = initial.rows.map((row, index) =>
		row.map((cell, column) => {
			const given = cells[initial.columns[column] ?? ""];
			return given === undefined ? cell : (given[index] ?? null);
		}),
	);
	return { sheet: { columns: initial.columns, rows }, seen: fingerprintOf(initial) };
}
async function save(prepId: number, sheet: PrepSheet, cells: Readonly<Record<string, readonly RawCell[]>>) {
	const { presented } = await open(prepId, sheet);
	const edit = fill(presented, cells);
	return runAs(database.db, staff, services, (context) => savePrepSheet(context, prepId, sheet, edit));
}
async function muxOf(libraryId: number) {
	const rows = await database.db
		.selectFrom("sample_library_link")
		.select("mux")
		.where("library_id", "=", libraryId)
		.orderBy("sample_id")
		.execute();
	return rows.map(({ mux }) => mux);
}
async function putOnExperiment(libraryId: number) {
	const experiment = await create.createExperiment(database.db);
	const pool = await create.createPool(database.db, { experiment_id: experiment.id });
	await database.db.updateTable("library").set({ pool_id: pool.id }).where("id", "=", libraryId).execute();
}
const librariesOf = (prepId: number) =>
	database.db.selectFrom("library").selectAll().where("lab_prep_id", "=", prepId).orderBy("id").execute();

describe("oligos and hashtags of a prep (lab-workflows.md §10.2)", () => {
	it("are written to every link of the sample in its pool, resolved from the kit, and nowhere else", async () => {
		const { db } = database;
		const kit = { name: "CellPlex", identifier: "CMX", kit_type_id: KitType.FEATURE_KIT.id };
		const { id } = await db.insertInto("kit").values(kit).returning("id").executeTakeFirstOrThrow();
		await db.insertInto("feature_kit").values({ id, type_id: FeatureType.CMO.id }).execute();
		await db
			.insertInto("feature")
			.values({
				feature_kit_id: id,
				name: "CMO301",
				identifier: "CMO301",
				sequence: "ATGAGGAATTCCTGC",
				pattern: "5P(BC)",
				read: "R2",
				type_id: FeatureType.CMO.id,
			})
			.execute();
		const prepId = await createPrep();
		const samples = await createSamples("liver", "liver");
		const oligo = await addPool(prepId, "pool_a", TENX_OLIGO.id, [TENX_SC_GEX_3PRIME, TENX_MUX_OLIGO], samples);
		const [first = 0] = samples;
		const hashed = await addPool(prepId, "pool_b", TENX_ABC_HASH.id, [TENX_ANTIBODY_CAPTURE], [first]);
		const [onChip = 0] = await addPool(prepId, "pool_a", TENX_ON_CHIP.id, [TENX_SC_GEX_3PRIME], samples);
		const { presented } = await open(prepId, oligoSheet);
		expect(presented.initial.rows.map(([name, pool]) => [name, pool])).toEqual([
			[`liver (${samples[0]})`, "pool_a"],
			[`liver (${samples[1]})`, "pool_a"],
			["liver", "pool_b"],
		]);
		const own = { Sequence: [null, "acgt acgt", "TTTT"], Pattern: [null, "^(BC)", "5P(BC)"], Read: [null, "R1", "R2"] };
		const kits = { Kit: ["[CMX] CellPlex"], Feature: ["CMO301"] };
		expect(await save(prepId, oligoSheet, { ...own, ...kits })).toEqual({ accepted: true });
		const expected = [
			{ barcode: "ATGAGGAATTCCTGC", pattern: "5P(BC)", read: "R2" },
			{ barcode: "ACGTACGT", pattern: "^(BC)", read: "R1" },
		];
		for (const library of oligo) expect(await muxOf(library)).toEqual(expected);
		expect(await muxOf(hashed[0] ?? 0)).toEqual([{ barcode: "TTTT", pattern: "5P(BC)", read: "R2" }]);
		expect(await muxOf(onChip)).toEqual([null, null]);
		const again = await save(prepId, oligoSheet, {});
		expect(again).toEqual({ accepted: true });
	});
	it("do not ask for samples that were given up", async () => {
		const prepId = await createPrep();
		const [one = 0, two = 0] = await createSamples("heart", "brain");
		await addPool(prepId, "pool_a", TENX_OLIGO.id, [TENX_SC_GEX_3PRIME], [one]);
		await addPool(prepId, "canceled_samples", TENX_OLIGO.id, [TENX_SC_GEX_3PRIME], [two]);
		const { presented } = await open(prepId, oligoSheet);
		expect(presented.initial.rows.map(([name]) => name)).toEqual(["heart"]);
	});
});

describe("Flex probes of a prep (lab-workflows.md §10.3)", () => {
	it("are given to gene expression, proposed to antibodies, saved for each, and taken away with their cell", async () => {
		const prepId = await createPrep();
		const samples = await createSamples("heart", "brain");
		const [gex = 0, antibody = 0] = await addPool(
			prepId,
			"pool_a",
			TENX_FLEX_PROBE.id,
			[TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX],
			samples,
		);
		expect(await save(prepId, flexSheet, { "Barcode ID": ["bc002; BC001", "BC003"] })).toEqual({ accepted: true });
		expect(await muxOf(gex)).toEqual([{ barcode: "BC001;BC002" }, { barcode: "BC003" }]);
		expect(await muxOf(antibody)).toEqual([null, null]);
		const { presented } = await open(prepId, flexAntibodySheet);
		expect(presented.initial.rows.map((row) => row.at(-1))).toEqual(["AB001;AB002", "AB003"]);
		expect(await save(prepId, flexAntibodySheet, {})).toEqual({ accepted: true });
		expect(await muxOf(antibody)).toEqual([{ barcode: "AB001;AB002" }, { barcode: "AB003" }]);
		expect(await save(prepId, flexSheet, { "Barcode ID": ["BC001", null] })).toEqual({ accepted: true });
		expect(await muxOf(gex)).toEqual([{ barcode: "BC001" }, null]);
		expect((await open(prepId, flexAntibodySheet)).presented.initial.rows.map((row) => row.at(-1))).toEqual([
			"AB001;AB002",
			"AB003",
		]);
	});
	it("are unique in a pool, and only warned of when the assay does not have them", async () => {
		const prepId = await createPrep();
		await addPool(prepId, "pool_a", TENX_FLEX_PROBE.id, [TENX_SC_GEX_FLEX], await createSamples("heart", "brain"));
		expect(await save(prepId, flexSheet, { "Barcode ID": ["BC001", "BC001"] })).toMatchObject({
			accepted: false,
			problems: [{ code: "barcode.duplicate", row: 2 }],
		});
		expect(await save(prepId, flexSheet, { "Barcode ID": ["BC099", null] })).toEqual({ accepted: true });
	});
	it("of a prep without antibody libraries have no second sheet", async () => {
		const prepId = await createPrep();
		await addPool(prepId, "pool_a", TENX_FLEX_PROBE.id, [TENX_SC_GEX_FLEX], await createSamples("heart"));
		await expect(open(prepId, flexAntibodySheet)).rejects.toThrow(NotPossibleError);
	});
});

describe("on-chip barcodes of a prep (lab-workflows.md §10.4)", () => {
	it("are written, and samples move to the chosen pools", async () => {
		const prepId = await createPrep();
		const samples = await createSamples("heart", "brain");
		const types = [TENX_SC_GEX_3PRIME, TENX_ANTIBODY_CAPTURE];
		const old = await addPool(prepId, "pool_a", TENX_ON_CHIP.id, types, samples);
		const [other = 0] = await addPool(prepId, "pool_x", TENX_FLEX_PROBE.id, [TENX_SC_GEX_FLEX], samples);
		expect(await save(prepId, onChipSheet, { "Sample Pool": ["pool_b", "pool_a"], "Barcode ID": ["1", "ob2"] })).toEqual({
			accepted: true,
		});
		const made = await librariesOf(prepId);
		expect(made.map(({ name }) => name).sort()).toEqual(
			["pool_a", "pool_b"]
				.flatMap((pool) => types.map(({ identifier }) => `${pool}_${identifier}`))
				.concat(`pool_x_${TENX_SC_GEX_FLEX.identifier}`)
				.sort(),
		);
		for (const library of made.filter(({ id }) => id !== other)) {
			expect(old).not.toContain(library.id);
			expect(await muxOf(library.id)).toEqual([{ barcode: library.sample_name === "pool_b" ? "OB1" : "OB2" }]);
		}
		expect(await muxOf(other)).toEqual([null, null]);
	});
	it("alone make no library anew, not even on an experiment; other pools are refused there", async () => {
		const prepId = await createPrep();
		const [library = 0] = await addPool(prepId, "pool_a", TENX_ON_CHIP.id, [TENX_SC_GEX_3PRIME], await createSamples("heart"));
		await putOnExperiment(library);
		expect(await save(prepId, onChipSheet, { "Barcode ID": ["OB3"] })).toEqual({ accepted: true });
		expect(await muxOf(library)).toEqual([{ barcode: "OB3" }]);
		expect(await save(prepId, onChipSheet, { "Sample Pool": ["pool_b"], "Barcode ID": ["OB4"] })).toMatchObject({
			accepted: false,
			problems: [{ code: "pool.on_experiment" }],
		});
		expect(await muxOf(library)).toEqual([{ barcode: "OB3" }]);
		expect((await librariesOf(prepId)).map(({ id }) => id)).toEqual([library]);
	});
});

describe("every sheet of a prep", () => {
	const sheets = [
		["oligos", oligoSheet, TENX_OLIGO.id, TENX_MUX_OLIGO],
		["Flex", flexSheet, TENX_FLEX_PROBE.id, TENX_SC_GEX_FLEX],
		["Flex antibodies", flexAntibodySheet, TENX_FLEX_PROBE.id, TENX_SC_ABC_FLEX],
		["on-chip", onChipSheet, TENX_ON_CHIP.id, TENX_SC_GEX_3PRIME],
	] as const;
	it.each(sheets)("is for staff, while the prep is being prepared: %s", async (_, sheet, muxTypeId, type) => {
		const prepId = await createPrep();
		await expect(open(prepId, sheet)).rejects.toThrow(/No library|no antibody/);
		await addPool(prepId, "pool_a", muxTypeId, [type], await createSamples("heart"));
		const { presented } = await open(prepId, sheet);
		const edit = fill(presented, {});
		const as = (viewer: Viewer) => runAs(database.db, viewer, services, (context) => savePrepSheet(context, prepId, sheet, edit));
		await expect(as(client)).rejects.toThrow(ForbiddenError);
		await database.db.updateTable("lab_prep").set({ status_id: PrepStatus.COMPLETED.id }).where("id", "=", prepId).execute();
		await expect(as(staff)).rejects.toThrow("The prep is completed.");
	});
	it("tells the second of two who save at once that the first changed something, and keeps what the first saved", async () => {
		const prepId = await createPrep();
		const [library = 0] = await addPool(prepId, "pool_a", TENX_FLEX_PROBE.id, [TENX_SC_GEX_FLEX], await createSamples("heart"));
		const { presented } = await open(prepId, flexSheet);
		const outcomes = await Promise.all(
			["BC001", "BC002"].map((barcode) =>
				runAs(database.db, staff, services, (context) =>
					savePrepSheet(context, prepId, flexSheet, fill(presented, { "Barcode ID": [barcode] })),
				),
			),
		);
		expect(outcomes.map(({ accepted }) => accepted).sort()).toEqual([false, true]);
		expect(outcomes.find(({ accepted }) => !accepted)).toMatchObject({ problems: [{ code: "sheet.changed" }] });
		expect(await muxOf(library)).toEqual([{ barcode: outcomes[0]?.accepted ? "BC001" : "BC002" }]);
	});
	it("leaves nothing of a save that fails, and one audit event per link of one that succeeds", async () => {
		const prepId = await createPrep();
		const samples = await createSamples("heart", "brain");
		const [library = 0] = await addPool(prepId, "pool_a", TENX_ON_CHIP.id, [TENX_SC_GEX_3PRIME], samples);
		const edit = fill((await open(prepId, onChipSheet)).presented, { "Barcode ID": ["OB1", "OB2"] });
		const actor = { userId: staff.id, impersonatorId: null, via: "web", requestId: "failing" } as const;
		const failing = transact(database.db, actor, async (tx) => {
			const context: CommandContext = { tx, actor, viewer: staff, services };
			await savePrepSheet(context, prepId, onChipSheet, edit);
			throw new Error("lost connection");
		});
		await expect(failing).rejects.toThrow("lost connection");
		expect(await muxOf(library)).toEqual([null, null]);
		const countEvents = async () =>
			Number(
				(
					await database.db
						.selectFrom("audit_event")
						.select(({ fn }) => fn.countAll().as("count"))
						.where("table_name", "=", "sample_library_link")
						.where("actor_id", "=", staff.id)
						.executeTakeFirstOrThrow()
				).count,
			);
		const before = await countEvents();
		expect(await save(prepId, onChipSheet, { "Barcode ID": ["OB1", "OB2"] })).toEqual({ accepted: true });
		expect((await countEvents()) - before).toBe(2);
	});
});
