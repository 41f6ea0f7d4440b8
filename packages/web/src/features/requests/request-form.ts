import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { DataDeliveryMode, membersOf, ReadType, SubmissionType } from "@opengsync/domain/catalog";
import {
	emptyRequestForm,
	fieldsOfRequestForm,
	type RequestFormField,
	type RequestFormFieldName,
	type RequestFormValues,
	requestDisclaimer,
	requestFormSections,
} from "@opengsync/domain/request-form";
import { type Field, type FieldMap, type FormDefinition, type FormSection, memberOptions } from "../../framework/form.ts";
import { buildGroupField, type GroupChoice } from "../groups/group-field.ts";

/** What the form has to know of its user and, on editing, of the request. */
export interface RequestFormFacts extends GroupChoice {
	readonly request: RequestPageRow | null;
	/** Where to ask before one starts; ends the disclaimer. */
	readonly contactEmail: string | null;
}

/** Sections that few need. */
const folded: ReadonlySet<string> = new Set(["requestor", "principalInvestigator", "bioinformatician"]);

const submissionTypeHelp =
	"Raw Samples: the facility prepares the libraries. Pooled Libraries: you bring prepared libraries with their indices, mixed in pools. QC only: the samples are measured and not sequenced.";

/** Fields that stand side by side. */
const half: ReadonlySet<string> = new Set<RequestFormFieldName>([
	...(["newUserFirstName", "newUserLastName", "readTypeId", "numLanes", "readLength"] as const),
	...(["contactName", "contactEmail", "contactPhone", "principalInvestigatorName", "principalInvestigatorEmail"] as const),
	...(["bioinformaticianName", "bioinformaticianEmail", "bioinformaticianPhone", "billingName", "billingEmail"] as const),
	...(["billingPhone", "billingCode"] as const),
]);

/** Fields that mirror others while a switch is on. */
const mirrored: Partial<Record<RequestFormFieldName, RequestFormFieldName>> = {
	contactName: "isRequestorContact",
	contactEmail: "isRequestorContact",
	billingAddress: "isOrganizationBilled",
};

/** What the form starts with: the request as it is, or what a new one usually is. */
function startValues({ request, isInsider }: RequestFormFacts): RequestFormValues {
	if (!request) {
		return {
			...emptyRequestForm,
			isDisclaimerAccepted: isInsider,
			readTypeId: ReadType.PAIRED_END.id,
			isRequestorContact: true,
			isOrganizationBilled: true,
		};
	}
	const { contact_person: contact, billing_contact: billing, organization_contact: organization } = request;
	const { bioinformatician_contact: bioinformatician, principal_investigator_contact: investigator } = request;
	return {
		...emptyRequestForm,
		isDisclaimerAccepted: true,
		name: request.name,
		groupId: request.group_id,
		description: request.description,
		submissionTypeId: request.submission_type_id,
		readTypeId: request.read_type_id,
		numLanes: request.num_lanes,
		readLength: request.read_length,
		specialRequirements: request.special_requirements,
		dataDeliveryModeId: request.data_delivery_mode_id,
		contactName: contact.name,
		contactEmail: contact.email,
		contactPhone: contact.phone,
		principalInvestigatorName: investigator?.name ?? null,
		principalInvestigatorEmail: investigator?.email ?? null,
		bioinformaticianName: bioinformatician?.name ?? null,
		bioinformaticianEmail: bioinformatician?.email ?? null,
		bioinformaticianPhone: bioinformatician?.phone ?? null,
		organizationName: organization.name,
		organizationAddress: organization.address,
		billingName: billing.name,
		billingEmail: billing.email,
		billingAddress: billing.address,
		billingPhone: billing.phone,
		billingCode: request.billing_code,
	};
}

/** A choice among the members of an enumeration. */
function choice(kind: "select" | "radio", members: readonly { readonly id: number; readonly label: string }[]) {
	return { kind, options: memberOptions(members) } as const;
}

/** The kinds of submission that a person may choose; the one that a request has already stays. */
function submissionTypes({ isInsider, request }: RequestFormFacts) {
	return membersOf(SubmissionType).filter(
		(type) => isInsider || !type.staffOnly || type.id === (request?.submission_type_id ?? null),
	);
}

/** Control of a field, without what all controls have. */
function controlOf(field: RequestFormField, facts: RequestFormFacts) {
	const { label, minLength, maxLength, min, max } = field;
	const lengths = { ...(minLength === undefined ? {} : { minLength }), ...(maxLength === undefined ? {} : { maxLength }) };
	switch (field.type) {
		case "multiline":
			return { kind: "textarea", rows: 3, ...lengths } as const;
		case "email":
			return { kind: "email", ...lengths } as const;
		case "integer":
			return {
				kind: "integer",
				...(min === undefined ? {} : { min }),
				...(max === undefined ? {} : { max }),
				...(field.unit ? { unit: field.unit } : {}),
			} as const;
		case "switch":
			return { kind: field.required ? "checkbox" : "switch" } as const;
		case "userSearch":
			return { kind: "search-select", source: "/htmx/users/search" } as const;
		case "groupSearch":
			return buildGroupField(facts, facts.request, field.help ?? label);
		case "submissionType":
			return choice("radio", submissionTypes(facts));
		case "readType":
			return choice("select", membersOf(ReadType));
		case "dataDeliveryMode":
			return choice(
				"radio",
				membersOf(DataDeliveryMode).map(({ id, label: mode, description }) => ({ id, label: `${mode} – ${description}` })),
			);
		default:
			return { kind: "text", ...lengths } as const;
	}
}

function helpOf(field: RequestFormField, facts: RequestFormFacts): string | null {
	if (field.field === "submissionTypeId") return submissionTypeHelp;
	if (field.field !== "isDisclaimerAccepted") return field.help ?? null;
	const contact = facts.contactEmail ? ` Questions: ${facts.contactEmail}.` : "";
	return requestDisclaimer.join(" ") + contact;
}

function buildField(field: RequestFormField, facts: RequestFormFacts, start: RequestFormValues): Field {
	const value = start[field.field];
	const help = helpOf(field, facts);
	const mirror = facts.request ? undefined : mirrored[field.field];
	const control = controlOf(field, facts);
	const basics = {
		label: field.label,
		section: field.section,
		...(field.required ? { required: true } : {}),
		...(half.has(field.field) ? { half: true } : {}),
		...(help ? { help } : {}),
		...(mirror ? { enabledWhen: [{ field: mirror, oneOf: [false] }] } : {}),
	};
	const started = value === null || value === false || control.kind === "search-select" ? {} : { value };
	return { ...control, ...basics, ...started } as Field;
}

/** The form of a request from the fields that the domain defines (requests-and-annotation.md §2.1, extensions.md §2). */
export function buildRequestForm(facts: RequestFormFacts): FormDefinition {
	const start = startValues(facts);
	const fields = fieldsOfRequestForm({ isInsider: facts.isInsider, isEdit: facts.request !== null });
	const used = new Set<string>(fields.map((field) => field.section));
	const sections = requestFormSections
		.filter(({ section }) => used.has(section))
		.map(({ section, title }): FormSection => ({ key: section, title, collapsed: folded.has(section) }));
	return {
		name: "request-form",
		submitLabel: facts.request ? "Save request" : "Create request",
		checkedByCommand: true,
		sections,
		fields: Object.fromEntries(fields.map((field) => [field.field, buildField(field, facts, start)])) satisfies FieldMap,
	};
}

/** What was read from the form; what it does not offer is empty. */
export function toRequestFormValues(read: Readonly<Record<string, unknown>>): RequestFormValues {
	return { ...emptyRequestForm, ...read };
}
