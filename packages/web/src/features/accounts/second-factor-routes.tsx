import {
	answerSecondFactor,
	findPendingSignIn,
	type PendingSignIn,
	takePendingSignIn,
} from "@opengsync/core/accounts/pending-sign-in";
import { countRecoveryCodes } from "@opengsync/core/accounts/recovery-codes";
import { secondFactorNeed } from "@opengsync/core/accounts/second-factor-need";
import { confirmTwoFactor, offerTwoFactor, reopenOffer, type TwoFactorOffer } from "@opengsync/core/accounts/two-factor";
import { InvalidInputError } from "@opengsync/core/errors";
import { transact } from "@opengsync/db/transaction";
import { Card } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { type FormState, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { finishSignIn, pendingSignInCookie } from "./finish-sign-in.ts";
import { secondFactorContext } from "./second-factor-context.ts";
import { secondFactorForm, setUpForm } from "./two-factor-forms.ts";
import { RecoveryCodesView, SecondFactorView, SetUpView } from "./two-factor-views.tsx";

const limit = { name: "sign-in", requests: 20, perSeconds: 60, everybody: true } as const;

/** The sign-in that waits in this browser. What it still owes is asked anew, since the account may have changed meanwhile. */
async function findPending(exchange: Exchange): Promise<(PendingSignIn & { token: string; owes: "code" | "set_up" }) | null> {
	const token = exchange.cookies.get(pendingSignInCookie);
	const signIn = token ? await findPendingSignIn(exchange.db, token, exchange.services.now()) : null;
	if (!token || !signIn) return null;
	const need = await secondFactorNeed(exchange.db, exchange.services.config.signIn.secondFactorRoles, signIn.userId);
	return need === "none" ? null : { ...signIn, token, owes: need };
}

/** The first factor has to be shown again. */
function beginAgain(exchange: Exchange): Response {
	exchange.cookies.remove(pendingSignInCookie);
	exchange.flash("warning", "Please sign in again.");
	return exchange.redirect("/auth/auth/");
}

function showCodePage(exchange: Exchange, state: FormState): Promise<Response> {
	return exchange.page({ title: "Second factor", bare: true }, <SecondFactorView state={state} />);
}

async function acceptCode(exchange: Exchange, token: string): Promise<Response> {
	return exchange.acceptForm(
		secondFactorForm,
		async ({ code }) => {
			const answer = await answerSecondFactor(secondFactorContext(exchange), token, code);
			if (answer.kind === "over") return beginAgain(exchange);
			if (answer.kind === "wrong") {
				const left = answer.triesLeft === 1 ? "One try is left." : `${answer.triesLeft} tries are left.`;
				throw new InvalidInputError([{ field: "code", message: `This code is not right. ${left}` }]);
			}
			const { userId, method, next } = answer.signIn;
			if (answer.shown === "recovery code") {
				const left = await countRecoveryCodes(exchange.db, userId);
				exchange.flash("warning", `You used a recovery code. ${left} are left.`);
			}
			return finishSignIn(exchange, userId, { method, secondFactorDone: true, next });
		},
		(state) => showCodePage(exchange, state),
	);
}

async function showSetUpPage(exchange: Exchange, userId: number, offer: TwoFactorOffer, state: FormState): Promise<Response> {
	const user = await exchange.db.selectFrom("lims_user").select("email").where("id", "=", userId).executeTakeFirstOrThrow();
	return exchange.page(
		{ title: "Set up the second factor", bare: true },
		<Card>
			<h1 class="bare-title">Set up the second factor</h1>
			<p class="text-secondary">Your role demands a code from an app besides the password.</p>
			<SetUpView
				form={setUpForm}
				state={state}
				offer={offer}
				account={user.email}
				action="/auth/second_factor/set_up/"
				cancel="/auth/auth/"
			/>
		</Card>,
	);
}

/** Takes the first code of the app; from here on the sign-in is complete. */
async function acceptSetUp(exchange: Exchange, pending: PendingSignIn & { token: string }): Promise<Response> {
	const { services } = exchange;
	const { secretKey } = services.config;
	const now = services.now();
	const fresh = () => offerTwoFactor(secretKey, pending.userId, now);
	let offer: TwoFactorOffer | null = null;
	return exchange.acceptForm(
		setUpForm,
		async (values) => {
			offer = reopenOffer(secretKey, pending.userId, values.offer, now);
			const known = offer;
			if (!known) throw new InvalidInputError([{ field: "", message: "That took too long. Please scan the new code." }]);
			const actor = { userId: pending.userId, impersonatorId: null, via: "web", requestId: exchange.requestId } as const;
			const codes = await transact(exchange.db, actor, async (tx) => {
				const taken = await takePendingSignIn(tx, pending.token, now);
				return taken && confirmTwoFactor(tx, { secretKey, now }, { userId: taken.userId, offer: known, code: values.code });
			});
			if (!codes) return beginAgain(exchange);
			const { method, next } = pending;
			const answer = await finishSignIn(exchange, pending.userId, { method, secondFactorDone: true, next });
			const goOn = answer.headers.get("location") ?? "/";
			return exchange.page(
				{ title: "Recovery codes", bare: true },
				<Card>
					<h1 class="bare-title">Recovery codes</h1>
					<RecoveryCodesView codes={codes} goOn={goOn} />
				</Card>,
			);
		},
		(state) => showSetUpPage(exchange, pending.userId, offer ?? fresh(), state),
	);
}

/** The second step of a sign-in: extensions.md §1. What was shown before stands on the server; the browser holds a token only. */
export const secondFactorRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/auth/second_factor/",
		kind: "page",
		policy: publicly,
		summary: "Second step of the sign-in: a code",
		handler: async (exchange) => {
			const pending = await findPending(exchange);
			if (!pending) return beginAgain(exchange);
			return pending.owes === "set_up" ? exchange.redirect("/auth/second_factor/set_up/") : showCodePage(exchange, untouched);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/auth/second_factor/",
		kind: "page",
		policy: publicly,
		summary: "Answer the second step with a code",
		limit,
		handler: async (exchange) => {
			const pending = await findPending(exchange);
			return pending?.owes === "code" ? acceptCode(exchange, pending.token) : beginAgain(exchange);
		},
	}),
	defineRoute({
		method: "GET",
		path: "/auth/second_factor/set_up/",
		kind: "page",
		policy: publicly,
		summary: "Set up the second factor that the role demands",
		handler: async (exchange) => {
			const pending = await findPending(exchange);
			if (!pending) return beginAgain(exchange);
			if (pending.owes === "code") return exchange.redirect("/auth/second_factor/");
			const { services } = exchange;
			const offer = offerTwoFactor(services.config.secretKey, pending.userId, services.now());
			return showSetUpPage(exchange, pending.userId, offer, untouched);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/auth/second_factor/set_up/",
		kind: "page",
		policy: publicly,
		summary: "Switch on the second factor that the role demands",
		limit,
		handler: async (exchange) => {
			const pending = await findPending(exchange);
			return pending?.owes === "set_up" ? acceptSetUp(exchange, pending) : beginAgain(exchange);
		},
	}),
];
