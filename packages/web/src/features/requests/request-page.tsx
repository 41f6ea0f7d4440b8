import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { DataDeliveryMode, memberById, ReadType, SeqRequestStatus, SubmissionType } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { type RequestAction, type RequestActionName, type RequestFacts, requestActions } from "@opengsync/domain/request-actions";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Card, Metadata, Notice, Tabs, Time } from "../../components/parts.tsx";
import { StatusBar } from "../../components/status.tsx";
import { historyTab } from "../history/addresses.ts";
import { contactText } from "./request-form.ts";

const segments = [
	SeqRequestStatus.SUBMITTED,
	SeqRequestStatus.ACCEPTED,
	SeqRequestStatus.SAMPLES_RECEIVED,
	SeqRequestStatus.PREPARED,
	SeqRequestStatus.DATA_PROCESSING,
	SeqRequestStatus.FINISHED,
];

/** What the table of actions looks at, from a loaded request. */
export function factsOf(request: RequestPageRow): RequestFacts {
	return {
		statusId: request.status_id,
		submissionTypeId: request.submission_type_id,
		level: request.access_level as AccessLevel,
		numLibraries: request.num_libraries,
		isAuthorized: request.authorization_form_id !== null,
	};
}

/** Actions on a request as its page offers them, by name. */
export function actionsOf(request: RequestPageRow): ReadonlyMap<RequestActionName, RequestAction> {
	return new Map(requestActions(factsOf(request)).map((action) => [action.action, action]));
}

/** Status bar of a request: access-and-web.md §7.7. */
export function RequestStatusBar({ statusId }: { statusId: number }) {
	return <StatusBar segments={segments} present={memberById(SeqRequestStatus, statusId)} />;
}

/** Buttons at the right of the title. */
export function RequestButtons({ request }: { request: RequestPageRow }) {
	const actions = actionsOf(request);
	const url = `/seq_requests/${request.id}`;
	const shown = (name: RequestActionName) => {
		const action = actions.get(name);
		return action?.shown ? action : null;
	};
	const process = shown("process");
	const store = shown("store");
	const submit = shown("submit");
	const edit = shown("edit");
	const archive = shown("archive");
	return (
		<>
			{process && (
				<LinkButton
					href={`${url}/process/`}
					dialog={`/htmx/seq_requests/${request.id}/process`}
					dialogSize="lg"
					look="primary"
					icon="checks"
				>
					Process
				</LinkButton>
			)}
			{store && (
				<LinkButton href={`/workflows/store_samples/?seq_request_id=${request.id}`} look="primary" icon="package">
					{store.label}
				</LinkButton>
			)}
			{submit && (
				<LinkButton
					href={`${url}/submit/`}
					dialog={`/htmx/seq_requests/${request.id}/submit`}
					dialogSize="lg"
					look="primary"
					icon="send"
					disabledReason={submit.reason}
				>
					Submit
				</LinkButton>
			)}
			{edit && (
				<LinkButton href={`${url}/edit/`} icon="edit" disabledReason={edit.reason}>
					Edit
				</LinkButton>
			)}
			{archive && request.status_id !== SeqRequestStatus.ARCHIVED.id && (
				<ActionButton
					action={`${url}/archive/`}
					disabledReason={archive.reason}
					icon="archive"
					confirm={{ title: "Archive this request?", text: "It is put aside; staff can bring it back.", yes: "Archive" }}
				>
					Archive
				</ActionButton>
			)}
		</>
	);
}

/** The tabs of a request: access-and-web.md §8.3. */
export function RequestTabs({ request, isInsider }: { request: RequestPageRow; isInsider: boolean }) {
	const fragment = `/htmx/seq_requests/${request.id}`;
	const isDraft = request.status_id === SeqRequestStatus.DRAFT.id;
	const checklist = { key: "checklist", title: "Checklist", content: <SubmitChecklist request={request} /> };
	const pools = request.num_pools > 0 || request.submission_type_id !== SubmissionType.RAW_SAMPLES.id;
	const tabs = [
		...(isDraft || !isInsider ? [checklist] : []),
		{ key: "samples", title: "Samples", count: request.num_samples, href: `${fragment}/samples` },
		{ key: "libraries", title: "Libraries", count: request.num_libraries, href: `${fragment}/libraries` },
		...(pools ? [{ key: "pools", title: "Pools", count: request.num_pools, href: `${fragment}/pools` }] : []),
		{ key: "metadata", title: "Metadata", content: <RequestMetadata request={request} /> },
		{ key: "files", title: "Files", count: request.num_files, href: `${fragment}/files` },
		{ key: "comments", title: "Comments", count: request.num_comments, href: `${fragment}/comments` },
		{ key: "share", title: "Share", count: request.num_delivery_emails, href: `${fragment}/share` },
		{ key: "assignees", title: "Assignees", count: request.num_assignees, href: `${fragment}/assignees` },
		historyTab("request", request.id),
	];
	return <Tabs tabs={tabs} />;
}

/** Steps of a customer: add samples, upload the form, submit (requests-and-annotation.md §2.2). */
export function SubmitChecklist({ request }: { request: RequestPageRow }) {
	const actions = actionsOf(request);
	const annotate = actions.get("annotate");
	const attach = actions.get("attachFile");
	const submit = actions.get("submit");
	const hasSamples = request.num_samples > 0 && request.num_libraries > 0;
	const hasForm = request.authorization_form_id !== null;
	const isSubmitted = request.status_id !== SeqRequestStatus.DRAFT.id;
	const steps = [
		{
			title: "Add samples",
			done: hasSamples,
			text: hasSamples
				? `${request.num_samples} samples, ${request.num_libraries} libraries`
				: "Annotate your samples: names, genome, attributes, service.",
			button: annotate?.shown && (
				<ActionButton
					action={`/seq_requests/${request.id}/annotation/`}
					look={hasSamples ? "secondary" : "primary"}
					icon="plus"
					disabledReason={annotate.reason}
				>
					Add samples
				</ActionButton>
			),
		},
		{
			title: "Upload the authorization form",
			done: hasForm,
			text: hasForm ? "The signed form is there." : "The signed PDF that permits the costs.",
			button: attach?.shown && !hasForm && (
				<LinkButton
					href={`/seq_requests/${request.id}/attach/?type=authorization`}
					dialog={`/htmx/seq_requests/${request.id}/attach?type=authorization`}
					icon="upload"
					look={hasSamples ? "primary" : "secondary"}
				>
					Upload form
				</LinkButton>
			),
		},
		{
			title: "Submit",
			done: isSubmitted,
			text: isSubmitted ? "Submitted." : "Choose the time at which you bring the samples.",
			button: submit?.shown && (
				<LinkButton
					href={`/seq_requests/${request.id}/submit/`}
					dialog={`/htmx/seq_requests/${request.id}/submit`}
					dialogSize="lg"
					icon="send"
					look="primary"
					disabledReason={submit.reason}
				>
					Submit request
				</LinkButton>
			),
		},
	];
	const done = steps.filter((step) => step.done).length;
	return (
		<Card title={`${done} of 3 done`}>
			<ol class="checklist">
				{steps.map((step) => (
					<li class={`checklist-step${step.done ? " is-done" : ""}`}>
						<div class="checklist-text">
							<p class="checklist-title">
								<Icon name={step.done ? "circle-check" : "alert-triangle"} class={step.done ? "sign-present" : "sign-missing"} />{" "}
								{step.title}
								<span class="visually-hidden">{step.done ? " (done)" : " (to do)"}</span>
							</p>
							<p class="text-secondary">{step.text}</p>
						</div>
						{step.button}
					</li>
				))}
			</ol>
			{isSubmitted && (
				<Notice title="What happens next">
					<p>
						The facility reviews the request. Deliver your samples at the agreed time. Data are announced to the addresses under
						Share, where you can add more.
					</p>
				</Notice>
			)}
		</Card>
	);
}

function RequestMetadata({ request }: { request: RequestPageRow }) {
	const submission = memberById(SubmissionType, request.submission_type_id);
	return (
		<Card>
			<Metadata
				items={[
					{ label: "Identifier", value: requestIdentifier(request.id), copy: requestIdentifier(request.id), mono: true },
					{ label: "Requestor", value: `${request.requestor_name} (${request.requestor_email})` },
					{ label: "Group", value: request.group_name },
					{ label: "Submission type", value: submission.label },
					{ label: "Read type", value: memberById(ReadType, request.read_type_id).label },
					{ label: "Read length", value: request.read_length === null ? null : `${request.read_length} bp` },
					{ label: "Number of lanes", value: request.num_lanes },
					{ label: "Data delivery", value: memberById(DataDeliveryMode, request.data_delivery_mode_id).label },
					{ label: "Submitted", value: <Time at={request.timestamp_submitted_utc} /> },
					{ label: "Delivery of samples", value: request.submission_time ? <Time at={request.submission_time} /> : null },
					{ label: "Finished", value: <Time at={request.timestamp_finished_utc} /> },
					{ label: "Description", value: request.description, wide: true },
					{ label: "Special requirements", value: request.special_requirements, wide: true },
					{ label: "Contact person", value: contactText(request.contact_person), wide: true },
					{ label: "Bioinformatician", value: contactText(request.bioinformatician_contact), wide: true },
					{ label: "Principal investigator", value: contactText(request.principal_investigator_contact), wide: true },
					{ label: "Organization", value: contactText(request.organization_contact), wide: true },
					{ label: "Billing", value: contactText(request.billing_contact), wide: true },
					{ label: "Billing code", value: request.billing_code },
				]}
			/>
		</Card>
	);
}
