import type { RequestInput, RequestorInput } from "@opengsync/core/requests/request-input";
import type { ContactRow, RequestPageRow } from "@opengsync/db/queries/request-page";
import { DataDeliveryMode, membersOf, ReadType, SubmissionType } from "@opengsync/domain/catalog";
import { defineForm, type FormValues } from "../../framework/form.ts";
import { buildGroupField } from "../groups/group-field.ts";

/** What the form has to know of its user and, on editing, of the request. */
export interface RequestFormFacts {
	readonly isInsider: boolean;
	readonly groups: readonly { readonly id: number; readonly name: string }[];
	readonly viewerName: string;
	readonly viewerEmail: string;
	readonly request: RequestPageRow | null;
}

const disclaimer =
	"OpeNGSync transports information and does not validate experiments. The facility reviews every request and may reject infeasible ones. " +
	"Results go to one person or group; samples of several requests may share a project. Choosing a group lets every member edit the request " +
	"until it is submitted and see all results.";

const text = (value: string | null | undefined) => (value ? { value } : {});

/** The form of a request: requests-and-annotation.md §2.1, extensions.md §2. */
export function buildRequestForm(facts: RequestFormFacts) {
	const { request, isInsider } = facts;
	const contact = request?.contact_person;
	return defineForm({
		name: "request-form",
		submitLabel: request ? "Save request" : "Create request",
		sections: [
			{ key: "info", title: "Request" },
			{ key: "technical", title: "Technical" },
			{ key: "contact", title: "Contact person" },
			{ key: "organization", title: "Organization and billing" },
			{ key: "more", title: "Bioinformatician and principal investigator", collapsed: true },
			...(isInsider && !request ? [{ key: "requestor", title: "For somebody else", collapsed: true }] : []),
			{ key: "disclaimer", title: "Before you start" },
		],
		fields: {
			name: {
				kind: "text",
				label: "Name",
				required: true,
				minLength: 5,
				maxLength: 128,
				section: "info",
				...text(request?.name),
				help: "Unique among the requests that you can see.",
			},
			groupId: {
				...buildGroupField(facts, request, "Every member can edit the request until submission and sees all results."),
				section: "info",
			},
			description: {
				kind: "textarea",
				label: "Description",
				maxLength: 1024,
				rows: 3,
				section: "info",
				...text(request?.description),
			},
			submissionTypeId: {
				kind: "radio",
				label: "What do you bring?",
				required: true,
				section: "technical",
				options: membersOf(SubmissionType)
					.filter((type) => isInsider || !type.staffOnly)
					.map((type) => ({ value: type.id as number, label: type.label })),
				...(request ? { value: request.submission_type_id } : {}),
			},
			readTypeId: {
				kind: "select",
				label: "Read type",
				required: true,
				half: true,
				section: "technical",
				options: membersOf(ReadType).map((type) => ({ value: type.id as number, label: type.label })),
				value: request?.read_type_id ?? ReadType.PAIRED_END.id,
			},
			readLength: {
				kind: "integer",
				label: "Read length",
				min: 1,
				unit: "bp",
				half: true,
				section: "technical",
				...(request?.read_length ? { value: request.read_length } : {}),
			},
			numLanes: {
				kind: "integer",
				label: "Number of lanes",
				min: 1,
				max: 8,
				half: true,
				section: "technical",
				...(request?.num_lanes ? { value: request.num_lanes } : {}),
			},
			dataDeliveryModeId: {
				kind: "select",
				label: "Data delivery",
				required: true,
				half: true,
				section: "technical",
				options: membersOf(DataDeliveryMode).map((mode) => ({
					value: mode.id as number,
					label: `${mode.label} – ${mode.description}`,
				})),
				value: request?.data_delivery_mode_id ?? DataDeliveryMode.READS_ONLY.id,
			},
			specialRequirements: {
				kind: "textarea",
				label: "Special requirements",
				maxLength: 1024,
				rows: 2,
				section: "technical",
				...text(request?.special_requirements),
			},
			contactName: {
				kind: "text",
				label: "Name",
				required: true,
				maxLength: 128,
				section: "contact",
				half: true,
				value: contact?.name ?? facts.viewerName,
			},
			contactEmail: {
				kind: "email",
				label: "E-mail",
				required: true,
				maxLength: 128,
				section: "contact",
				half: true,
				value: contact?.email ?? facts.viewerEmail,
			},
			contactPhone: {
				kind: "text",
				label: "Phone",
				required: true,
				maxLength: 32,
				section: "contact",
				half: true,
				...text(contact?.phone),
			},
			organizationName: {
				kind: "text",
				label: "Organization",
				required: true,
				maxLength: 128,
				section: "organization",
				half: true,
				...text(request?.organization_contact.name),
			},
			organizationAddress: {
				kind: "textarea",
				label: "Address",
				required: true,
				maxLength: 2048,
				rows: 2,
				section: "organization",
				...text(request?.organization_contact.address),
			},
			billingName: {
				kind: "text",
				label: "Billing contact",
				required: true,
				maxLength: 128,
				section: "organization",
				half: true,
				...text(request?.billing_contact.name),
			},
			billingEmail: {
				kind: "email",
				label: "Billing e-mail",
				required: true,
				maxLength: 128,
				section: "organization",
				half: true,
				...text(request?.billing_contact.email),
			},
			billingAddress: {
				kind: "textarea",
				label: "Billing address",
				maxLength: 2048,
				rows: 2,
				section: "organization",
				...text(request?.billing_contact.address),
				help: "Leave empty to use the organization's address.",
			},
			billingPhone: {
				kind: "text",
				label: "Billing phone",
				maxLength: 32,
				section: "organization",
				half: true,
				...text(request?.billing_contact.phone),
			},
			billingCode: {
				kind: "text",
				label: "Billing code",
				maxLength: 256,
				section: "organization",
				half: true,
				...text(request?.billing_code),
			},
			bioinformaticianName: {
				kind: "text",
				label: "Bioinformatician",
				maxLength: 128,
				section: "more",
				half: true,
				...text(request?.bioinformatician_contact?.name),
			},
			bioinformaticianEmail: {
				kind: "email",
				label: "Bioinformatician's e-mail",
				maxLength: 128,
				section: "more",
				half: true,
				...text(request?.bioinformatician_contact?.email),
			},
			bioinformaticianPhone: {
				kind: "text",
				label: "Bioinformatician's phone",
				maxLength: 32,
				section: "more",
				half: true,
				...text(request?.bioinformatician_contact?.phone),
			},
			principalInvestigatorName: {
				kind: "text",
				label: "Principal investigator",
				maxLength: 128,
				section: "more",
				half: true,
				...text(request?.principal_investigator_contact?.name),
			},
			principalInvestigatorEmail: {
				kind: "email",
				label: "Principal investigator's e-mail",
				maxLength: 128,
				section: "more",
				half: true,
				...text(request?.principal_investigator_contact?.email),
			},
			requestorId:
				isInsider && !request
					? { kind: "search-select", label: "Existing user", source: "/htmx/users/search", section: "requestor" }
					: { kind: "hidden", label: "Existing user" },
			requestorEmail: {
				kind: isInsider && !request ? "email" : "hidden",
				label: "New user: e-mail",
				maxLength: 128,
				section: "requestor",
			},
			requestorFirstName: {
				kind: isInsider && !request ? "text" : "hidden",
				label: "First name",
				maxLength: 64,
				half: true,
				section: "requestor",
			},
			requestorLastName: {
				kind: isInsider && !request ? "text" : "hidden",
				label: "Last name",
				maxLength: 64,
				half: true,
				section: "requestor",
			},
			disclaimer: {
				kind: "checkbox",
				label: "I have read this and agree",
				section: "disclaimer",
				help: disclaimer,
				value: isInsider || request !== null,
			},
		},
		check: (values) => {
			const errors = [];
			if (!values.disclaimer) errors.push({ field: "disclaimer", message: "Please read and accept this." });
			if (values.bioinformaticianName && !values.bioinformaticianEmail) {
				errors.push({ field: "bioinformaticianEmail", message: "An e-mail is needed once a name is given." });
			}
			if (Boolean(values.principalInvestigatorName) !== Boolean(values.principalInvestigatorEmail)) {
				const field = values.principalInvestigatorName ? "principalInvestigatorEmail" : "principalInvestigatorName";
				errors.push({ field, message: "Give both name and e-mail, or neither." });
			}
			errors.push(...checkRequestor(values));
			return errors;
		},
	});
}

function checkRequestor(values: Record<string, unknown>) {
	const fields = ["requestorEmail", "requestorFirstName", "requestorLastName"] as const;
	const given = fields.filter((field) => values[field]);
	if (given.length === 0) return [];
	if (values.requestorId)
		return given.map((field) => ({ field, message: "Choose an existing user or enter a new one, not both." }));
	return fields
		.filter((field) => !values[field])
		.map((field) => ({ field, message: "E-mail, first and last name are all needed." }));
}

type RequestForm = ReturnType<typeof buildRequestForm>;
type Values = RequestForm extends { fields: infer Fields }
	? Fields extends Parameters<typeof defineForm>[0]["fields"]
		? FormValues<Fields>
		: never
	: never;

const person = (name: string | null, email: string | null, phone: string | null) =>
	name ? { name, email, phone, address: null } : null;

/** The form's values as the command takes them. */
export function toRequestInput(values: Values): { input: RequestInput; requestor: RequestorInput } {
	const input: RequestInput = {
		name: values.name,
		groupId: values.groupId,
		description: values.description,
		submissionTypeId: values.submissionTypeId,
		readTypeId: values.readTypeId,
		numLanes: values.numLanes,
		readLength: values.readLength,
		specialRequirements: values.specialRequirements,
		dataDeliveryModeId: values.dataDeliveryModeId,
		billingCode: values.billingCode,
		contactPerson: { name: values.contactName, email: values.contactEmail, phone: values.contactPhone, address: null },
		bioinformatician: person(values.bioinformaticianName, values.bioinformaticianEmail, values.bioinformaticianPhone),
		principalInvestigator: person(values.principalInvestigatorName, values.principalInvestigatorEmail, null),
		organization: { name: values.organizationName, email: null, phone: null, address: values.organizationAddress },
		billing: {
			name: values.billingName,
			email: values.billingEmail,
			phone: values.billingPhone,
			address: values.billingAddress ?? values.organizationAddress,
		},
	};
	return { input, requestor: toRequestor(values) };
}

function toRequestor(values: Values): RequestorInput {
	const userId = Number(values.requestorId ?? 0);
	if (userId > 0) return { kind: "existing", userId };
	if (values.requestorEmail && values.requestorFirstName && values.requestorLastName) {
		return {
			kind: "new",
			email: values.requestorEmail,
			firstName: values.requestorFirstName,
			lastName: values.requestorLastName,
		};
	}
	return { kind: "self" };
}

/** Address as one line of the metadata. */
export function contactText(contact: ContactRow | null): string | null {
	if (!contact) return null;
	return [contact.name, contact.email, contact.phone, contact.address].filter((part) => part).join(" · ");
}
