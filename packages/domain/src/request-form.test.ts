import { describe, expect, it } from "vitest";
import { DataDeliveryMode, ReadType, SubmissionType } from "./catalog.ts";
import { emptyRequestForm, fieldsOfRequestForm, type RequestFormValues, requestFormFields } from "./request-form.ts";
import {
	completeRequestForm,
	firstDeliveryEmails,
	isValidRequestForm,
	type RequestFormFacts,
	validateRequestForm,
} from "./request-form-rules.ts";

const values: RequestFormValues = {
	...emptyRequestForm,
	isDisclaimerAccepted: true,
	name: "Mouse lungs",
	submissionTypeId: SubmissionType.RAW_SAMPLES.id,
	readTypeId: ReadType.PAIRED_END.id,
	dataDeliveryModeId: DataDeliveryMode.CUSTOM.id,
	contactName: "Ada Client",
	contactEmail: "ada@example.org",
	contactPhone: "+43 1 234",
	organizationName: "Institute",
	organizationAddress: "Street 1",
	billingName: "Accounting",
	billingEmail: "bills@example.org",
	billingAddress: "Street 2",
};
const facts: RequestFormFacts = {
	isInsider: false,
	isEdit: false,
	isEmailTaken: false,
	isNameTaken: false,
	isRequestorKnown: true,
	isGroupPermitted: true,
	formerSubmissionTypeId: null,
};

function fieldsWithProblems(changed: Partial<RequestFormValues>, changedFacts: Partial<RequestFormFacts> = {}): string[] {
	return validateRequestForm({ ...values, ...changed }, { ...facts, ...changedFacts }).map((problem) => problem.field);
}

describe("request form", () => {
	it("accepts a complete form", () => expect(fieldsWithProblems({})).toEqual([]));
	it("shows all problems at once, in the order of the form", () => {
		expect(fieldsWithProblems(emptyRequestForm)).toEqual(
			requestFormFields.filter((field) => field.required).map((field) => field.field),
		);
	});
	it.each<[string, Partial<RequestFormValues>, Partial<RequestFormFacts>, string[]]>([
		["name too short", { name: "four" }, {}, ["name"]],
		["name too long", { name: "x".repeat(129) }, {}, ["name"]],
		["name taken", {}, { isNameTaken: true }, ["name"]],
		["no lanes", { numLanes: 0 }, {}, ["numLanes"]],
		["nine lanes", { numLanes: 9 }, {}, ["numLanes"]],
		["half a lane", { numLanes: 1.5 }, {}, ["numLanes"]],
		["read length 0", { readLength: 0 }, {}, ["readLength"]],
		["no e-mail address", { contactEmail: "ada" }, {}, ["contactEmail"]],
		["unknown read type", { readTypeId: 9 }, {}, ["readTypeId"]],
		["unknown delivery mode", { dataDeliveryModeId: 9 }, {}, ["dataDeliveryModeId"]],
		["unknown submission type", { submissionTypeId: 9 }, {}, ["submissionTypeId"]],
		["unpooled libraries by a client", { submissionTypeId: 3 }, {}, ["submissionTypeId"]],
		["unpooled libraries by staff", { submissionTypeId: 3 }, { isInsider: true }, []],
		["unpooled libraries that staff had chosen", { submissionTypeId: 3 }, { isEdit: true, formerSubmissionTypeId: 3 }, []],
		["QC only by a client", { submissionTypeId: 4 }, {}, []],
		["foreign group", { groupId: 5 }, { isGroupPermitted: false }, ["groupId"]],
		["disclaimer not accepted", { isDisclaimerAccepted: false }, {}, ["isDisclaimerAccepted"]],
		["bioinformatician without e-mail", { bioinformaticianName: "Bo" }, {}, ["bioinformaticianEmail"]],
		["investigator without e-mail", { principalInvestigatorName: "Bo" }, {}, ["principalInvestigatorEmail"]],
		["investigator without name", { principalInvestigatorEmail: "b@example.org" }, {}, ["principalInvestigatorName"]],
	])("%s", (_case, changed, changedFacts, expected) => expect(fieldsWithProblems(changed, changedFacts)).toEqual(expected));
});

describe("requestor chosen by staff", () => {
	const staff = { isInsider: true };
	it("is an existing user or a new one", () => {
		expect(fieldsWithProblems({ requestorId: 3 }, staff)).toEqual([]);
		expect(fieldsWithProblems({ requestorId: 3, newUserEmail: "n@example.org", newUserLastName: "N" }, staff)).toEqual([
			"newUserEmail",
			"newUserLastName",
		]);
		expect(fieldsWithProblems({ requestorId: 3 }, { ...staff, isRequestorKnown: false })).toEqual(["requestorId"]);
	});
	it("if new, is complete and not registered", () => {
		expect(fieldsWithProblems({ newUserEmail: "n@example.org" }, staff)).toEqual(["newUserFirstName", "newUserLastName"]);
		expect(fieldsWithProblems({ newUserFirstName: "N" }, staff)).toEqual(["newUserEmail", "newUserLastName"]);
		const user = { newUserEmail: "n@example.org", newUserFirstName: "N", newUserLastName: "N" };
		expect(fieldsWithProblems(user, staff)).toEqual([]);
		expect(fieldsWithProblems(user, { ...staff, isEmailTaken: true })).toEqual(["newUserEmail"]);
	});
	it("is never asked of clients, nor on edit", () => {
		const names = (isInsider: boolean, isEdit: boolean) => fieldsOfRequestForm({ isInsider, isEdit }).map((field) => field.field);
		expect(names(true, false)).toContain("requestorId");
		expect(names(false, false)).not.toContain("requestorId");
		expect(names(true, true)).not.toContain("requestorId");
		expect(names(true, true)).not.toContain("isRequestorContact");
	});
});

describe("mirrored fields", () => {
	const requestor = { name: "Ada Client", email: "ada@example.org" };
	it("take requestor and organization whatever the browser sent", () => {
		const sent = {
			...values,
			isRequestorContact: true,
			contactName: "Eve",
			contactEmail: "eve@example.org",
			isOrganizationBilled: true,
		};
		const completed = completeRequestForm(sent, { isEdit: false, requestor });
		expect(completed).toMatchObject({ contactName: "Ada Client", contactEmail: "ada@example.org", billingAddress: "Street 1" });
	});
	it("are free on edit", () =>
		expect(
			completeRequestForm({ ...values, isRequestorContact: true, contactName: "Eve" }, { isEdit: true, requestor }).contactName,
		).toBe("Eve"));
	it("phones lose their spaces", () => {
		expect(completeRequestForm(values, { isEdit: false, requestor }).contactPhone).toBe("+431234");
		expect(completeRequestForm({ ...values, contactPhone: "  " }, { isEdit: false, requestor }).contactPhone).toBeNull();
	});
});

describe("first addresses to which data are announced", () => {
	const people = {
		...values,
		bioinformaticianName: "Bo",
		bioinformaticianEmail: "ADA@example.org",
		principalInvestigatorName: "Pia",
		principalInvestigatorEmail: "pia@example.org",
	};
	it.each([
		[false, ["ada@example.org"]],
		[true, ["ada@example.org", "pia@example.org"]],
	])("each once, the principal investigator only if chosen: %s", (isPrincipalInvestigatorRecipient, expected) => {
		const form = { ...people, isPrincipalInvestigatorRecipient };
		expect(isValidRequestForm(form, []) && firstDeliveryEmails(form)).toEqual(expected);
	});
});
