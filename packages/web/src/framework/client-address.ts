import { isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { TrustedProxies } from "./trusted-proxies.ts";

/** Who is at the other end, as far as the connection and, behind one of our proxies, its headers tell. */
export interface Caller {
	/** Address; see {@link limitOwner} for what limits are counted by. */
	readonly address: string;
	/** Whether the proxy was asked by https. */
	readonly https: boolean;
	/** Number that the proxy gave the request, when it can be written into log and header. */
	readonly requestId: string | null;
}

/**
 * Describes the caller. The headers `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Request-Id` count only if the connection comes from
 * one of the proxies; of the first the last address that is not a proxy itself (access-and-web.md §6.6).
 */
export function describeCaller(context: Context, proxies: TrustedProxies): Caller {
	const connected = connectionAddress(context);
	if (!proxies.includes(connected)) return { address: connected, https: false, requestId: null };
	const requestId = context.req.header("x-request-id") ?? "";
	return {
		address: forwardedAddress(context.req.header("x-forwarded-for") ?? "", proxies) ?? connected,
		https: context.req.header("x-forwarded-proto") === "https",
		requestId: /^[A-Za-z0-9-]{1,64}$/.test(requestId) ? requestId : null,
	};
}

/**
 * What limits are counted by: the address itself, or the network of an IPv6 address (64 bits), of which every host has as many addresses
 * as it likes.
 */
export function limitOwner(address: string): string {
	if (isIP(address) !== 6) return address;
	const [head = "", tail] = new URL(`http://[${address.replace(/%.*$/, "")}]/`).hostname.slice(1, -1).split("::");
	const first = head === "" ? [] : head.split(":");
	const last = tail ? tail.split(":") : [];
	const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
	const groups = [...first, ...Array.from({ length: zeros }, () => "0"), ...last];
	return `${groups.slice(0, 4).join(":")}::`;
}

/** Null when there is none, or when what stands there is no address. */
function forwardedAddress(header: string, proxies: TrustedProxies): string | null {
	const addresses = header.split(",").map((part) => plainAddress(part.trim()));
	const last = addresses.findLast((address) => !proxies.includes(address));
	return last !== undefined && isIP(last) !== 0 ? last : null;
}

/** Address at the other end of the connection; "none" where there is no connection (tests). */
function connectionAddress(context: Context): string {
	const bindings: unknown = context.env;
	if (typeof bindings !== "object" || bindings === null || !("incoming" in bindings)) return "none";
	return plainAddress(getConnInfo(context).remote.address ?? "none");
}

/** IPv4 addresses that are written as IPv6. */
function plainAddress(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
