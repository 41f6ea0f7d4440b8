import { actAs, daysBefore, type Facility } from "./facility.ts";
import type { RequestPlan } from "./request-plans.ts";

const size = { num_rows: 16, num_cols: 24 } as const;

/** Puts the libraries of a request onto a 384-well plate, row by row. */
export async function makePlate(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	await actAs(facility, "technician", daysBefore(facility.today, plan.daysAgo - 10), async ({ tx, viewer }) => {
		const libraries = await tx.selectFrom("library").select("id").where("seq_request_id", "=", requestId).orderBy("id").execute();
		const plate = await tx
			.insertInto("plate")
			.values({ name: `${plan.code}_plate`, ...size, owner_id: viewer.id })
			.returning("id")
			.executeTakeFirstOrThrow();
		await tx
			.insertInto("sample_plate_link")
			.values(
				libraries
					.slice(0, size.num_rows * size.num_cols)
					.map(({ id }, well) => ({ plate_id: plate.id, well_idx: well, library_id: id })),
			)
			.execute();
	});
}
