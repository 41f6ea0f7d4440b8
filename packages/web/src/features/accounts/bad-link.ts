import { NotFoundError } from "@opengsync/core/errors";
import type { Exchange } from "../../framework/exchange.ts";

/** A link that does not work leads to the sign-in page: access-and-web.md §4.2, §4.6. */
export function refuseBadLink(exchange: Exchange): Response {
	exchange.flash("warning", "This link has expired or is not valid.");
	return exchange.redirect("/auth/auth/");
}

/** Runs what a link is for; one that stopped working meanwhile is refused like any bad one. */
export async function useLink(exchange: Exchange, work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof NotFoundError)) throw error;
		return refuseBadLink(exchange);
	}
}
