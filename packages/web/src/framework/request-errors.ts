import { ExpectedError } from "@opengsync/core/errors";

/** What was sent is larger than is taken. */
export class PayloadTooLargeError extends ExpectedError {
	readonly status = 413;
	constructor() {
		super("The file is too large.");
		this.name = "PayloadTooLargeError";
	}
}

/** Too many requests in a short time. */
export class TooManyRequestsError extends ExpectedError {
	readonly status = 429;
	readonly retryAfterSeconds: number;
	constructor(retryAfterSeconds: number) {
		super(`Too many requests. Please try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? "second" : "seconds"}.`);
		this.name = "TooManyRequestsError";
		this.retryAfterSeconds = retryAfterSeconds;
	}
}

/** The address exists, but not for this method. */
export class MethodNotAllowedError extends ExpectedError {
	readonly status = 405;
	/** Methods that the address has. */
	readonly allowed: readonly string[];
	constructor(allowed: readonly string[]) {
		super("This address does not take the method.");
		this.name = "MethodNotAllowedError";
		this.allowed = allowed;
	}
}
