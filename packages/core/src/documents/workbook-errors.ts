import { ExpectedError } from "../errors.ts";

/** A workbook that cannot or must not be read; the message is meant for the user. */
export class UnreadableWorkbookError extends ExpectedError {
	readonly status = 422;
	constructor(message: string) {
		super(message);
		this.name = "UnreadableWorkbookError";
	}
}
