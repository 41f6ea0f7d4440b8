import { loadIndexKits } from "@opengsync/db/queries/index-kits";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { countStatements, transact } from "@opengsync/db/transaction";
import { BarcodeType, FeatureType, IndexType } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importKitFolder, type KitFile } from "./import-kits.ts";
import { readKitAssets } from "./read-kit-assets.ts";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

const importKits = (kits: readonly KitFile[], db = database.db) =>
	transact(db, { userId: null, impersonatorId: null, via: "setup", requestId: "test" }, (tx) => importKitFolder({ tx }, kits));

it("brings every kit that ships with the product, once, with few statements", async () => {
	const kits = await readKitAssets();
	const first = await countStatements(database.db, (db) => importKits(kits, db));
	expect(first.result.sort()).toEqual(kits.map((kit) => kit.identifier).sort());
	expect(first.statements).toBeLessThanOrEqual(8);
	expect(await importKits(kits)).toEqual([]);
	const loaded = await loadIndexKits(database.db);
	expect(loaded).toHaveLength(11);
	const dual = loaded.find((kit) => kit.identifier === "10X-TT-A");
	expect(dual?.typeId).toBe(IndexType.DUAL_INDEX.id);
	expect(dual?.adapters).toHaveLength(96);
	expect(dual?.adapters[0]).toMatchObject({
		well: "A1",
		barcodes: [
			{ name: "SI-TT-A1", sequence: "GTAACATGCG", typeId: BarcodeType.INDEX_I7.id },
			{ name: "SI-TT-A1", sequence: "AGTGTTACCT", typeId: BarcodeType.INDEX_I5.id },
		],
	});
	expect(loaded.find((kit) => kit.identifier === "10X-NA")?.adapters[0]?.barcodes).toHaveLength(4);
	const features = await database.db.selectFrom("feature").selectAll().orderBy("id").execute();
	expect(features).toHaveLength(12);
	expect(features[0]).toMatchObject({ name: "CMO301", sequence: "ATGAGGAATTCCTGC", read: "R2", type_id: FeatureType.CMO.id });
});

it("refuses a table that it cannot read, names kit and line, and keeps nothing", async () => {
	const good = { identifier: "GOOD-1", name: "Good kit", kind: "single", content: "well,name_i7,sequence_i7\nA1,x,ACGT\n" };
	const bad = { identifier: "BAD-1", name: "Bad kit", kind: "single", content: "well,name_i7,sequence_i7\nA1,x,ACGU\n" };
	await expect(importKits([good, bad])).rejects.toThrow(/BAD-1: Line 2/);
	expect((await loadIndexKits(database.db)).some((kit) => kit.identifier === "GOOD-1")).toBe(false);
});
