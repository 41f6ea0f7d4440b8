import type { ValidRequestForm } from "@opengsync/domain/request-form";

/** What the form says of the request itself, by column. */
export function requestColumns(form: ValidRequestForm) {
	return {
		name: form.name,
		description: form.description,
		special_requirements: form.specialRequirements,
		billing_code: form.billingCode,
		data_delivery_mode_id: form.dataDeliveryModeId,
		read_type_id: form.readTypeId,
		submission_type_id: form.submissionTypeId,
		read_length: form.readLength,
		num_lanes: form.numLanes,
		group_id: form.groupId,
	};
}
