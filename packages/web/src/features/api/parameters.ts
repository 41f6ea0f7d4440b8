import { z } from "zod";

/** Parameter types of the HTTP API: background-and-ops.md §5.1. */

/** A whole number, or digits in text. */
export const int = z.union([
	z.int(),
	z
		.string()
		.regex(/^-?\d{1,15}$/, "must be a whole number")
		.transform(Number),
]);

/** A boolean, or its usual texts in any case. */
export const bool = z.union([
	z.boolean(),
	z
		.string()
		.regex(/^(true|1|yes|false|0|no)$/i, "must be true or false")
		.transform((text) => /^(true|1|yes)$/i.test(text)),
]);

/** Text; trimmed. */
export const text = z.string().trim();

/** An object, or text that holds one as JSON. */
export const dict = z.union([z.record(z.string(), z.unknown()), jsonText().pipe(z.record(z.string(), z.unknown()))]);

/** A list of texts, or text that holds one as JSON. */
export const textList = z.union([z.array(z.string()), jsonText().pipe(z.array(z.string()))]);

function jsonText() {
	return z.string().transform((value, context) => {
		try {
			return JSON.parse(value) as unknown;
		} catch {
			context.addIssue({ code: "custom", message: "must be JSON" });
			return z.NEVER;
		}
	});
}
