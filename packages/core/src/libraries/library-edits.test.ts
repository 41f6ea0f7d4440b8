import { listChosenLibraries } from "@opengsync/db/queries/library-edits";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { FeatureType, GenomeRef, KitType, LibraryStatus, LibraryType, MuxType, UserRole } from "@opengsync/domain/catalog";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { editLibraryFeatures, presentLibraryFeatures } from "./edit-features.ts";
import { editLibraryTable, presentLibraryTable } from "./edit-library-table.ts";
import { editLibraryMux, presentLibraryMux } from "./edit-mux.ts";
import { editLibraryProperties, editPropertyTable, presentLibraryProperties, presentPropertyTable } from "./edit-properties.ts";
import { fingerprintOf, type PresentedSheet } from "./sheet-edit.ts";

const services = createTestServices();
let database: TestDatabase;
let client: Viewer;
let other: Viewer;
let staff: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);
const row = (id: number) => database.db.selectFrom("library").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

/** A sheet as it is stored, with cells changed: `[row from 0, header, value]`. */
function change({ initial }: PresentedSheet, ...cells: [number, string, string | null][]) {
	const rows = initial.rows.map((cellsOfRow) => [...cellsOfRow]);
	for (const [index, header, value] of cells) {
		const line = rows[index] ?? [];
		rows[index] = line;
		line[initial.columns.indexOf(header)] = value;
	}
	const sheet: RawSheet = { columns: initial.columns, rows };
	return { sheet, seen: fingerprintOf(initial) };
}

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	other = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

/** Draft libraries of a request of the client. */
async function requestWith(count: number, values: Parameters<typeof create.createLibrary>[1] = {}) {
	const request = await create.createRequest(database.db, { requestor_id: client.id });
	const libraries = [];
	for (let n = 0; n < count; n++) {
		libraries.push(await create.createLibrary(database.db, { seq_request_id: request.id, owner_id: client.id, ...values }));
	}
	return { request, ids: libraries.map((library) => library.id), scope: { kind: "request", id: request.id } as const };
}
type Scope = Awaited<ReturnType<typeof requestWith>>["scope"];
const tableOf = async (scope: Scope, ids: readonly number[]) =>
	presentLibraryTable(await listChosenLibraries(database.db, staff, scope, ids));

describe("editing many libraries at once", () => {
	it("saves exactly the fields of the table, and leaves the name as it was given", async () => {
		const { ids, scope } = await requestWith(2);
		const [first = 0, second = 0] = ids;
		const before = await row(second);
		const edit = change(
			await tableOf(scope, ids),
			[0, "Sample Name", "renamed"],
			[0, "Library Type", LibraryType.WGS.label],
			[0, "Genome", GenomeRef.MOUSE.label],
			[0, "Nuclei", "Yes"],
		);
		expect(await as(staff, (context) => editLibraryTable(context, scope, ids, edit))).toEqual({ accepted: true });
		expect(await row(first)).toMatchObject({
			sample_name: "renamed",
			type_id: LibraryType.WGS.id,
			genome_ref_id: GenomeRef.MOUSE.id,
			nuclei_isolation: true,
			name: expect.not.stringContaining("renamed"),
			status_id: LibraryStatus.DRAFT.id,
		});
		expect(await row(second)).toEqual(before);
	});
	it("changes nothing when a cell is wrong, and says where", async () => {
		const { ids, scope } = await requestWith(2);
		const edit = change(await tableOf(scope, ids), [0, "Sample Name", "fine_name"], [1, "Library Name", "no"]);
		const outcome = await as(staff, (context) => editLibraryTable(context, scope, ids, edit));
		expect(outcome).toMatchObject({ accepted: false, problems: [{ row: 2, columns: ["library_name"] }] });
		expect((await row(ids[0] ?? 0)).sample_name).not.toBe("fine_name");
	});
	it("is for staff, and for libraries of the request only", async () => {
		const { ids, scope } = await requestWith(1);
		const foreign = await requestWith(1);
		const edit = change(await tableOf(scope, ids));
		const save = (viewer: Viewer, chosen: readonly number[]) =>
			as(viewer, (context) => editLibraryTable(context, scope, chosen, edit));
		await expect(save(client, ids)).rejects.toThrow(ForbiddenError);
		await expect(save(staff, [...ids, ...foreign.ids])).rejects.toThrow(NotFoundError);
		await expect(save(staff, [999_999])).rejects.toThrow(NotFoundError);
		await expect(save(staff, [])).rejects.toThrow(InvalidInputError);
		const smuggled = change(await tableOf(foreign.scope, foreign.ids), [0, "Sample Name", "smuggled"]);
		const outcome = await as(staff, (context) => editLibraryTable(context, scope, ids, { ...smuggled, seen: edit.seen }));
		expect(outcome).toMatchObject({ accepted: false });
		expect((await row(foreign.ids[0] ?? 0)).sample_name).not.toBe("smuggled");
	});
	it("tells the second of two people that the first was faster, and keeps the first one's words", async () => {
		const { ids, scope } = await requestWith(1);
		const seen = await tableOf(scope, ids);
		const save = (name: string) =>
			as(staff, (context) => editLibraryTable(context, scope, ids, change(seen, [0, "Sample Name", name])));
		const outcomes = await Promise.all([save("first_name"), save("second_name")]);
		expect(outcomes.filter((outcome) => outcome.accepted)).toHaveLength(1);
		expect(outcomes.find((outcome) => !outcome.accepted)).toMatchObject({ problems: [{ code: "sheet.changed" }] });
	});
	it("takes the 1,536 libraries of a large request in one go", async () => {
		const { ids: [first = 0] = [], request, scope } = await requestWith(1);
		await database.db
			.insertInto("library")
			.columns(["name", "sample_name", "type_id", "genome_ref_id", "service_type_id", "owner_id", "seq_request_id", "status_id"])
			.expression((builder) =>
				builder
					.selectFrom(["library"])
					.innerJoin(
						(eb) => eb.fn<{ n: number }>("generate_series", [eb.lit(1), eb.lit(1535)]).as("series"),
						(join) => join.onTrue(),
					)
					.select([
						"name",
						"sample_name",
						"type_id",
						"genome_ref_id",
						"service_type_id",
						"owner_id",
						"seq_request_id",
						"status_id",
					])
					.where("library.id", "=", first),
			)
			.execute();
		const rows = await database.db.selectFrom("library").select("id").where("seq_request_id", "=", request.id).execute();
		const ids = rows.map(({ id }) => id);
		const table = await tableOf(scope, ids);
		const edit = change(table, ...ids.map((_, index): [number, string, string] => [index, "Sample Name", `sample_${index}`]));
		const start = performance.now();
		expect(await as(staff, (context) => editLibraryTable(context, scope, ids, edit))).toEqual({ accepted: true });
		const tookMs = performance.now() - start;
		expect(tookMs).toBeLessThan(10_000);
	}, 60_000);
});

describe("properties", () => {
	const guides = [{ guide_name: "g1", target_gene: "TP53", prefix: "A", guide_sequence: "C", suffix: "G" }];
	it("of one library are replaced, guides stay", async () => {
		const { ids } = await requestWith(1, { properties: JSON.stringify({ slide: "V01", crispr_guides: guides }) });
		const [id = 0] = ids;
		const stored = presentLibraryProperties({ slide: "V01", crispr_guides: guides });
		const edit = change(stored, [0, "Property", "area"], [0, "Value", "=A1"]);
		expect(await as(client, (context) => editLibraryProperties(context, id, edit))).toEqual({ accepted: true });
		expect((await row(id)).properties).toEqual({ area: "=A1", crispr_guides: guides });
		await expect(as(other, (context) => editLibraryProperties(context, id, edit))).rejects.toThrow(ForbiddenError);
	});
	it("of all libraries follow the columns of the table", async () => {
		const { ids, request } = await requestWith(2, { properties: JSON.stringify({ slide: "V01", old: "x" }) });
		const owner = { kind: "request", id: request.id } as const;
		const { presented } = await presentPropertyTable(database.db, client, owner);
		const { seen } = change(presented);
		const sheet = {
			columns: ["Library ID", "Library Name", "slide", "New One"],
			rows: presented.initial.rows.map((cells, index) => [
				cells[0] ?? null,
				cells[1] ?? null,
				index === 0 ? "V09" : null,
				`n${index}`,
			]),
		};
		expect(await as(client, (context) => editPropertyTable(context, owner, { sheet, seen }))).toEqual({ accepted: true });
		expect((await row(ids[0] ?? 0)).properties).toEqual({ slide: "V09", new_one: "n0" });
		expect((await row(ids[1] ?? 0)).properties).toEqual({ new_one: "n1" });
	});
	it("of all libraries are for staff as soon as one is no draft", async () => {
		const { ids, request } = await requestWith(2);
		const owner = { kind: "request", id: request.id } as const;
		await database.db
			.updateTable("library")
			.set({ status_id: LibraryStatus.STORED.id })
			.where("id", "=", ids[1] ?? 0)
			.execute();
		const { presented, action } = await presentPropertyTable(database.db, client, owner);
		expect(action).toMatchObject({ enabled: false });
		const edit = change(presented);
		await expect(as(client, (context) => editPropertyTable(context, owner, edit))).rejects.toThrow(ForbiddenError);
		expect(await as(staff, (context) => editPropertyTable(context, owner, edit))).toEqual({ accepted: true });
	});
	it("of a project leave out libraries that the viewer may not see", async () => {
		const { ids } = await requestWith(1);
		const project = await create.createProject(database.db, { owner_id: client.id });
		const sample = await create.createSample(database.db, { project_id: project.id });
		const hidden = await create.createLibrary(database.db, { properties: JSON.stringify({ secret: "x" }) });
		const links = [...ids, hidden.id].map((library_id) => ({ sample_id: sample.id, library_id }));
		await database.db.insertInto("sample_library_link").values(links).execute();
		const owner = { kind: "project", id: project.id } as const;
		const seen = await presentPropertyTable(database.db, client, owner);
		expect(seen.presented.initial.rows.map((cells) => cells[0])).toEqual(ids);
		expect(seen.presented.initial.columns).not.toContain("secret");
		await as(client, (context) => editPropertyTable(context, owner, change(seen.presented)));
		expect((await row(hidden.id)).properties).toEqual({ secret: "x" });
	});
});

describe("features", () => {
	const own = (sequence: string) => ["Feature", "CD3x", "Sequence", sequence, "Pattern", "5P(BC)", "Read", "R2"] as const;
	const cellsOf = (sequence: string) => {
		const parts = own(sequence);
		return [0, 2, 4, 6].map((index): [number, string, string] => [0, parts[index] ?? "", parts[index + 1] ?? ""]);
	};
	const linked = (id: number) =>
		database.db
			.selectFrom("library_feature_link")
			.select("feature_id")
			.where("library_id", "=", id)
			.orderBy("feature_id")
			.execute();

	it("replace what there was, expand kits and use identical custom ones again", async () => {
		const { db } = database;
		const kit = await db
			.insertInto("kit")
			.values({ name: "Antibody panel", identifier: "PANEL-1", kit_type_id: KitType.FEATURE_KIT.id })
			.returning("id")
			.executeTakeFirstOrThrow();
		await db.insertInto("feature_kit").values({ id: kit.id, type_id: FeatureType.ANTIBODY.id }).execute();
		const parts = { pattern: "5P(BC)", read: "R2", type_id: FeatureType.ANTIBODY.id, feature_kit_id: kit.id };
		const kitFeatures = await db
			.insertInto("feature")
			.values(["ACGTA", "CCGTA"].map((sequence, n) => ({ ...parts, name: `Feature ${n}`, identifier: `I${n}`, sequence })))
			.returning("id")
			.execute();
		const { ids } = await requestWith(2, { type_id: LibraryType.TENX_ANTIBODY_CAPTURE.id });
		const [first = 0, second = 0] = ids;
		const save = async (id: number, ...cells: [number, string, string][]) => {
			const { presented } = await presentLibraryFeatures(db, id);
			const kept = { ...presented, initial: { ...presented.initial, rows: [] } };
			const edit = { ...change(kept, ...cells), seen: fingerprintOf(presented.initial) };
			return as(client, (context) => editLibraryFeatures(context, id, edit));
		};
		expect(await save(first, [0, "Kit", "[PANEL-1] Antibody panel"])).toEqual({ accepted: true });
		expect(await linked(first)).toEqual(kitFeatures.map(({ id }) => ({ feature_id: id })));
		expect(await save(first, ...cellsOf("TTTTT"))).toEqual({ accepted: true });
		expect(await save(second, ...cellsOf("TTTTT"))).toEqual({ accepted: true });
		expect(await linked(first)).toEqual(await linked(second));
		expect(await linked(first)).toHaveLength(1);
		expect(await save(first, [0, "Feature", "half"])).toMatchObject({ accepted: false });
	});
	it("are refused for a library of another type", async () => {
		const { ids } = await requestWith(1);
		const { presented } = await presentLibraryFeatures(database.db, ids[0] ?? 0);
		await expect(as(client, (context) => editLibraryFeatures(context, ids[0] ?? 0, change(presented)))).rejects.toThrow(
			NotPossibleError,
		);
	});
});

describe("multiplexing", () => {
	/** Two libraries of one sample pool with the same two samples. */
	async function samplePool(muxTypeId: number, typeIds: readonly number[]) {
		const { request, ids } = await requestWith(2, { mux_type_id: muxTypeId, sample_name: "pool_x" });
		const samples = [await create.createSample(database.db), await create.createSample(database.db)];
		const links = ids.flatMap((library_id) => samples.map(({ id }) => ({ sample_id: id, library_id })));
		await database.db.insertInto("sample_library_link").values(links).execute();
		for (const [index, type_id] of typeIds.entries()) {
			await database.db
				.updateTable("library")
				.set({ type_id })
				.where("id", "=", ids[index] ?? 0)
				.execute();
		}
		return { request, ids, samples };
	}
	const muxOf = async (libraryId: number) => {
		const rows = await database.db
			.selectFrom("sample_library_link")
			.select("mux")
			.where("library_id", "=", libraryId)
			.orderBy("sample_id")
			.execute();
		return rows.map(({ mux }) => mux);
	};
	const wells = MuxType.PARSE_WELLS.id;

	it("is written to the whole sample pool, or to this library only", async () => {
		const { ids } = await samplePool(wells, []);
		const [first = 0, second = 0] = ids;
		const before = await presentLibraryMux(database.db, first);
		expect(before.applyToPool).toEqual({ isOffered: true, isDefault: true });
		const save = async (applyToPool: boolean, well: string) => {
			const { presented } = await presentLibraryMux(database.db, first);
			const edit = change(presented, [0, "Well", well], [1, "Well", "b1"]);
			return as(client, (context) => editLibraryMux(context, first, edit, applyToPool));
		};
		expect(await save(true, "a1")).toEqual({ accepted: true });
		expect(await muxOf(second)).toEqual([{ barcode: "A1" }, { barcode: "B1" }]);
		expect(await save(false, "a2")).toEqual({ accepted: true });
		expect(await muxOf(first)).toEqual([{ barcode: "A2" }, { barcode: "B1" }]);
		expect(await muxOf(second)).toEqual([{ barcode: "A1" }, { barcode: "B1" }]);
		expect((await presentLibraryMux(database.db, first)).applyToPool.isDefault).toBe(false);
	});
	it("reaches no library of the pool that the client may no longer change", async () => {
		const { ids } = await samplePool(wells, []);
		const [first = 0, second = 0] = ids;
		await database.db.updateTable("library").set({ status_id: LibraryStatus.STORED.id }).where("id", "=", second).execute();
		const { presented } = await presentLibraryMux(database.db, first);
		const edit = change(presented, [0, "Well", "A1"], [1, "Well", "B1"]);
		await expect(as(client, (context) => editLibraryMux(context, first, edit, true))).rejects.toThrow(ForbiddenError);
		expect(await as(client, (context) => editLibraryMux(context, first, edit, false))).toEqual({ accepted: true });
		const ofStaff = change((await presentLibraryMux(database.db, second)).presented, [0, "Well", "C1"], [1, "Well", "D1"]);
		expect(await as(staff, (context) => editLibraryMux(context, second, ofStaff, true))).toEqual({ accepted: true });
		expect(await muxOf(first)).toEqual([{ barcode: "C1" }, { barcode: "D1" }]);
	});
	it("of probes is cleared by an empty cell, and never spreads", async () => {
		const { ids } = await samplePool(MuxType.TENX_FLEX_PROBE.id, [
			LibraryType.TENX_SC_GEX_FLEX.id,
			LibraryType.TENX_SC_ABC_FLEX.id,
		]);
		const [gex = 0, antibody = 0] = ids;
		const save = async (...barcodes: (string | null)[]) => {
			const { presented } = await presentLibraryMux(database.db, gex);
			const edit = change(presented, ...barcodes.map((text, n): [number, string, string | null] => [n, "Barcode ID", text]));
			return as(client, (context) => editLibraryMux(context, gex, edit, true));
		};
		expect(await save("bc002;bc001", "BC003")).toEqual({ accepted: true });
		expect(await muxOf(gex)).toEqual([{ barcode: "BC001;BC002" }, { barcode: "BC003" }]);
		expect(await save("BC001", null)).toEqual({ accepted: true });
		expect(await muxOf(gex)).toEqual([{ barcode: "BC001" }, null]);
		expect(await muxOf(antibody)).toEqual([null, null]);
		expect(await save("BC001", "BC001")).toMatchObject({ accepted: false });
	});
	it("of oligos keeps two samples of the same name apart", async () => {
		const { ids, samples } = await samplePool(MuxType.TENX_OLIGO.id, []);
		const sampleIds = samples.map((sample) => sample.id);
		const projects = await Promise.all(sampleIds.map(() => create.createProject(database.db)));
		for (const [index, id] of sampleIds.entries()) {
			const values = { name: "twin", project_id: projects[index]?.id ?? 0 };
			await database.db.updateTable("sample").set(values).where("id", "=", id).execute();
		}
		const { presented } = await presentLibraryMux(database.db, ids[0] ?? 0);
		const cells = ["ACGTACGT", "TTTTACGT"].flatMap((sequence, n): [number, string, string][] => [
			[n, "Sequence", sequence],
			[n, "Pattern", "5P(BC)"],
			[n, "Read", "R2"],
		]);
		const edit = change(presented, ...cells);
		expect(await as(client, (context) => editLibraryMux(context, ids[0] ?? 0, edit, true))).toEqual({ accepted: true });
		expect(await muxOf(ids[1] ?? 0)).toEqual([
			{ barcode: "ACGTACGT", pattern: "5P(BC)", read: "R2" },
			{ barcode: "TTTTACGT", pattern: "5P(BC)", read: "R2" },
		]);
	});
	it("does not exist where samples are not told apart", async () => {
		const { ids } = await requestWith(1);
		await expect(presentLibraryMux(database.db, ids[0] ?? 0)).rejects.toThrow(NotPossibleError);
	});
});
