import { listBillingExperiments, listBillingPools, listBillingRequests } from "@opengsync/db/queries/billing";
import type { Reader } from "@opengsync/db/transaction";
import { type BillingPool, type BillingTable, billingTables } from "@opengsync/domain/billing";
import { formatDateTime } from "@opengsync/domain/time";
import { InvalidInputError, NotFoundError } from "../errors.ts";

function labPrepOf(row: Awaited<ReturnType<typeof listBillingPools>>[number]): BillingPool["labPrep"] {
	const { prep_name: name, prep_service_type_id: serviceTypeId, prep_checklist_type_id: checklistTypeId } = row;
	return name === null || serviceTypeId === null || checklistTypeId === null ? null : { name, serviceTypeId, checklistTypeId };
}

/**
 * The billing tables of experiments (requests-and-annotation.md §12). The caller lets only staff in.
 * @param timeZone of the facility, in which times are written
 * @throws InvalidInputError when no experiment is chosen, NotFoundError for one that does not exist
 */
export async function loadBilling(
	reader: Reader,
	experimentIds: readonly number[],
	timeZone: string,
): Promise<readonly BillingTable[]> {
	const ids = [...new Set(experimentIds)];
	if (ids.length === 0) throw new InvalidInputError([{ field: "", message: "Select at least one experiment." }]);
	const experiments = await listBillingExperiments(reader, ids);
	if (experiments.length < ids.length) throw new NotFoundError("A selected experiment");
	const pools = await listBillingPools(reader, ids);
	const requestIds = pools.flatMap((pool) => [...pool.library_request_ids, pool.seq_request_id ?? []].flat());
	const requests = await listBillingRequests(reader, [...new Set(requestIds)]);
	return billingTables(
		experiments.map((experiment) => ({
			name: experiment.name,
			workflowId: experiment.workflow_id,
			cycles: {
				r1Cycles: experiment.r1_cycles,
				i1Cycles: experiment.i1_cycles,
				i2Cycles: experiment.i2_cycles,
				r2Cycles: experiment.r2_cycles,
			},
			completedAt: experiment.timestamp_finished_utc && formatDateTime(experiment.timestamp_finished_utc, timeZone),
			laneNumbers: experiment.lane_numbers,
			links: experiment.links,
			pools: pools
				.filter((pool) => pool.experiment_id === experiment.id)
				.map((pool) => ({
					id: pool.id,
					name: pool.name,
					typeId: pool.type_id,
					mReadsRequested: pool.num_m_reads_requested,
					contactName: pool.contact_name,
					contactEmail: pool.contact_email,
					numLibraries: pool.num_libraries,
					protocolNames: pool.protocol_names,
					libraryRequestIds: pool.library_request_ids,
					requestId: pool.seq_request_id,
					labPrep: labPrepOf(pool),
				})),
		})),
		new Map(
			requests.map((request) => [
				request.id,
				{
					id: request.id,
					groupName: request.group_name,
					contactName: request.contact_name,
					contactEmail: request.contact_email,
					billingName: request.billing_name,
					billingEmail: request.billing_email,
					billingCode: request.billing_code,
				},
			]),
		),
	);
}
