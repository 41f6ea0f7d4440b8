/** Validation of the request form (requests-and-annotation.md §2.1): everything at once, every problem at its field. */
import { DataDeliveryMode, findMember, ReadType, SubmissionType } from "./catalog.ts";
import { cleanPhone, isEmail, uniqueEmails } from "./email.ts";
import type { FieldError } from "./field-error.ts";
import {
	fieldsOfRequestForm,
	type RequestFormField,
	type RequestFormFieldName,
	type RequestFormValues,
	type ValidRequestForm,
} from "./request-form.ts";

/** What was looked up for the check. */
export interface RequestFormFacts {
	readonly isInsider: boolean;
	readonly isEdit: boolean;
	/** The new user's e-mail is registered. */
	readonly isEmailTaken: boolean;
	/** Another request that the requestor owns or sees through a group has this name. */
	readonly isNameTaken: boolean;
	/** The chosen user exists. */
	readonly isRequestorKnown: boolean;
	/** The group exists and the user may choose it: clients their own groups, insiders any. */
	readonly isGroupPermitted: boolean;
	/** Submission type of the request that is edited: a client may leave one that staff chose. */
	readonly formerSubmissionTypeId: number | null;
}

interface Problem extends FieldError {
	readonly field: RequestFormFieldName;
}

/**
 * Values as they are stored: phones without spaces; while *requestor is contact* is on, the requestor's name and e-mail; while *use the
 * organization's address* is on, that address. Apply before {@link validateRequestForm}, on the server too: mirrored fields are read-only.
 * Both switches exist on creation only and are ignored when editing.
 */
export function completeRequestForm(
	values: RequestFormValues,
	facts: { readonly isEdit: boolean; readonly requestor: { readonly name: string; readonly email: string } },
): RequestFormValues {
	const phone = (text: string | null) => (text === null ? null : cleanPhone(text) || null);
	const isMirrored = !facts.isEdit && values.isRequestorContact;
	return {
		...values,
		contactName: isMirrored ? facts.requestor.name : values.contactName,
		contactEmail: isMirrored ? facts.requestor.email : values.contactEmail,
		contactPhone: phone(values.contactPhone),
		bioinformaticianPhone: phone(values.bioinformaticianPhone),
		billingPhone: phone(values.billingPhone),
		billingAddress: !facts.isEdit && values.isOrganizationBilled ? values.organizationAddress : values.billingAddress,
	};
}

function checkText(field: RequestFormField, text: string): string | null {
	if (field.minLength !== undefined && text.length < field.minLength) return `At least ${field.minLength} characters.`;
	if (field.maxLength !== undefined && text.length > field.maxLength) return `At most ${field.maxLength} characters.`;
	return field.type === "email" && !isEmail(text) ? "This is not an e-mail address." : null;
}

function checkNumber(field: RequestFormField, value: number): string | null {
	switch (field.type) {
		case "integer":
			if (!Number.isInteger(value)) return "This is not a whole number.";
			if (field.min !== undefined && value < field.min) return `At least ${field.min}.`;
			return field.max !== undefined && value > field.max ? `At most ${field.max}.` : null;
		case "readType":
			return findMember(ReadType, value) === null ? "Choose a read type." : null;
		case "dataDeliveryMode":
			return findMember(DataDeliveryMode, value) === null ? "Choose how data are delivered." : null;
		case "submissionType":
			return findMember(SubmissionType, value) === null ? "Choose a submission type." : null;
		default:
			return null;
	}
}

function checkField(field: RequestFormField, values: RequestFormValues): string | null {
	const value = values[field.field];
	if (value === null) return field.required ? "This is required." : null;
	if (typeof value === "boolean") return field.required && !value ? "Please accept to continue." : null;
	return typeof value === "string" ? checkText(field, value) : checkNumber(field, value);
}

function checkRequestor(values: RequestFormValues, facts: RequestFormFacts): Problem[] {
	const fields = ["newUserEmail", "newUserFirstName", "newUserLastName"] as const;
	const given = fields.filter((field) => values[field] !== null);
	if (facts.isEdit || !facts.isInsider) return [];
	if (values.requestorId !== null) {
		if (given.length > 0)
			return given.map((field) => ({ field, message: "Choose an existing user or enter a new one, not both." }));
		return facts.isRequestorKnown ? [] : [{ field: "requestorId", message: "There is no such user." }];
	}
	if (given.length === 0) return [];
	const problems: Problem[] = fields
		.filter((field) => values[field] === null)
		.map((field) => ({ field, message: "A new user needs e-mail, first and last name." }));
	if (values.newUserEmail !== null && facts.isEmailTaken) {
		problems.push({ field: "newUserEmail", message: "This e-mail is registered: choose the existing user." });
	}
	return problems;
}

function checkSubmissionType(values: RequestFormValues, facts: RequestFormFacts): Problem[] {
	const type = findMember(SubmissionType, values.submissionTypeId);
	if (!type?.staffOnly || facts.isInsider) return [];
	if (facts.isEdit && type.id === facts.formerSubmissionTypeId) return [];
	return [{ field: "submissionTypeId", message: `“${type.label}” can only be chosen by the facility.` }];
}

function checkInfo(values: RequestFormValues, facts: RequestFormFacts): Problem[] {
	const problems: Problem[] = [];
	if (values.name !== null && facts.isNameTaken)
		problems.push({ field: "name", message: "You have a request of this name already." });
	if (values.groupId !== null && !facts.isGroupPermitted) {
		problems.push({ field: "groupId", message: "You can only choose a group to which you belong." });
	}
	return problems;
}

function checkContacts(values: RequestFormValues): Problem[] {
	const problems: Problem[] = [];
	if (values.bioinformaticianName !== null && values.bioinformaticianEmail === null) {
		problems.push({ field: "bioinformaticianEmail", message: "Give the e-mail of the bioinformatician." });
	}
	if (values.principalInvestigatorName !== null && values.principalInvestigatorEmail === null) {
		problems.push({ field: "principalInvestigatorEmail", message: "Give both name and e-mail, or neither." });
	}
	if (values.principalInvestigatorName === null && values.principalInvestigatorEmail !== null) {
		problems.push({ field: "principalInvestigatorName", message: "Give both name and e-mail, or neither." });
	}
	return problems;
}

/** All problems of the form, in the order of its fields; empty = fine. Fields that this user is not offered are not looked at. */
export function validateRequestForm(values: RequestFormValues, facts: RequestFormFacts): readonly FieldError[] {
	const fields = fieldsOfRequestForm(facts);
	const problems: Problem[] = fields.flatMap((field) => {
		const message = checkField(field, values);
		return message === null ? [] : [{ field: field.field, message }];
	});
	problems.push(
		...checkRequestor(values, facts),
		...checkSubmissionType(values, facts),
		...checkInfo(values, facts),
		...checkContacts(values),
	);
	const position = new Map(fields.map((field, index) => [field.field, index]));
	return problems.sort((a, b) => (position.get(a.field) ?? 0) - (position.get(b.field) ?? 0));
}

/** Whether the check found nothing: every required field is then there. */
export function isValidRequestForm(values: RequestFormValues, problems: readonly FieldError[]): values is ValidRequestForm {
	return problems.length === 0 && values.name !== null;
}

/** First addresses to which data are announced: contact person, bioinformatician and, if chosen, principal investigator; each once. */
export function firstDeliveryEmails(form: ValidRequestForm): string[] {
	const investigator = form.isPrincipalInvestigatorRecipient ? form.principalInvestigatorEmail : null;
	return uniqueEmails([form.contactEmail, form.bioinformaticianEmail ?? "", investigator ?? ""]);
}
