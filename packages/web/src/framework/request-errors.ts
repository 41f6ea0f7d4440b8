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
		super("Too many requests. Please try again later.");
		this.name = "TooManyRequestsError";
		this.retryAfterSeconds = retryAfterSeconds;
	}
}
