import { EventType, FlowCellType, ServiceType, TaskStatus } from "@opengsync/domain/catalog";
import { actAs, daysBefore, type Facility } from "./facility.ts";

const events = [
	{ title: "NovaSeq 6000: preventive maintenance", note: "The engineer is here all day.", daysAhead: 9 },
	{ title: "Open house of the facility", note: "Tours at 10:00 and 14:00.", daysAhead: 20 },
	{ title: "User meeting: single-cell services", note: null, daysAhead: -25 },
] as const;

/** What is planned besides requests: events, protocols, and the design of the next flow cell. */
export async function planAhead(facility: Facility): Promise<void> {
	const at = daysBefore(facility.today, 30);
	await actAs(facility, "technician", at, async ({ tx, viewer }) => {
		for (const { title, note, daysAhead } of events) {
			await tx
				.insertInto("event")
				.values({
					title,
					note,
					timestamp_utc: daysBefore(facility.today, -daysAhead),
					type_id: EventType.CUSTOM.id,
					creator_id: viewer.id,
				})
				.execute();
		}
		await tx
			.insertInto("protocol")
			.values([
				{ name: "Bulk RNA, poly-A", service_type_id: ServiceType.BULK_RNA_SEQ.id, read_structure: "R1:100 I1:10 I2:10 R2:100" },
				{
					name: "3' gene expression v4",
					service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id,
					read_structure: "R1:28 I1:10 I2:10 R2:90",
				},
				{ name: "Whole genome, PCR-free", service_type_id: ServiceType.WGS.id, read_structure: "R1:151 I1:10 I2:10 R2:151" },
			])
			.execute();
		const design = await tx
			.insertInto("flow_cell_design")
			.values({
				name: "Next NovaSeq X flow cell",
				task_status_id: TaskStatus.IN_PROGRESS.id,
				flow_cell_type_id: FlowCellType.NOVASEQ_X_10B_ILLUMINA.id,
			})
			.returning("id")
			.executeTakeFirstOrThrow();
		await tx
			.insertInto("pool_design")
			.values([
				{
					name: "Glioma exomes",
					cycles_r1: 101,
					cycles_i1: 10,
					cycles_i2: 10,
					cycles_r2: 101,
					flow_cell_design_id: design.id,
					num_m_requested_reads: 1200,
				},
				{
					name: "Liver zonation",
					cycles_r1: 28,
					cycles_i1: 10,
					cycles_i2: 10,
					cycles_r2: 90,
					flow_cell_design_id: design.id,
					num_m_requested_reads: 800,
				},
			])
			.execute();
		await tx
			.insertInto("todo_comment")
			.values({
				text: "Wait for the second batch of exomes.",
				timestamp_utc: at,
				task_status_id: TaskStatus.IN_PROGRESS.id,
				author_id: viewer.id,
				flow_cell_design_id: design.id,
			})
			.execute();
	});
}
