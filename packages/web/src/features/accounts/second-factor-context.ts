import type { SecondFactorContext } from "@opengsync/core/accounts/check-second-factor";
import type { Exchange } from "../../framework/exchange.ts";
import { throttleOf } from "./throttle.ts";

/** What checking passwords and codes needs of a request. */
export function secondFactorContext(exchange: Exchange): SecondFactorContext {
	const { services } = exchange;
	return {
		db: exchange.db,
		throttle: throttleOf(services),
		requestId: exchange.requestId,
		secretKey: services.config.secretKey,
		now: services.now(),
		address: exchange.clientAddress,
	};
}
