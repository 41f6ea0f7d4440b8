import type { RequestFeatureFrameRow, RequestLibraryFrameRow } from "@opengsync/db/queries/request-export";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { FeatureType, findMember, GenomeRef, LibraryType, memberById, SubmissionType } from "@opengsync/domain/catalog";
import type { DocumentTable } from "../documents/write-tables-workbook.ts";

/** Table `libraries` of the exports of a request: columns in the order of requests-and-annotation.md §2.8. */
export function librariesTable(rows: readonly RequestLibraryFrameRow[]): DocumentTable {
	return {
		name: "libraries",
		columns: [
			...["seq_request_id", "library_id", "library_name", "library_type_id", "genome_ref_id", "pool_id", "pool_name"],
			...["sequence_i7", "sequence_i5", "name_i7", "name_i5", "library_type", "genome_ref"],
		],
		rows: rows.map((row) => [
			...[
				row.seq_request_id,
				row.library_id,
				row.library_name,
				row.library_type_id,
				row.genome_ref_id,
				row.pool_id,
				row.pool_name,
			],
			...[row.sequence_i7, row.sequence_i5, row.name_i7, row.name_i5],
			findMember(LibraryType, row.library_type_id)?.label ?? null,
			findMember(GenomeRef, row.genome_ref_id)?.label ?? null,
		]),
	};
}

/** Table `features`. */
export function featuresTable(rows: readonly RequestFeatureFrameRow[]): DocumentTable {
	return {
		name: "features",
		columns: [
			...["library_id", "library_name", "sample_pool", "feature_id", "feature_name", "sequence", "pattern", "read"],
			...["type_id", "target_name", "target_id", "type"],
		],
		rows: rows.map((row) => [
			...[row.library_id, row.library_name, row.sample_pool, row.feature_id, row.feature_name, row.sequence, row.pattern],
			...[row.read, row.type_id, row.target_name, row.target_id, findMember(FeatureType, row.type_id)?.label ?? null],
		]),
	};
}

/** Table `metadata`: key and value; group and billing code only where there are any. */
export function metadataTable(request: RequestPageRow): DocumentTable {
	const { contact_person: contact, organization_contact: organization } = request;
	const rows: [string, string | number | null][] = [
		["Name", request.name],
		["Description", request.description],
		["Requestor", request.requestor_name],
		["Requestor Email", request.requestor_email],
		["Submission Type", memberById(SubmissionType, request.submission_type_id).label],
		["Organization", organization.name],
		["Organization Address", organization.address],
		["Contact Person", contact.name],
		["Contact Person Email", contact.email],
		["Contact Person Phone", contact.phone],
	];
	if (request.group_id !== null) rows.push(["Group", request.group_name], ["Group ID", request.group_id]);
	if (request.billing_code) rows.push(["Billing Code", request.billing_code]);
	return { name: "metadata", columns: ["Key", "Value"], rows };
}
