/** Name and address of a person or organisation in one role of a request (data-model.md §4, Contact). */
export interface ContactInput {
	readonly name: string;
	readonly email: string | null;
	readonly phone: string | null;
	readonly address: string | null;
}

/** What the request form says, checked field by field (requests-and-annotation.md §2.1). */
export interface RequestInput {
	readonly name: string;
	readonly groupId: number | null;
	readonly description: string | null;
	/** Id of *submissionType*. */
	readonly submissionTypeId: number;
	/** Id of *readType*. */
	readonly readTypeId: number;
	readonly numLanes: number | null;
	/** bp */
	readonly readLength: number | null;
	readonly specialRequirements: string | null;
	/** Id of *dataDeliveryMode*. */
	readonly dataDeliveryModeId: number;
	readonly billingCode: string | null;
	readonly contactPerson: ContactInput;
	readonly bioinformatician: ContactInput | null;
	readonly principalInvestigator: ContactInput | null;
	readonly organization: ContactInput;
	readonly billing: ContactInput;
}

/** For whom staff enter a request: nobody else, somebody with an account, or somebody new. */
export type RequestorInput =
	| { readonly kind: "self" }
	| { readonly kind: "existing"; readonly userId: number }
	| { readonly kind: "new"; readonly email: string; readonly firstName: string; readonly lastName: string };
