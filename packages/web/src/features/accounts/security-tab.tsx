import { type ListedPasskey, listPasskeys } from "@opengsync/core/accounts/manage-passkeys";
import { findTwoFactor, type TwoFactorState } from "@opengsync/core/accounts/two-factor";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Island, Metadata, type Tab, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Mark } from "../../components/status.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { loadAccount, maySeeSecurity } from "./load-account.ts";
import { passkeyRoutes } from "./passkey-routes.tsx";
import { isSignInRecent, notForOthers } from "./recent-sign-in.ts";
import { twoFactorRoutes } from "./two-factor-routes.tsx";

/** The tab *Security* on the page of a user, for the owner and for admins. */
export function securityTab(exchange: Exchange, userId: number): Tab[] {
	return maySeeSecurity(exchange, userId) ? [{ key: "security", title: "Security", href: `/htmx/users/${userId}/security` }] : [];
}

interface SecurityProps {
	readonly userId: number;
	readonly passkeys: readonly ListedPasskey[];
	readonly twoFactor: TwoFactorState;
	/** The viewer's own account, and nobody works in it. */
	readonly own: boolean;
	/** An admin looks at the account of another. */
	readonly asAdmin: boolean;
	/** The sign-in was so long ago that the password is asked for again. */
	readonly asksPassword: boolean;
}

function Passkeys({ userId, passkeys, own, asAdmin, asksPassword }: SecurityProps) {
	const mayDelete = own || asAdmin;
	return (
		<Card title="Passkeys" padded={false}>
			{passkeys.length === 0 ? (
				<EmptyState
					icon="key"
					title="No passkeys"
					hint="A passkey signs in with the fingerprint, face or PIN of a device instead of the password."
				/>
			) : (
				<SimpleTable titles={["Name", "Added", "Last used", "Kept"]} actions>
					{passkeys.map((passkey) => (
						<tr>
							<td>{passkey.name}</td>
							<td>
								<Time at={passkey.createdAt} />
							</td>
							<td>{passkey.lastUsedAt ? <Time at={passkey.lastUsedAt} /> : "never"}</td>
							<td>{passkey.backedUp ? "on several devices" : "on one device"}</td>
							<td class="text-end">
								{own && (
									<LinkButton
										href={`/users/${userId}/passkeys/${passkey.id}/rename/`}
										dialog={`/htmx/users/${userId}/passkeys/${passkey.id}/rename`}
										small
										look="quiet"
									>
										Rename<span class="visually-hidden"> {passkey.name}</span>
									</LinkButton>
								)}
								{mayDelete && (
									<ActionButton
										action={`/users/${userId}/passkeys/${passkey.id}/delete/`}
										small
										look="quiet"
										confirm={{
											title: "Delete this passkey?",
											text: `Nobody can sign in with ${passkey.name} any more.`,
											yes: "Delete",
										}}
									>
										Delete<span class="visually-hidden"> {passkey.name}</span>
									</ActionButton>
								)}
							</td>
						</tr>
					))}
				</SimpleTable>
			)}
			{own && <PasskeyRegistration userId={userId} asksPassword={asksPassword} />}
		</Card>
	);
}

/** Needs JavaScript: the browser makes the passkey. */
function PasskeyRegistration({ userId, asksPassword }: { userId: number; asksPassword: boolean }) {
	const addresses = { options: `/users/${userId}/passkeys/options/`, answer: `/users/${userId}/passkeys/` };
	return (
		<div class="card-body">
			<Island name="passkey-registration" data={addresses}>
				<form class="form" novalidate>
					<div class="form-field" {...(asksPassword ? {} : { hidden: true })}>
						<label class="form-label" for="passkey-password">
							Your password
						</label>
						<input id="passkey-password" type="password" class="form-control" autocomplete="current-password" />
						<p class="field-help">Asked again because you signed in more than 5 minutes ago.</p>
					</div>
					<p class="field-error" role="alert" hidden />
					<button type="submit" class="btn" disabled>
						Add a passkey
					</button>
				</form>
			</Island>
		</div>
	);
}

function TwoFactor({ userId, twoFactor, own, asAdmin }: SecurityProps) {
	const { since, recoveryCodesLeft, enforced } = twoFactor;
	const path = `/users/${userId}/two_factor`;
	return (
		<Card
			title="Two-factor sign-in"
			actions={
				<>
					{own && !since && (
						<LinkButton href={`${path}/new/`} look="primary">
							Set up
						</LinkButton>
					)}
					{own && since && <LinkButton href={`${path}/recovery_codes/`}>New recovery codes</LinkButton>}
					{own && since && (
						<LinkButton href={`${path}/disable/`} disabledReason={enforced ? "Your role demands two-factor sign-in." : null}>
							Switch off
						</LinkButton>
					)}
					{asAdmin && since && (
						<ActionButton
							action={`${path}/remove/`}
							confirm={{
								title: "Remove the second factor of this account?",
								text: "Make sure that it is really the owner who asks: the password alone will be enough to sign in.",
								yes: "Remove",
							}}
						>
							Remove
						</ActionButton>
					)}
				</>
			}
		>
			<Metadata
				items={[
					{ label: "Codes of an app", value: <Mark good={since !== null}>{since ? "On" : "Off"}</Mark> },
					{ label: "Since", value: since && <Time at={since} /> },
					{ label: "Recovery codes left", value: since && recoveryCodesLeft },
					{ label: "Demanded by the role", value: enforced ? "yes" : "no" },
				]}
			/>
		</Card>
	);
}

const tab = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/security",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "Passkeys and second factor of a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadAccount(exchange);
		const isViewer = user.id === exchange.viewer.id;
		const props: SecurityProps = {
			userId: user.id,
			passkeys: await listPasskeys(exchange.db, user.id),
			twoFactor: await findTwoFactor(exchange.db, exchange.services.config.signIn.secondFactorRoles, user.id),
			own: isViewer && !exchange.impersonator,
			asAdmin: !isViewer && exchange.isAdmin,
			asksPassword: !isSignInRecent(exchange),
		};
		return exchange.fragment(
			<>
				{isViewer && exchange.impersonator && <p class="text-secondary">{notForOthers}</p>}
				<Passkeys {...props} />
				<TwoFactor {...props} />
			</>,
		);
	},
});

/** How an account signs in: extensions.md §1. */
export const securityRoutes: readonly Route[] = [tab, ...passkeyRoutes, ...twoFactorRoutes];
