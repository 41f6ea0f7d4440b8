const connectionCodes = new Set([
	...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "ENOENT", "EHOSTUNREACH"],
	...["57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "53300"],
]);

/** U+0000 as text or in JSON, and halves of a character: what PostgreSQL does not store. */
const characterCodes = new Set(["22021", "22P05"]);

/** Whether an error says that a text holds a character that the database cannot store. */
export function isUnstorableText(error: unknown): boolean {
	if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
	return (
		characterCodes.has(error.code) || (error.code === "22P02" && "detail" in error && /surrogate/.test(String(error.detail)))
	);
}

/** Whether an error says that the database cannot be reached at present. */
export function isDatabaseDown(error: unknown): boolean {
	if (error instanceof AggregateError) return error.errors.some(isDatabaseDown);
	if (!(error instanceof Error)) return false;
	if ("code" in error && typeof error.code === "string" && connectionCodes.has(error.code)) {
		return !("syscall" in error) || error.syscall === "connect" || error.syscall === "read" || error.syscall === "write";
	}
	return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
		error.message,
	);
}
