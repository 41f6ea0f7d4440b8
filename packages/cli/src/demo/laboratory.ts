import { type Measurement, recordMeasurements } from "@opengsync/core/lab/record-measurements";
import { advanceRequests } from "@opengsync/core/requests/advance-requests";
import type { Tx } from "@opengsync/db/transaction";
import {
	BarcodeOrientation,
	IndexType,
	LabChecklistType,
	LibraryStatus,
	LibraryType,
	MuxType,
	memberById,
	membersOf,
	PoolStatus,
	PoolType,
	PrepStatus,
	SubmissionType,
} from "@opengsync/domain/catalog";
import type { IndexKit } from "@opengsync/domain/indices/kit";
import { kitOf, wellAt } from "./answers.ts";
import { type Assay, assays } from "./assays.ts";
import { actAs, daysBefore, type Facility, measuredBetween } from "./facility.ts";
import { measureSamples } from "./quality-control.ts";
import type { RequestPlan } from "./request-plans.ts";

/** Prepares, measures and pools what a request needs before it can be sequenced; measures the samples of a QC-only request. */
export async function workInLaboratory(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	const { submissionTypeId }: Assay = assays[plan.assay];
	if (plan.stage === "measured") await measureSamples(facility, plan, requestId);
	if (plan.stage === "preparing") await beginPrep(facility, plan, requestId);
	if (plan.stage !== "prepared") return;
	if (submissionTypeId !== SubmissionType.POOLED_LIBRARIES.id) await prepareLibraries(facility, plan, requestId);
	await measurePools(facility, plan, requestId);
}

interface LibraryToPrepare {
	readonly id: number;
	readonly type_id: number;
	readonly mux_type_id: number | null;
	readonly service_type_id: number;
}

/** The libraries of a request in the prep that is going on, or in a new one. */
async function beginPrep(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	await actAs(facility, "technician", daysBefore(facility.today, plan.daysAgo - 10), async ({ tx, viewer }) => {
		const libraries = await listLibraries(tx, requestId);
		const [first] = libraries;
		if (!first) return;
		const statusId = PrepStatus.PREPARING.id;
		const open = await tx.selectFrom("lab_prep").select("id").where("status_id", "=", statusId).executeTakeFirst();
		await tx
			.updateTable("library")
			.set({ lab_prep_id: open?.id ?? (await makePrep(tx, first, viewer.id, statusId)), status_id: LibraryStatus.PREPARING.id })
			.where("seq_request_id", "=", requestId)
			.execute();
	});
}

function listLibraries(tx: Tx, requestId: number): Promise<LibraryToPrepare[]> {
	return tx
		.selectFrom("library")
		.select(["id", "type_id", "mux_type_id", "service_type_id"])
		.where("seq_request_id", "=", requestId)
		.orderBy("id")
		.execute();
}

/** A lab prep of all libraries, their indices, and one pool. */
async function prepareLibraries(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	const at = daysBefore(facility.today, plan.daysAgo - 12);
	await actAs(facility, "technician", at, async (context) => {
		const { tx, viewer } = context;
		const libraries = await listLibraries(tx, requestId);
		const first = libraries[0];
		if (!first) return;
		const prepId = await makePrep(tx, first, viewer.id, PrepStatus.COMPLETED.id);
		const poolId = await makePool(tx, plan, viewer.id, prepId, at);
		for (const [position, library] of libraries.entries()) {
			const index = pickIndex(facility, plan, library, position);
			await tx
				.updateTable("library")
				.set({
					status_id: LibraryStatus.POOLED.id,
					pool_id: poolId,
					lab_prep_id: prepId,
					index_type_id: index.typeId,
					timestamp_stored_utc: at,
					volume: 20,
				})
				.where("id", "=", library.id)
				.execute();
			await tx
				.insertInto("library_index")
				.values(index.rows.map((row) => ({ ...row, library_id: library.id })))
				.execute();
			await assignProbes(tx, library);
		}
		await recordMeasurements(
			context,
			libraries.map((library) => measure("library", library.id, [2, 25], [320, 520])),
		);
		await advanceRequests(tx, [requestId]);
	});
}

function measure(
	kind: Measurement["kind"],
	id: number,
	ngPerUl: readonly [number, number],
	sizeBp: readonly [number, number],
): Measurement {
	return {
		kind,
		id,
		qubitConcentrationNgPerUl: measuredBetween(...ngPerUl, id),
		avgFragmentSizeBp: Math.round(measuredBetween(...sizeBp, id + 17)),
	};
}

async function makePrep(tx: Tx, library: LibraryToPrepare, creatorId: number, statusId: number): Promise<number> {
	const families = membersOf(LabChecklistType).filter((family) => family.id !== LabChecklistType.CUSTOM.id);
	const family =
		families.find((candidate) => candidate.libraryTypeIds.some((id: number) => id === library.type_id)) ??
		LabChecklistType.CUSTOM;
	const last = await tx
		.selectFrom("lab_prep")
		.select(({ fn }) => fn.max("prep_number").as("number"))
		.where("checklist_type_id", "=", family.id)
		.executeTakeFirst();
	const number = (last?.number ?? 0) + 1;
	const prep = await tx
		.insertInto("lab_prep")
		.values({
			name: `${family.identifier}${String(number).padStart(4, "0")}`,
			prep_number: number,
			checklist_type_id: family.id,
			status_id: statusId,
			service_type_id: library.service_type_id,
			creator_id: creatorId,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return prep.id;
}

async function makePool(tx: Tx, plan: RequestPlan, ownerId: number, prepId: number, at: Date): Promise<number> {
	const contact = await tx
		.insertInto("contact")
		.values({ name: "Toni Technician", email: "technician@example.org" })
		.returning("id")
		.executeTakeFirstOrThrow();
	const pool = await tx
		.insertInto("pool")
		.values({
			name: `${plan.code}_pool`,
			type_id: PoolType.INTERNAL.id,
			status_id: PoolStatus.STORED.id,
			owner_id: ownerId,
			contact_id: contact.id,
			lab_prep_id: prepId,
			num_m_reads_requested: 400,
			timestamp_stored_utc: at,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return pool.id;
}

/** Flex: each sample of a library has its own probe barcode, `AB…` on the antibody library. */
async function assignProbes(tx: Tx, library: LibraryToPrepare): Promise<void> {
	if (library.mux_type_id !== MuxType.TENX_FLEX_PROBE.id) return;
	const prefix = library.type_id === LibraryType.TENX_SC_ABC_FLEX.id ? "AB" : "BC";
	const links = await tx
		.selectFrom("sample_library_link")
		.select("sample_id")
		.where("library_id", "=", library.id)
		.orderBy("sample_id")
		.execute();
	for (const [position, link] of links.entries()) {
		await tx
			.updateTable("sample_library_link")
			.set({ mux: JSON.stringify({ barcode: `${prefix}${String(position + 1).padStart(3, "0")}` }) })
			.where("library_id", "=", library.id)
			.where("sample_id", "=", link.sample_id)
			.execute();
	}
}

/** Indices from the kit of the assay; each request begins at another well, so that pools can share a lane. */
function pickIndex(facility: Facility, plan: RequestPlan, library: LibraryToPrepare, position: number) {
	const assay: Assay = assays[plan.assay];
	const groups: readonly string[] = memberById(LibraryType, library.type_id).groups;
	const isAtac = groups.includes("tenxAtacIndexed");
	const kit: IndexKit = kitOf(isAtac ? "10X-NA" : assay.indexKit, facility.indexKits);
	const well = wellAt(((Number(plan.code.slice(2)) * 24) % 72) + position);
	const adapter = kit.adapters.find((candidate) => candidate.well === well);
	if (!adapter) throw new Error(`The kit ${kit.identifier} has no well ${well}`);
	const i5 = adapter.i5[0];
	const rows = adapter.i7.map((i7) => ({
		index_kit_i7_id: kit.id,
		name_i7: i7.name,
		sequence_i7: i7.sequence,
		index_kit_i5_id: i5 ? kit.id : null,
		name_i5: i5?.name ?? null,
		sequence_i5: i5?.sequence ?? null,
		orientation: BarcodeOrientation.FORWARD.id,
	}));
	return { typeId: isAtac ? IndexType.TENX_ATAC_INDEX.id : IndexType.DUAL_INDEX.id, rows };
}

async function measurePools(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	await actAs(facility, "secondTechnician", daysBefore(facility.today, plan.daysAgo - 13), async (context) => {
		const pools = await context.tx
			.selectFrom("library")
			.select("pool_id")
			.distinct()
			.where("seq_request_id", "=", requestId)
			.where("pool_id", "is not", null)
			.execute();
		await recordMeasurements(
			context,
			pools.map((pool) => measure("pool", pool.pool_id ?? 0, [4, 12], [380, 460])),
		);
	});
}
