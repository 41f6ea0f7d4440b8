/** The form that creates and edits a request: fields with their limits, as data (requests-and-annotation.md §2.1; extensions.md §2). */

/** Sections in the order of the form. */
export const requestFormSections = [
	{ section: "requestor", title: "Requestor" },
	{ section: "disclaimer", title: "Disclaimer" },
	{ section: "info", title: "Request info" },
	{ section: "technical", title: "Technical" },
	{ section: "dataProcessing", title: "Data processing" },
	{ section: "contact", title: "Contact person" },
	{ section: "principalInvestigator", title: "Principal investigator" },
	{ section: "bioinformatician", title: "Bioinformatician" },
	{ section: "organization", title: "Organization" },
	{ section: "billing", title: "Billing" },
] as const;

/** Name of a section. */
export type RequestFormSection = (typeof requestFormSections)[number]["section"];

/** What was entered, parsed: trimmed, empty = null. */
export interface RequestFormValues {
	readonly requestorId: number | null;
	readonly newUserEmail: string | null;
	readonly newUserFirstName: string | null;
	readonly newUserLastName: string | null;
	readonly isDisclaimerAccepted: boolean;
	readonly name: string | null;
	readonly groupId: number | null;
	readonly description: string | null;
	readonly submissionTypeId: number | null;
	readonly readTypeId: number | null;
	readonly numLanes: number | null;
	readonly readLength: number | null;
	readonly specialRequirements: string | null;
	readonly dataDeliveryModeId: number | null;
	readonly isRequestorContact: boolean;
	readonly contactName: string | null;
	readonly contactEmail: string | null;
	readonly contactPhone: string | null;
	readonly principalInvestigatorName: string | null;
	readonly principalInvestigatorEmail: string | null;
	/** Data are announced to the principal investigator, too. */
	readonly isPrincipalInvestigatorRecipient: boolean;
	readonly bioinformaticianName: string | null;
	readonly bioinformaticianEmail: string | null;
	readonly bioinformaticianPhone: string | null;
	readonly organizationName: string | null;
	readonly organizationAddress: string | null;
	readonly billingName: string | null;
	readonly billingEmail: string | null;
	readonly isOrganizationBilled: boolean;
	readonly billingAddress: string | null;
	readonly billingPhone: string | null;
	readonly billingCode: string | null;
}

/** A form in which nothing was entered and every switch is off. */
export const emptyRequestForm: RequestFormValues = {
	requestorId: null,
	newUserEmail: null,
	newUserFirstName: null,
	newUserLastName: null,
	isDisclaimerAccepted: false,
	name: null,
	groupId: null,
	description: null,
	submissionTypeId: null,
	readTypeId: null,
	numLanes: null,
	readLength: null,
	specialRequirements: null,
	dataDeliveryModeId: null,
	isRequestorContact: false,
	contactName: null,
	contactEmail: null,
	contactPhone: null,
	principalInvestigatorName: null,
	principalInvestigatorEmail: null,
	isPrincipalInvestigatorRecipient: false,
	bioinformaticianName: null,
	bioinformaticianEmail: null,
	bioinformaticianPhone: null,
	organizationName: null,
	organizationAddress: null,
	billingName: null,
	billingEmail: null,
	isOrganizationBilled: false,
	billingAddress: null,
	billingPhone: null,
	billingCode: null,
};

/** What is there once the form has no problem. */
type RequiredField =
	| "name"
	| "submissionTypeId"
	| "readTypeId"
	| "dataDeliveryModeId"
	| "contactName"
	| "contactEmail"
	| "contactPhone"
	| "organizationName"
	| "organizationAddress"
	| "billingName"
	| "billingEmail"
	| "billingAddress";

/** A form without problems. */
export type ValidRequestForm = RequestFormValues & {
	readonly [Field in RequiredField]: NonNullable<RequestFormValues[Field]>;
};

/** Name of a field. */
export type RequestFormFieldName = keyof RequestFormValues;

/** A field of the form. */
export interface RequestFormField {
	readonly field: RequestFormFieldName;
	readonly section: RequestFormSection;
	readonly label: string;
	readonly type:
		| "text"
		| "multiline"
		| "email"
		| "phone"
		| "integer"
		| "switch"
		| "userSearch"
		| "groupSearch"
		| "submissionType"
		| "readType"
		| "dataDeliveryMode";
	readonly required?: boolean;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly min?: number;
	readonly max?: number;
	readonly unit?: string;
	/** Not offered when a request is edited. */
	readonly createOnly?: boolean;
	readonly insidersOnly?: boolean;
	readonly help?: string;
}

/** All fields in the order of the form. */
export const requestFormFields: readonly RequestFormField[] = [
	{
		field: "requestorId",
		section: "requestor",
		label: "Existing user",
		type: "userSearch",
		createOnly: true,
		insidersOnly: true,
		help: "Empty: you are the requestor.",
	},
	{
		field: "newUserEmail",
		section: "requestor",
		label: "New user: e-mail",
		type: "email",
		maxLength: 128,
		createOnly: true,
		insidersOnly: true,
	},
	{
		field: "newUserFirstName",
		section: "requestor",
		label: "New user: first name",
		type: "text",
		maxLength: 64,
		createOnly: true,
		insidersOnly: true,
	},
	{
		field: "newUserLastName",
		section: "requestor",
		label: "New user: last name",
		type: "text",
		maxLength: 64,
		createOnly: true,
		insidersOnly: true,
	},
	{
		field: "isDisclaimerAccepted",
		section: "disclaimer",
		label: "I have read and accept the disclaimer",
		type: "switch",
		required: true,
	},
	{ field: "name", section: "info", label: "Request name", type: "text", required: true, minLength: 5, maxLength: 128 },
	{
		field: "groupId",
		section: "info",
		label: "Group",
		type: "groupSearch",
		help: "Every member of the group can edit the request until submission and sees all results.",
	},
	{ field: "description", section: "info", label: "Description", type: "multiline", maxLength: 1024 },
	{ field: "submissionTypeId", section: "technical", label: "Submission type", type: "submissionType", required: true },
	{ field: "readTypeId", section: "technical", label: "Read type", type: "readType", required: true },
	{ field: "numLanes", section: "technical", label: "Number of lanes", type: "integer", min: 1, max: 8 },
	{ field: "readLength", section: "technical", label: "Read length", type: "integer", min: 1, max: 2_147_483_647, unit: "bp" },
	{ field: "specialRequirements", section: "technical", label: "Special requirements", type: "multiline", maxLength: 1024 },
	{ field: "dataDeliveryModeId", section: "dataProcessing", label: "Data delivery", type: "dataDeliveryMode", required: true },
	{
		field: "isRequestorContact",
		section: "contact",
		label: "The requestor is the contact person",
		type: "switch",
		createOnly: true,
	},
	{ field: "contactName", section: "contact", label: "Name", type: "text", required: true, maxLength: 128 },
	{ field: "contactEmail", section: "contact", label: "E-mail", type: "email", required: true, maxLength: 128 },
	{ field: "contactPhone", section: "contact", label: "Phone", type: "phone", required: true, maxLength: 32 },
	{ field: "principalInvestigatorName", section: "principalInvestigator", label: "Name", type: "text", maxLength: 128 },
	{ field: "principalInvestigatorEmail", section: "principalInvestigator", label: "E-mail", type: "email", maxLength: 128 },
	{
		field: "isPrincipalInvestigatorRecipient",
		section: "principalInvestigator",
		label: "Announce the data to the principal investigator, too",
		type: "switch",
		createOnly: true,
	},
	{ field: "bioinformaticianName", section: "bioinformatician", label: "Name", type: "text", maxLength: 128 },
	{ field: "bioinformaticianEmail", section: "bioinformatician", label: "E-mail", type: "email", maxLength: 128 },
	{ field: "bioinformaticianPhone", section: "bioinformatician", label: "Phone", type: "phone", maxLength: 32 },
	{ field: "organizationName", section: "organization", label: "Organization", type: "text", required: true, maxLength: 128 },
	{ field: "organizationAddress", section: "organization", label: "Address", type: "multiline", required: true, maxLength: 2048 },
	{ field: "billingName", section: "billing", label: "Contact name", type: "text", required: true, maxLength: 128 },
	{ field: "billingEmail", section: "billing", label: "E-mail", type: "email", required: true, maxLength: 128 },
	{
		field: "isOrganizationBilled",
		section: "billing",
		label: "Use the organization's address",
		type: "switch",
		createOnly: true,
	},
	{ field: "billingAddress", section: "billing", label: "Address", type: "multiline", required: true, maxLength: 2048 },
	{ field: "billingPhone", section: "billing", label: "Phone", type: "phone", maxLength: 32 },
	{ field: "billingCode", section: "billing", label: "Billing code", type: "text", maxLength: 256, help: "Cost centre" },
];

/** Points of the disclaimer that a requestor accepts. */
export const requestDisclaimer: readonly string[] = [
	"This tool only transports information; it does not validate experiments.",
	"The facility may reject requests that are not feasible.",
	"Every request is reviewed.",
	"Results go to one entity: a group or a person.",
	"Samples of several requests may share a project.",
	"Choosing a group lets every member edit the request until submission and see all results.",
];

/** The fields that a form shows: creating or editing, by an insider or a client. */
export function fieldsOfRequestForm(facts: {
	readonly isInsider: boolean;
	readonly isEdit: boolean;
}): readonly RequestFormField[] {
	return requestFormFields.filter((field) => !(field.createOnly && facts.isEdit) && !(field.insidersOnly && !facts.isInsider));
}
