import { BadRequestError } from "@opengsync/core/errors";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";

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

/**
 * The parameters of a call by a schema. Each is looked for in the query, then the form, then the JSON body, and the first place that has
 * it counts; further members are ignored (background-and-ops.md §5.1).
 * @throws BadRequestError that names the parameter and the rule
 */
export async function readParameters<Schema extends z.ZodObject>(exchange: Exchange, schema: Schema): Promise<z.output<Schema>> {
	const fromQuery = new Map<string, unknown>();
	for (const name of new Set(exchange.url.searchParams.keys()))
		fromQuery.set(name, oneOrAll(exchange.url.searchParams.getAll(name)));
	const fromForm = new Map<string, unknown>();
	for (const [name, values] of await exchange.readFields()) {
		const texts = values.filter((value) => typeof value === "string");
		if (texts.length > 0) fromForm.set(name, oneOrAll(texts));
	}
	const fromJson = await readMembers(exchange);
	const sources = [fromQuery, fromForm, fromJson];
	const found = Object.keys(schema.shape).flatMap((name) => {
		const source = sources.find((each) => each.has(name));
		return source ? [[name, source.get(name)] as const] : [];
	});
	const parsed = schema.safeParse(Object.fromEntries(found));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new BadRequestError(`${issue?.path.join(".") || "parameters"}: ${issue?.message ?? "is not valid"}`);
}

/** Members of the JSON body; none where the body is a form or empty. */
async function readMembers(exchange: Exchange): Promise<ReadonlyMap<string, unknown>> {
	if (/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(exchange.request.headers.get("content-type") ?? "")) {
		return new Map();
	}
	const body = await exchange.readJson(z.unknown());
	if (body === null) return new Map();
	if (typeof body !== "object" || Array.isArray(body)) throw new BadRequestError("The body must be a JSON object.");
	return new Map(Object.entries(body));
}

/** What came several times is a list. */
function oneOrAll(values: readonly string[]): unknown {
	return values.length === 1 ? values[0] : values;
}
