import { NotFoundError } from "@opengsync/core/errors";
import { joinWords } from "@opengsync/core/notifications/notification-mail";
import { unsubscribe } from "@opengsync/core/notifications/preferences";
import { readUnsubscribeToken, type UnsubscribeTarget } from "@opengsync/core/notifications/unsubscribe-token";
import { transact } from "@opengsync/db/transaction";
import { findNotificationKind } from "@opengsync/domain/notifications";
import { z } from "zod";
import { Form } from "../../components/form.tsx";
import { Card } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";

const path = "/notifications/unsubscribe/:token/";
const withToken = z.object({ token: z.string().max(1024) });
const limit = { name: "unsubscribe", requests: 20, perSeconds: 60, everybody: true } as const;
const stopForm = defineForm({ name: "unsubscribe", submitLabel: "No more of these mails", fields: {} });

function readTarget(exchange: Exchange<{ token: string }>): UnsubscribeTarget {
	const target = readUnsubscribeToken(exchange.services.config.secretKey, exchange.params.token);
	if (!target) throw new NotFoundError("This link");
	return target;
}

function topicsOf({ kinds }: UnsubscribeTarget): string {
	return joinWords(kinds.map((kind) => findNotificationKind(kind)?.topic ?? kind));
}

function Choices({ target }: { target: UnsubscribeTarget }) {
	if (target.userId === null) return null;
	return (
		<p class="bare-foot">
			<a href={`/users/${target.userId}/?tab=notifications`}>Choose what you are told</a>
		</p>
	);
}

/**
 * Declining mails by the link in them (extensions.md §8). The secret in the path says who declines what, whoever is signed in; so mail
 * programs may send the form by themselves (RFC 8058), without cookies and without a token against forgery.
 */
export const unsubscribeRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path,
		kind: "page",
		policy: publicly,
		summary: "Form: decline the mails of a kind by the link in one",
		params: withToken,
		secretUrl: true,
		limit,
		handler: async (exchange) => {
			const target = readTarget(exchange);
			return exchange.page(
				{ title: "No more mails", bare: true },
				<>
					<Card>
						<h1 class="bare-title">No more mails?</h1>
						<Form
							form={stopForm}
							state={untouched}
							action={exchange.url.pathname}
							intro={<p>Press the button to get no more mails about {topicsOf(target)}.</p>}
						/>
					</Card>
					<Choices target={target} />
				</>,
			);
		},
	}),
	defineRoute({
		method: "POST",
		path,
		kind: "page",
		policy: publicly,
		summary: "Decline the mails of a kind by the link in one",
		params: withToken,
		secretUrl: true,
		forgeryCheckWaived: "Mail programs decline with one click (RFC 8058); the sealed token says who and what.",
		limit,
		handler: async (exchange) => {
			const target = readTarget(exchange);
			const actor = { userId: target.userId, impersonatorId: null, via: "web", requestId: exchange.requestId } as const;
			await transact(exchange.db, actor, (tx) => unsubscribe(tx, target, exchange.services.now()));
			return exchange.page(
				{ title: "No more mails", bare: true },
				<>
					<Card>
						<h1 class="bare-title">Done</h1>
						<p>You get no more mails about {topicsOf(target)}.</p>
					</Card>
					<Choices target={target} />
				</>,
			);
		},
	}),
];
