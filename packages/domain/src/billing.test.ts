import { describe, expect, it } from "vitest";
import { type BillingExperiment, type BillingPool, type BillingRequest, billingTables } from "./billing.ts";
import { ExperimentWorkflow, LabChecklistType, PoolType, ServiceType } from "./catalog.ts";

const request: BillingRequest = {
	id: 1,
	groupName: "Group A",
	contactName: "Ada Example",
	contactEmail: "ada@example.org",
	billingName: "Accounts",
	billingEmail: "accounts@example.org",
	billingCode: "C-17",
};
const pool = (id: number, change: Partial<BillingPool> = {}): BillingPool => ({
	id,
	name: `pool_${id}`,
	typeId: PoolType.INTERNAL.id,
	mReadsRequested: 100,
	contactName: "Lab",
	contactEmail: null,
	numLibraries: 2,
	protocolNames: [],
	libraryRequestIds: [1],
	requestId: null,
	labPrep: null,
	...change,
});
const experiment = (change: Partial<BillingExperiment> = {}): BillingExperiment => ({
	name: "EXP_1",
	workflowId: ExperimentWorkflow.NOVASEQ_6K_SP_XP.id,
	cycles: { r1Cycles: 101, i1Cycles: 10, i2Cycles: 10, r2Cycles: null },
	completedAt: "2026-03-01 10:00",
	laneNumbers: [1, 2],
	pools: [pool(1), pool(2)],
	links: [
		{ laneNumber: 1, poolId: 1, mReads: 100 },
		{ laneNumber: 1, poolId: 2, mReads: 200 },
		{ laneNumber: 2, poolId: 2, mReads: 350 },
	],
	...change,
});

/** Rows of a sheet as objects. */
function rowsOf(name: string, experiments: readonly BillingExperiment[], requests = new Map([[1, request]])) {
	const table = billingTables(experiments, requests).find((each) => each.name === name);
	return (table?.rows ?? []).map((row) => Object.fromEntries(row.map((cell, index) => [table?.columns[index], cell])));
}

describe("the billing export (requests-and-annotation.md §12)", () => {
	it("has the columns that the accounting reads", () => {
		expect(billingTables([], new Map()).map((table) => [table.name, table.columns.join(" ")])).toEqual([
			[
				"pools",
				"experiment_name read_config workflow lanes pool_name pool_type pool_id num_libraries num_m_reads_requested protocol service checklist lab_prep num_m_reads_loaded lane_share flowcell_share group contact_name contact_email billing_name billing_email billing_code lab_contact_name lab_contact_email info",
			],
			[
				"experiments",
				"experiment_name workflow flow_cell_type max_m_reads max_m_reads_per_lane num_lanes num_pools read_config sequencing_completed loaded_m_reads",
			],
			["lanes", "experiment_name lane num_m_reads_loaded num_pools pools"],
		]);
	});
	it("shares lanes and flow cell by what was loaded", () => {
		expect(rowsOf("pools", [experiment()])).toMatchObject([
			{ pool_name: "pool_1", lanes: "1", num_m_reads_loaded: 100, lane_share: "33.333%", flowcell_share: "15.385%", info: null },
			{ pool_name: "pool_2", lanes: "1, 2", num_m_reads_loaded: 550, lane_share: "66.667%, 100.000%", flowcell_share: "84.615%" },
		]);
		expect(rowsOf("lanes", [experiment()])).toEqual([
			{ experiment_name: "EXP_1", lane: 1, num_m_reads_loaded: 300, num_pools: 2, pools: "pool_1, pool_2" },
			{ experiment_name: "EXP_1", lane: 2, num_m_reads_loaded: 350, num_pools: 1, pools: "pool_2" },
		]);
		expect(rowsOf("experiments", [experiment()])).toMatchObject([
			{
				max_m_reads: 650,
				max_m_reads_per_lane: 325,
				num_lanes: 2,
				num_pools: 2,
				loaded_m_reads: 650,
				read_config: "101-10-10-X",
			},
		]);
	});
	it("leaves blank what nobody knows, and says so", () => {
		const unknown = experiment({
			links: [
				{ laneNumber: 1, poolId: 1, mReads: 100 },
				{ laneNumber: 1, poolId: 2, mReads: null },
				{ laneNumber: 2, poolId: 2, mReads: 350 },
			],
			completedAt: null,
		});
		expect(rowsOf("pools", [unknown])).toMatchObject([
			{ num_m_reads_loaded: 100, lane_share: null, flowcell_share: null, info: null },
			{ num_m_reads_loaded: null, lane_share: null, flowcell_share: null, info: "Loaded reads are missing for lane 1." },
		]);
		expect(rowsOf("lanes", [unknown]).map((lane) => lane.num_m_reads_loaded)).toEqual([null, 350]);
		expect(rowsOf("experiments", [unknown])).toMatchObject([{ loaded_m_reads: 100, sequencing_completed: null }]);
	});
	it.each([
		[700, "The total of 700 M reads loaded is above the flow cell's maximum of 650 M."],
		[600, "The total of 600 M reads loaded is below the flow cell's maximum of 650 M."],
		[650, null],
	])("warns of a total of %i M reads", (mReads, info) => {
		const one = experiment({ pools: [pool(1)], links: [{ laneNumber: 1, poolId: 1, mReads }] });
		expect(rowsOf("pools", [one])).toMatchObject([{ info }]);
	});
	it("adds decimal reads without a tail", () => {
		const links = [1, 2, 3].map((laneNumber) => ({ laneNumber, poolId: 1, mReads: 0.1 }));
		expect(rowsOf("pools", [experiment({ pools: [pool(1)], links })])).toMatchObject([{ num_m_reads_loaded: 0.3 }]);
	});
	it.each([
		["its own request", { requestId: 1, libraryRequestIds: [1] }, "C-17", null],
		["the only request of its libraries", { requestId: null, libraryRequestIds: [1] }, "C-17", null],
		["nobody when the libraries come from two", { requestId: null, libraryRequestIds: [1, 2] }, null, /different requests/],
		["its own request, of two", { requestId: 1, libraryRequestIds: [1, 2] }, "C-17", /different requests/],
		["nobody without libraries", { requestId: null, libraryRequestIds: [] }, null, null],
	])("bills a pool to %s", (_, change, code, info) => {
		const full = experiment({ pools: [pool(1, change)], links: [{ laneNumber: 1, poolId: 1, mReads: 650 }] });
		const [row] = rowsOf("pools", [full]);
		expect(row?.billing_code).toBe(code);
		expect(row?.contact_email).toBe(code && "ada@example.org");
		if (info) expect(row?.info).toMatch(info);
		else expect(row?.info).toBeNull();
	});
	it("sorts experiments from the last name on, and pools by lane as numbers", () => {
		const links = [
			{ laneNumber: 10, poolId: 1, mReads: 1 },
			{ laneNumber: 2, poolId: 2, mReads: 1 },
		];
		const pools = [pool(3), pool(1), pool(2)];
		const rows = rowsOf("pools", [experiment({ name: "A", pools, links }), experiment({ name: "B", pools, links })]);
		expect(rows.map((row) => `${row.experiment_name}${row.pool_id}`)).toEqual(["B2", "B1", "B3", "A2", "A1", "A3"]);
	});
	it("names prep, service and protocols", () => {
		const labPrep = { name: "R0007", serviceTypeId: ServiceType.BULK_RNA_SEQ.id, checklistTypeId: LabChecklistType.RNA_SEQ.id };
		const rows = rowsOf("pools", [
			experiment({ pools: [pool(1, { labPrep, protocolNames: ["Zeta", "Alpha"], mReadsRequested: null })] }),
		]);
		expect(rows).toMatchObject([
			{
				lab_prep: "R0007",
				checklist: "RNA-seq",
				service: ServiceType.BULK_RNA_SEQ.label,
				protocol: "Alpha, Zeta",
				num_m_reads_requested: 0,
			},
		]);
	});
});
