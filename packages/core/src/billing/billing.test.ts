import { inflateRawSync } from "node:zlib";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { ExperimentWorkflow } from "@opengsync/domain/catalog";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWorkbook } from "../documents/read-workbook.ts";
import { InvalidInputError, NotFoundError } from "../errors.ts";
import { loadBilling } from "./load-billing.ts";
import { writeBillingWorkbook } from "./write-billing-workbook.ts";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

const hostile = '=HYPERLINK("http://example.org","pay")';

/** Two experiments: one with two pools of which one belongs to a request, one without pools. */
async function experiments() {
	const { db } = database;
	const billing = await create.createContact(db, { name: hostile, email: "+accounts@example.org" });
	const contact = await create.createContact(db, { name: "Ada Example", email: "ada@example.org" });
	const request = await create.createRequest(db, {
		billing_contact_id: billing.id,
		contact_person_id: contact.id,
		billing_code: "@SUM(A1)",
	});
	const workflow_id = ExperimentWorkflow.NOVASEQ_6K_SP_XP.id;
	const first = await create.createExperiment(db, {
		name: "BILL_A",
		workflow_id,
		r1_cycles: 101,
		i1_cycles: 10,
		i2_cycles: 10,
		r2_cycles: 101,
		timestamp_finished_utc: new Date("2026-07-01T10:30:00Z"),
	});
	const second = await create.createExperiment(db, { name: "BILL_B", workflow_id });
	const valuesOfPool = async () => {
		const lab = await create.createContact(db, { name: "-2+3", email: null });
		return { experiment_id: first.id, contact_id: lab.id };
	};
	const own = await create.createPool(db, {
		...(await valuesOfPool()),
		name: "own_pool",
		seq_request_id: request.id,
		num_m_reads_requested: 300,
	});
	const facility = await create.createPool(db, { ...(await valuesOfPool()), name: "\ttabbed" });
	await create.createLibrary(db, { pool_id: facility.id, seq_request_id: request.id });
	await create.createLibrary(db, { pool_id: facility.id, seq_request_id: request.id });
	const link = (pool_id: number, lane: number, num_m_reads: number | null) => ({
		pool_id,
		lane_num: lane,
		lane_id: first.lanes[lane - 1]?.id ?? 0,
		experiment_id: first.id,
		num_m_reads,
	});
	await db
		.insertInto("lane_pool_link")
		.values([link(own.id, 1, 325), link(own.id, 2, 162.5), link(facility.id, 2, 162.5)])
		.execute();
	return { ids: [first.id, second.id], own, facility };
}

/** Parts of a ZIP archive as text, by name. */
function partsOf(bytes: Uint8Array): Map<string, string> {
	const buffer = Buffer.from(bytes);
	const parts = new Map<string, string>();
	let at = buffer.readUInt32LE(buffer.lastIndexOf(Buffer.from("PK\x05\x06")) + 16);
	while (buffer.readUInt32LE(at) === 0x02014b50) {
		const [method, packed, nameLength] = [
			buffer.readUInt16LE(at + 10),
			buffer.readUInt32LE(at + 20),
			buffer.readUInt16LE(at + 28),
		];
		const local = buffer.readUInt32LE(at + 42);
		const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
		const content = buffer.subarray(start, start + packed);
		parts.set(
			buffer.toString("utf8", at + 46, at + 46 + nameLength),
			(method === 8 ? inflateRawSync(content) : content).toString(),
		);
		at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
	}
	return parts;
}

describe("the billing export", () => {
	it("holds what the accounting needs, cell by cell", async () => {
		const { ids, own, facility } = await experiments();
		const bytes = await writeBillingWorkbook(await loadBilling(database.db, ids, "Europe/Vienna"));
		const sheets = await readWorkbook(bytes);
		expect(sheets.map((sheet) => sheet.name)).toEqual(["pools", "experiments", "lanes"]);
		const [pools, experimentsSheet, lanes] = sheets.map((sheet) => sheet.cells.slice(1));
		const tail = ["Ada Example", "ada@example.org", hostile, "+accounts@example.org", "@SUM(A1)", "-2+3"];
		const head = ["BILL_A", "101-10-10-101", "NovaSeq SP XP"];
		expect(pools).toEqual([
			[
				...head,
				"1, 2",
				"own_pool",
				"Internal",
				String(own.id),
				"0",
				"300",
				"",
				"",
				"",
				"",
				"487.5",
				"100.000%, 50.000%",
				"75.000%",
				"",
				...tail,
			],
			[
				...head,
				"2",
				"\ttabbed",
				"Internal",
				String(facility.id),
				"2",
				"0",
				"",
				"",
				"",
				"",
				"162.5",
				"50.000%",
				"25.000%",
				"",
				...tail,
			],
		]);
		expect(experimentsSheet).toEqual([
			["BILL_B", "NovaSeq SP XP", "NovaSeq 6000 SP", "650", "325", "2", "0", "X-X-X-X", "", "0"],
			["BILL_A", "NovaSeq SP XP", "NovaSeq 6000 SP", "650", "325", "2", "2", "101-10-10-101", "2026-07-01 12:30", "650"],
		]);
		expect(lanes).toEqual([
			["BILL_B", "1", "0", "0"],
			["BILL_B", "2", "0", "0"],
			["BILL_A", "1", "325", "1", "own_pool"],
			["BILL_A", "2", "325", "2", "own_pool, \ttabbed"],
		]);
	});
	it("never turns a text into a formula", async () => {
		const [id = 0] = (await database.db.selectFrom("experiment").select("id").where("name", "=", "BILL_A").execute()).map(
			(row) => row.id,
		);
		const parts = partsOf(await writeBillingWorkbook(await loadBilling(database.db, [id], "Europe/Vienna")));
		const worksheets = [...parts].filter(([name]) => name.startsWith("xl/worksheets/"));
		expect(worksheets).toHaveLength(3);
		for (const [, text] of worksheets) expect(text).not.toMatch(/<f[ >]/);
		expect([...parts.values()].join("")).toContain("=HYPERLINK(");
	});
	it("is styled as the accounting knows it", async () => {
		const ids = (await database.db.selectFrom("experiment").select("id").where("name", "like", "BILL_%").execute()).map(
			(row) => row.id,
		);
		const bytes = await writeBillingWorkbook(await loadBilling(database.db, ids, "Europe/Vienna"));
		const workbook = await readXlsx(bytes, { readStyles: true });
		const lanes = workbook.sheets.find((sheet) => sheet.name === "lanes");
		const styleOf = (row: number, column: number) => lanes?.cells?.get(`${row},${column}`)?.style;
		for (let column = 0; column < 5; column++) {
			expect(styleOf(0, column)).toMatchObject({
				font: { bold: true, size: 12 },
				fill: { pattern: "solid", fgColor: { rgb: expect.stringMatching(/E0E0E0$/) } },
				border: { top: { style: "thin" }, right: { style: "thin" }, bottom: { style: "thin" }, left: { style: "thin" } },
				alignment: { horizontal: "center" },
			});
		}
		const colours = [1, 2, 3, 4].map((row) => {
			const fill = styleOf(row, 4)?.fill;
			return fill?.type === "pattern" ? fill.fgColor?.rgb?.slice(-6) : undefined;
		});
		expect(colours).toEqual(["A4CBFA", "A4CBFA", "FFFFFF", "FFFFFF"]);
		const pools = partsOf(bytes).get("xl/worksheets/sheet1.xml") ?? "";
		const widths = [...pools.matchAll(/<col [^>]*?width="([\d.]+)"/g)].map((match) => Number(match[1]));
		expect(widths).toHaveLength(25);
		expect([widths[0], widths[3], widths[19]]).toEqual(["experiment_name".length + 5, 10, hostile.length + 5]);
		expect(Math.min(...widths)).toBeGreaterThanOrEqual(10);
		expect(Math.max(...widths)).toBeLessThanOrEqual(50);
	});
	it("needs an experiment, and only ones that exist", async () => {
		await expect(loadBilling(database.db, [], "UTC")).rejects.toThrow(InvalidInputError);
		await expect(loadBilling(database.db, [999_999], "UTC")).rejects.toThrow(NotFoundError);
	});
});
