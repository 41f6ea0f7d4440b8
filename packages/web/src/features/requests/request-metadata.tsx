import type { ContactRow, RequestPageRow } from "@opengsync/db/queries/request-page";
import { DataDeliveryMode, memberById, ReadType, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { Card, Metadata, type MetadataItem, Notice, ObjectLink, Time } from "../../components/parts.tsx";

/** A contact on one line. */
function contactText(contact: ContactRow | null): string | null {
	if (!contact) return null;
	return [contact.name, contact.email, contact.phone, contact.address].filter((part) => part).join(" · ");
}

/** What is technically wanted. */
export function technicalItems(request: RequestPageRow): MetadataItem[] {
	return [
		{ label: "Submission type", value: memberById(SubmissionType, request.submission_type_id).label },
		{ label: "Read type", value: memberById(ReadType, request.read_type_id).label },
		{ label: "Read length", value: request.read_length === null ? null : `${request.read_length} bp` },
		{ label: "Number of lanes", value: request.num_lanes },
		{ label: "Data delivery", value: memberById(DataDeliveryMode, request.data_delivery_mode_id).label },
		{ label: "Special requirements", value: request.special_requirements, wide: true },
	];
}

/** Who is concerned, and who pays. The requestor links to the page of the account for staff. */
export function contactItems(request: RequestPageRow, isInsider: boolean): MetadataItem[] {
	return [
		{
			label: "Requestor",
			value: (
				<ObjectLink href={isInsider ? `/users/${request.requestor_id}/` : null}>
					{request.requestor_name} ({request.requestor_email})
				</ObjectLink>
			),
		},
		{ label: "Group", value: request.group_name },
		{ label: "Contact person", value: contactText(request.contact_person), wide: true },
		{ label: "Principal investigator", value: contactText(request.principal_investigator_contact), wide: true },
		{ label: "Bioinformatician", value: contactText(request.bioinformatician_contact), wide: true },
		{ label: "Organization", value: contactText(request.organization_contact), wide: true },
		{ label: "Billing", value: contactText(request.billing_contact), wide: true },
		{ label: "Billing code", value: request.billing_code },
	];
}

/** Tab *Metadata*: all fields, contacts, agreed time. */
export function RequestMetadata({ request, isInsider }: { request: RequestPageRow; isInsider: boolean }) {
	const identifier = requestIdentifier(request.id);
	return (
		<Card>
			{isInsider && request.requestor_role_id === UserRole.DEACTIVATED.id && <RequestorWithoutAccount request={request} />}
			<Metadata
				items={[
					{ label: "Identifier", value: identifier, copy: identifier, mono: true },
					{ label: "Submitted", value: <Time at={request.timestamp_submitted_utc} /> },
					{ label: "Delivery of samples", value: request.submission_time ? <Time at={request.submission_time} /> : null },
					{ label: "Finished", value: <Time at={request.timestamp_finished_utc} /> },
					{ label: "Description", value: request.description, wide: true },
					...technicalItems(request),
					...contactItems(request, isInsider),
				]}
			/>
		</Card>
	);
}

/** Somebody for whom staff filed the request, and who can be invited on the page of the account. */
function RequestorWithoutAccount({ request }: { request: RequestPageRow }) {
	return (
		<div class="mb-3">
			<Notice title="The requestor cannot sign in yet">
				<p>
					The account of {request.requestor_name} is deactivated. <a href={`/users/${request.requestor_id}/`}>Activate it</a> to
					send an invitation.
				</p>
			</Notice>
		</div>
	);
}
