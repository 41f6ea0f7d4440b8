import type { FieldError } from "@opengsync/domain/field-error";

/**
 * What can go wrong for a person, in the terms of access-and-web.md §1: every door (web, API, worker, CLI) presents these and
 * treats anything else as a defect.
 */
export abstract class ExpectedError extends Error {
	abstract readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429 | 502 | 503;
}

/** The object does not exist, or is not a child of the object named with it. */
export class NotFoundError extends ExpectedError {
	readonly status = 404;
	constructor(what = "The resource") {
		super(`${what} does not exist.`);
		this.name = "NotFoundError";
	}
}

/** The object exists but the caller's level is too low. */
export class ForbiddenError extends ExpectedError {
	readonly status = 403;
	constructor(message = "You do not have permission to access this resource.") {
		super(message);
		this.name = "ForbiddenError";
	}
}

/** Nobody is signed in. */
export class SignInRequiredError extends ExpectedError {
	readonly status = 401;
	constructor() {
		super("Please sign in.");
		this.name = "SignInRequiredError";
	}
}

/** Allowed for this person, but not in the present status of the object. */
export class NotPossibleError extends ExpectedError {
	readonly status = 400;
	constructor(message: string) {
		super(message);
		this.name = "NotPossibleError";
	}
}

/** A parameter that no form of ours sends: wrong type, unknown id, unknown sort field. */
export class BadRequestError extends ExpectedError {
	readonly status = 400;
	constructor(message: string) {
		super(message);
		this.name = "BadRequestError";
	}
}

/** Input that the user can mend: shown at its fields, everything typed is kept. */
export class InvalidInputError extends ExpectedError {
	readonly status = 422;
	readonly fields: readonly FieldError[];
	constructor(fields: readonly FieldError[]) {
		super(fields.map((field) => (field.field ? `${field.field}: ${field.message}` : field.message)).join("; "));
		this.name = "InvalidInputError";
		this.fields = fields;
	}
}

/** Already linked, not unique, still referenced, or changed by somebody else meanwhile. */
export class ConflictError extends ExpectedError {
	readonly status = 409;
	constructor(message: string) {
		super(message);
		this.name = "ConflictError";
	}
}

/** The mail server refused a message on which the command depends. */
export class MailRefusedError extends ExpectedError {
	readonly status = 502;
	constructor() {
		super("The mail server refused the message; nothing was changed.");
		this.name = "MailRefusedError";
	}
}

/** Storage or another outside part does not answer. */
export class UnavailableError extends ExpectedError {
	readonly status = 503;
	constructor(message: string) {
		super(message);
		this.name = "UnavailableError";
	}
}
