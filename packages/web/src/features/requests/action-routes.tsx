import { withFileChanges } from "@opengsync/core/files/file-changes";
import { storeMediaFile } from "@opengsync/core/files/store-media-file";
import { commentOnRequest } from "@opengsync/core/requests/comment-on-request";
import { addDeliveryEmail } from "@opengsync/core/requests/delivery-emails";
import { processRequest } from "@opengsync/core/requests/process-request";
import { submitRequest } from "@opengsync/core/requests/submit-request";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { findMember, MediaFileType, membersOf, RequestResponse, uploads } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { describeSubmissionWindow } from "@opengsync/domain/submission-window";
import { parseLocalDateTime } from "@opengsync/domain/time";
import { Notice } from "../../components/parts.tsx";
import { defineForm, memberOptions } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { type Route, withId } from "../../framework/route.ts";
import { loadRequest } from "./load-request.ts";

const about = {
	params: withId,
	active: "requests",
	load: loadRequest,
	breadcrumbs: (request: RequestPageRow) => [
		{ label: "Requests", href: "/seq_requests/" },
		{ label: requestIdentifier(request.id), href: `/seq_requests/${request.id}/` },
	],
} as const;

const submit = formRoutes({
	...about,
	pagePath: "/seq_requests/:id/submit/",
	dialogPath: "/htmx/seq_requests/:id/submit",
	policy: onObject("request", "id", "EDIT"),
	summary: "Submit a request",
	title: (request) => `Submit ${requestIdentifier(request.id)}`,
	intro: () => (
		<Notice look="warning">
			<p>Editing ends with the submission: check your samples before.</p>
		</Notice>
	),
	form: (_, exchange) => {
		const windows = exchange.services.config.submissionWindows;
		const times = windows.map(describeSubmissionWindow).join(", ");
		return defineForm({
			name: "submit-form",
			submitLabel: "Submit request",
			fields: {
				submissionTime: {
					kind: "datetime-local",
					label: "When do you bring the samples?",
					help: times
						? `Submission windows: ${times} (${exchange.services.config.timeZone}).`
						: `Time zone: ${exchange.services.config.timeZone}.`,
				},
				byMail: { kind: "checkbox", label: "The samples come by mail" },
				customTimeAgreed: {
					// Offered once the time was refused.
					...(exchange.request.method === "POST" ? { kind: "checkbox" } : { kind: "hidden" }),
					label: "The facility confirmed a time outside the windows",
				},
				comment: { kind: "textarea", label: "Comment", maxLength: 4096, rows: 3 },
			},
		});
	},
	accept: async (exchange, values, request) => {
		const timeZone = exchange.services.config.timeZone;
		await exchange.command((context) =>
			submitRequest(context, request.id, {
				byMail: values.byMail,
				submissionTime: values.submissionTime ? parseLocalDateTime(values.submissionTime, timeZone) : null,
				customTimeAgreed: values.customTimeAgreed === true,
				comment: values.comment,
			}),
		);
		exchange.flash("success", "Request submitted. The facility reviews it; deliver your samples at the agreed time.");
		return `/seq_requests/${request.id}/`;
	},
});

const process = formRoutes({
	...about,
	pagePath: "/seq_requests/:id/process/",
	dialogPath: "/htmx/seq_requests/:id/process",
	policy: onObject("request", "id", "INSIDER"),
	summary: "Accept, return or reject a submitted request",
	title: (request) => `Process ${requestIdentifier(request.id)}`,
	form: (request) =>
		defineForm({
			name: "process-form",
			submitLabel: "Send decision",
			fields: {
				responseId: {
					kind: "radio",
					label: "Response",
					required: true,
					options: memberOptions(membersOf(RequestResponse)),
				},
				notificationEmail: {
					kind: "email",
					label: "Notify",
					maxLength: 128,
					value: request.contact_person.email ?? request.requestor_email,
				},
				comment: {
					kind: "textarea",
					label: "Comment",
					maxLength: 4096,
					rows: 3,
					help: "Required unless the request is accepted.",
				},
				assignToMe: { kind: "switch", label: "Assign the request to me", value: true },
			},
		}),
	accept: async (exchange, values, request) => {
		await exchange.command((context) => processRequest(context, request.id, values));
		exchange.flash("success", `Request ${findMember(RequestResponse, values.responseId)?.label.toLowerCase()}.`);
		return `/seq_requests/${request.id}/`;
	},
});

const comment = formRoutes({
	...about,
	pagePath: "/seq_requests/:id/comment/",
	dialogPath: "/htmx/seq_requests/:id/comment",
	policy: onObject("request", "id", "EDIT"),
	summary: "Comment on a request",
	title: () => "New comment",
	form: () =>
		defineForm({
			name: "comment-form",
			submitLabel: "Add comment",
			fields: {
				text: {
					kind: "textarea",
					label: "Comment",
					required: true,
					minLength: 1,
					maxLength: 4096,
					rows: 5,
					help: "The assignees are told. Tell others of the staff by @ and their name or e-mail address, e.g. @Ann Example.",
				},
			},
		}),
	accept: async (exchange, values, request) => {
		await exchange.command((context) => commentOnRequest(context, request.id, values.text));
		exchange.flash("success", "Comment added.");
		return `/seq_requests/${request.id}/?tab=comments`;
	},
});

const address = formRoutes({
	...about,
	pagePath: "/seq_requests/:id/share/",
	dialogPath: "/htmx/seq_requests/:id/share/add",
	policy: onObject("request", "id", "EDIT"),
	summary: "Add a delivery address",
	title: () => "Add a delivery address",
	form: () =>
		defineForm({
			name: "address-form",
			submitLabel: "Add address",
			fields: { email: { kind: "email", label: "E-mail", required: true, maxLength: 128 } },
		}),
	accept: async (exchange, values, request) => {
		await exchange.command((context) => addDeliveryEmail(context, request.id, values.email));
		exchange.flash("success", "Address added.");
		return `/seq_requests/${request.id}/?tab=share`;
	},
});

const offered = membersOf(MediaFileType).filter((type) => (type.uploadableOn as readonly string[]).includes("seqRequest"));

const attach = formRoutes({
	...about,
	pagePath: "/seq_requests/:id/attach/",
	dialogPath: "/htmx/seq_requests/:id/attach",
	policy: onObject("request", "id", "EDIT"),
	summary: "Attach a file to a request",
	title: () => "Attach a file",
	form: (request, exchange) => {
		const form = request.authorization_form_id === null && exchange.url.searchParams.get("type") === "authorization";
		return defineForm({
			name: "attach-form",
			submitLabel: "Upload",
			fields: {
				typeId: {
					kind: "select",
					label: "Type",
					required: true,
					options: memberOptions(offered),
					...(form ? { value: MediaFileType.SEQ_AUTH_FORM.id } : {}),
				},
				file: {
					kind: "file",
					label: "File",
					required: true,
					extensions: [...uploads.extensions],
					maxSizeBytes: uploads.maxSizeMegabytes * uploads.bytesPerMegabyte,
					help: `At most ${uploads.maxSizeMegabytes} MB. An authorization form has to be a PDF.`,
				},
				comment: { kind: "textarea", label: "Comment", maxLength: uploads.commentMaxLength, rows: 2 },
			},
		});
	},
	accept: async (exchange, values, request) => {
		const type = offered.find((candidate) => candidate.id === values.typeId);
		const content = new Uint8Array(await values.file.arrayBuffer());
		await withFileChanges(exchange.services.files, (changes) =>
			exchange.command((context) =>
				storeMediaFile(
					context,
					{
						typeId: type?.id ?? MediaFileType.CUSTOM.id,
						target: { kind: "seqRequest", id: request.id },
						file: { fileName: values.file.name, content },
						comment: values.comment,
					},
					changes,
				),
			),
		);
		exchange.flash("success", "File attached.");
		return `/seq_requests/${request.id}/`;
	},
});

/** Forms of the life of a request. */
export const requestActionRoutes: readonly Route[] = [...submit, ...process, ...comment, ...address, ...attach];
