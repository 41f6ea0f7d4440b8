import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * Address of the caller. The proxy's header counts only if the connection comes from one of the proxies; then its last entry
 * that is not a proxy itself.
 */
export function clientAddress(context: Context, trustedProxies: readonly string[]): string {
	const connected = connectionAddress(context);
	if (!trustedProxies.includes(connected)) return connected;
	const forwarded = (context.req.header("x-forwarded-for") ?? "")
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
	return forwarded.findLast((address) => !trustedProxies.includes(address)) ?? connected;
}

/** Address at the other end of the connection; "none" where there is no connection (tests). */
function connectionAddress(context: Context): string {
	const bindings: unknown = context.env;
	if (typeof bindings !== "object" || bindings === null || !("incoming" in bindings)) return "none";
	return (getConnInfo(context).remote.address ?? "none").replace(/^::ffff:/, "");
}
