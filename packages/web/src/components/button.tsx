import type { Content } from "../framework/exchange.ts";
import { currentRendering } from "../framework/rendering.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** How much a button stands out. */
export type ButtonLook = "primary" | "secondary" | "danger" | "quiet";

const lookClasses: Record<ButtonLook, string> = {
	primary: "btn btn-primary",
	secondary: "btn",
	danger: "btn btn-danger",
	quiet: "btn btn-ghost-secondary",
};

/** Asks before something happens: title, explanation, Yes / No; "No" has the focus. */
export interface Confirmation {
	readonly title: string;
	readonly text?: string;
	/** Text of the button that goes on; "Yes" unless given. */
	readonly yes?: string;
}

interface ButtonBasics {
	readonly icon?: IconName;
	readonly look?: ButtonLook;
	readonly small?: boolean;
	/** Why it cannot be pressed now; the button is then shown disabled with this as hint. */
	readonly disabledReason?: string | null;
	readonly children?: Content;
}

function buttonClass(look: ButtonLook | undefined, small: boolean | undefined): string {
	return `${lookClasses[look ?? "secondary"]}${small ? " btn-sm" : ""}`;
}

/** Attributes that make an element ask before it acts. */
export function confirmAttributes(confirm: Confirmation | undefined): Record<string, string> {
	if (!confirm) return {};
	return {
		"data-confirm": confirm.title,
		...(confirm.text ? { "data-confirm-text": confirm.text } : {}),
		...(confirm.yes ? { "data-confirm-yes": confirm.yes } : {}),
	};
}

/** A button that cannot be pressed but can be reached, so that everybody can learn why. */
function UnavailableButton({ icon, look, small, disabledReason, children }: ButtonBasics) {
	return (
		<button
			type="button"
			class={`${buttonClass(look, small)} is-unavailable`}
			aria-disabled="true"
			data-tooltip={disabledReason ?? ""}
		>
			{icon && <Icon name={icon} />}
			{children}
			<span class="visually-hidden">: {disabledReason}</span>
		</button>
	);
}

/** A link that looks like a button. `dialog`: address of a fragment that opens in a dialog; without JavaScript `href` opens. */
export function LinkButton(
	props: ButtonBasics & { href: string; dialog?: string; dialogSize?: "sm" | "lg" | "full"; newTab?: boolean },
) {
	if (props.disabledReason) return <UnavailableButton {...props} />;
	const dialog = props.dialog ? dialogAttributes(props.dialog, props.dialogSize) : {};
	return (
		<a
			class={buttonClass(props.look, props.small)}
			href={props.href}
			{...dialog}
			{...(props.newTab ? { target: "_blank", rel: "noopener" } : {})}
		>
			{props.icon && <Icon name={props.icon} />}
			{props.children}
		</a>
	);
}

/** Attributes that load a fragment into the page's dialog. */
export function dialogAttributes(fragmentUrl: string, size: "sm" | "lg" | "full" | undefined): Record<string, string> {
	return { "hx-get": fragmentUrl, "hx-target": "#dialog-body", "hx-swap": "innerHTML", "data-dialog-size": size ?? "sm" };
}

/** A submit button of the form around it. */
export function SubmitButton(props: ButtonBasics & { name?: string; value?: string; confirm?: Confirmation }) {
	if (props.disabledReason) return <UnavailableButton {...props} />;
	return (
		<button
			type="submit"
			class={buttonClass(props.look ?? "primary", props.small)}
			{...(props.name ? { name: props.name, value: props.value ?? "" } : {})}
			{...confirmAttributes(props.confirm)}
		>
			{props.icon && <Icon name={props.icon} />}
			{props.children}
		</button>
	);
}

/** The hidden field that shows that a form came from our own page. Every form that posts needs it. */
export function CsrfField() {
	return <input type="hidden" name="csrf_token" value={currentRendering().csrfToken} />;
}

/**
 * A button that does something: its own form, posted to `action`. With `target` htmx replaces that part of the page, otherwise
 * the whole page follows the redirect.
 */
export function ActionButton(
	props: ButtonBasics & {
		action: string;
		values?: Readonly<Record<string, string | number>>;
		confirm?: Confirmation;
		target?: string;
		title?: string;
	},
) {
	if (props.disabledReason) return <UnavailableButton {...props} />;
	const htmx = props.target ? { "hx-post": props.action, "hx-target": props.target, "hx-disable": "find button" } : {};
	return (
		<form method="post" action={props.action} class="d-inline-block" {...htmx}>
			<CsrfField />
			{Object.entries(props.values ?? {}).map(([name, value]) => (
				<input type="hidden" name={name} value={String(value)} />
			))}
			<button
				type="submit"
				class={buttonClass(props.look, props.small)}
				{...(props.title ? { "data-tooltip": props.title, "aria-label": props.title } : {})}
				{...confirmAttributes(props.confirm)}
			>
				{props.icon && <Icon name={props.icon} />}
				{props.children}
			</button>
		</form>
	);
}
