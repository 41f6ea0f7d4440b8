import { writeTextPdf } from "@opengsync/core/documents/write-text-pdf";
import { withFileChanges } from "@opengsync/core/files/file-changes";
import { storeMediaFile } from "@opengsync/core/files/store-media-file";
import { storeMaterial } from "@opengsync/core/lab/store-material";
import { archiveRequest } from "@opengsync/core/requests/archive-request";
import { commentOnRequest } from "@opengsync/core/requests/comment-on-request";
import { createRequest } from "@opengsync/core/requests/create-request";
import { addDeliveryEmail } from "@opengsync/core/requests/delivery-emails";
import { processRequest } from "@opengsync/core/requests/process-request";
import { submitRequest } from "@opengsync/core/requests/submit-request";
import { MediaFileType, RequestResponse, SubmissionType } from "@opengsync/domain/catalog";
import { emptyRequestForm, type RequestFormValues } from "@opengsync/domain/request-form";
import { annotateRequest } from "./annotate.ts";
import { type Assay, assays } from "./assays.ts";
import { actAs, daysBefore, type Facility } from "./facility.ts";
import type { PersonName } from "./people.ts";
import type { RequestPlan } from "./request-plans.ts";

/** Makes one request and leads it to its stage, as far as material that has arrived. @returns its id */
export async function makeRequest(facility: Facility, plan: RequestPlan): Promise<number> {
	const assay: Assay = assays[plan.assay];
	const isStaffOnly = assay.submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id;
	const author: PersonName = isStaffOnly ? "technician" : plan.requestor;
	const created = daysBefore(facility.today, plan.daysAgo);
	const requestId = await actAs(facility, author, created, (context) =>
		createRequest(context, {
			...fillInForm(facility, plan, assay),
			requestorId: isStaffOnly ? facility.people[plan.requestor].id : null,
		}),
	);
	if (plan.stage === "empty") return requestId;
	await actAs(facility, author, created, async (context) => {
		const openStep = plan.stage === "annotating" ? "select_service" : null;
		await annotateRequest(context, requestId, plan, { openStep, indexKits: facility.indexKits });
		await context.tx
			.updateTable("project")
			.set({ timestamp_created_utc: created })
			.where("title", "=", plan.project)
			.where("timestamp_created_utc", ">", created)
			.execute();
	});
	if (plan.stage === "annotating") return requestId;
	await uploadAuthorization(facility, plan, requestId, created);
	if (plan.stage === "annotated") return requestId;
	await handIn(facility, plan, requestId);
	if (plan.stage === "submitted") return requestId;
	await review(facility, plan, requestId);
	if (plan.stage === "archived") {
		await actAs(facility, "technician", daysBefore(facility.today, plan.daysAgo - 10), (context) =>
			archiveRequest(context, requestId),
		);
	}
	if (["received", "preparing", "prepared", "measured"].includes(plan.stage)) await receive(facility, plan, requestId);
	return requestId;
}

function fillInForm(facility: Facility, plan: RequestPlan, assay: Assay): RequestFormValues {
	const requestor = facility.people[plan.requestor];
	return {
		...emptyRequestForm,
		isDisclaimerAccepted: true,
		name: plan.name,
		groupId: plan.group === null ? null : facility.groups[plan.group],
		description: plan.description,
		submissionTypeId: assay.submissionTypeId,
		readTypeId: assay.readTypeId,
		numLanes: assay.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id ? 1 : null,
		readLength: assay.readLengthBp,
		specialRequirements: plan.assay === "bulkRnaPlate" ? "Low diversity: please add PhiX." : null,
		dataDeliveryModeId: assay.deliveryModeId,
		billingCode: `COST-${plan.code}`,
		contactName: `${requestor.firstName} ${requestor.lastName}`,
		contactEmail: requestor.email,
		contactPhone: "+431234567",
		...(plan.group === "tumour" ? { bioinformaticianName: "Data Desk", bioinformaticianEmail: "data-desk@example.org" } : {}),
		...(plan.group === "neuro"
			? { principalInvestigatorName: "Sofia Synapse", principalInvestigatorEmail: "sofia.synapse@example.org" }
			: {}),
		organizationName: "Institute of Molecular Medicine",
		organizationAddress: "1 Demonstration Street\n1000 Example Town",
		billingName: "Accounts Office",
		billingEmail: "accounts@example.org",
		isOrganizationBilled: true,
		billingPhone: "+431234560",
	};
}

async function uploadAuthorization(facility: Facility, plan: RequestPlan, requestId: number, at: Date): Promise<void> {
	const content = writeTextPdf([
		"Authorization to sequence",
		plan.name,
		`Billing code: COST-${plan.code}`,
		"Signed: demonstration",
	]);
	await withFileChanges(facility.services.files, (changes) =>
		actAs(facility, plan.requestor, at, (context) =>
			storeMediaFile(
				context,
				{
					typeId: MediaFileType.SEQ_AUTH_FORM.id,
					target: { kind: "seqRequest", id: requestId },
					file: { fileName: `authorization_${plan.code}.pdf`, content },
				},
				changes,
			),
		),
	);
}

async function handIn(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	const byMail = plan.isDeliveredByMail ?? false;
	await actAs(facility, plan.requestor, daysBefore(facility.today, plan.daysAgo - 1, 10), (context) =>
		submitRequest(context, requestId, {
			byMail,
			submissionTime: byMail ? null : daysBefore(facility.today, plan.daysAgo - 8, 11),
			customTimeAgreed: true,
			comment: byMail ? "On dry ice, by courier." : null,
		}),
	);
	if (plan.group === "immune") {
		await actAs(facility, plan.requestor, daysBefore(facility.today, plan.daysAgo - 1, 11), (context) =>
			addDeliveryEmail(context, requestId, "immune-data@example.org"),
		);
	}
}

const answers = {
	revised: {
		response: RequestResponse.PENDING_REVISION,
		comment: "Please name the clone of each organoid in the sample attributes and hand the request in again.",
	},
	rejected: { response: RequestResponse.REJECTED, comment: "Clinical samples of patients need an approval that is missing." },
	accepted: { response: RequestResponse.ACCEPTED, comment: null },
} as const;

async function review(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	const { response, comment } = answers[plan.stage === "revised" || plan.stage === "rejected" ? plan.stage : "accepted"];
	const at = daysBefore(facility.today, plan.daysAgo - 2, 14);
	const reviewer: PersonName = plan.code.endsWith("2") ? "secondTechnician" : "technician";
	await actAs(facility, reviewer, at, (context) =>
		processRequest(context, requestId, {
			responseId: response.id,
			notificationEmail: comment === null ? null : facility.people[plan.requestor].email,
			comment,
			assignToMe: true,
		}),
	);
	if (plan.code.endsWith("1")) {
		await actAs(facility, reviewer, daysBefore(facility.today, plan.daysAgo - 2, 15), (context) =>
			commentOnRequest(context, requestId, "Please label the tubes with the sample names of the request."),
		);
		await actAs(facility, plan.requestor, daysBefore(facility.today, plan.daysAgo - 2, 16), (context) =>
			commentOnRequest(context, requestId, "Will do, thank you."),
		);
	}
}

/** The material arrives: specimens, libraries or pools, whatever was announced. */
async function receive(facility: Facility, plan: RequestPlan, requestId: number): Promise<void> {
	const { submissionTypeId }: Assay = assays[plan.assay];
	await actAs(facility, "technician", daysBefore(facility.today, plan.daysAgo - 8, 11), async (context) => {
		const libraries = await context.tx.selectFrom("library").select("id").where("seq_request_id", "=", requestId).execute();
		const pools = await context.tx.selectFrom("pool").select("id").where("seq_request_id", "=", requestId).execute();
		const samples = await context.tx
			.selectFrom("sample_library_link")
			.innerJoin("library", "library.id", "sample_library_link.library_id")
			.select("sample_library_link.sample_id as id")
			.distinct()
			.where("library.seq_request_id", "=", requestId)
			.execute();
		const ids = (rows: readonly { readonly id: number }[]) => rows.map((row) => row.id);
		const isPooled = submissionTypeId === SubmissionType.POOLED_LIBRARIES.id;
		const isUnpooled = submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id;
		await storeMaterial(context, {
			sampleIds: isPooled || isUnpooled ? [] : ids(samples),
			libraryIds: isUnpooled ? ids(libraries) : [],
			poolIds: isPooled ? ids(pools) : [],
		});
	});
}
