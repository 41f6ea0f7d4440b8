import { totpAddress } from "@opengsync/core/accounts/totp";
import type { TwoFactorOffer } from "@opengsync/core/accounts/two-factor";
import { toSVG } from "bwip-js/node";
import { LinkButton } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Card, CopyButton, Notice } from "../../components/parts.tsx";
import type { FormState } from "../../framework/form.ts";
import { currentRendering } from "../../framework/rendering.ts";
import { secondFactorForm, type setUpForm, type setUpWithPasswordForm } from "./two-factor-forms.ts";

/** The second step of a sign-in: access-and-web.md §4.3, extensions.md §1. */
export function SecondFactorView({ state }: { state: FormState }) {
	return (
		<Card>
			<h1 class="bare-title">Second factor</h1>
			<Form form={secondFactorForm} state={state} action="/auth/second_factor/" cancel="/auth/auth/" />
		</Card>
	);
}

interface SetUpProps {
	readonly form: typeof setUpForm | typeof setUpWithPasswordForm;
	readonly state: FormState;
	readonly offer: TwoFactorOffer;
	/** E-mail of the account, under which the app lists it. */
	readonly account: string;
	readonly action: string;
	readonly cancel: string;
}

/** QR code and secret for the app, and the field for its first code. */
export function SetUpView({ form, state, offer, account, action, cancel }: SetUpProps) {
	const address = totpAddress(offer.secret, { issuer: currentRendering().organization, account });
	const withOffer = { ...form, fields: { ...form.fields, offer: { ...form.fields.offer, value: offer.sealed } } };
	// What was typed stays, but the secret is always the one that is shown.
	const entered = state.entered && new Map([...state.entered, ["offer", [offer.sealed]]]);
	return (
		<Form
			form={withOffer}
			state={entered ? { entered, errors: state.errors } : { errors: state.errors }}
			action={action}
			cancel={cancel}
			intro={
				<>
					<p>Scan this with an authenticator app. It then shows a new code every 30 seconds.</p>
					<div class="two-factor-qr" role="img" aria-label="QR code for the authenticator app">
						<QrCode text={address} />
					</div>
					<p>
						Or type this secret into the app: <code class="text-break">{inGroups(offer.secret)}</code>
						<CopyButton text={offer.secret} label="Copy the secret" />
					</p>
				</>
			}
		/>
	);
}

/** A QR code as SVG, dark on light in every theme. */
function QrCode({ text }: { text: string }) {
	const svg = toSVG({ bcid: "qrcode", text, scale: 2, padding: 8, backgroundcolor: "FFFFFF" });
	return <span aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />;
}

function inGroups(secret: string): string {
	return secret.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

/** The recovery codes, shown once. */
export function RecoveryCodesView({ codes, goOn }: { codes: readonly string[]; goOn: string }) {
	return (
		<>
			<Notice look="warning">
				<p>
					Keep these codes in a safe place, apart from the device with the app. Each replaces the app once. They cannot be seen
					again.
				</p>
			</Notice>
			<ul class="recovery-codes font-mono">
				{codes.map((code) => (
					<li>{code}</li>
				))}
			</ul>
			<div class="form-actions">
				<span>
					Copy all <CopyButton text={codes.join("\n")} label="Copy all codes" />
				</span>
				<LinkButton href={goOn} look="primary">
					I have kept them
				</LinkButton>
			</div>
		</>
	);
}
