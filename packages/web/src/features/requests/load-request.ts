import { findRequestPage, type RequestPageRow } from "@opengsync/db/queries/request-page";
import type { Exchange } from "../../framework/exchange.ts";

/** Loads the request of the address with the viewer's level and lets the route's policy decide. */
export async function loadRequest(exchange: Exchange<{ id: number }>): Promise<RequestPageRow> {
	return exchange.authorize(await findRequestPage(exchange.db, exchange.viewer, exchange.params.id));
}
