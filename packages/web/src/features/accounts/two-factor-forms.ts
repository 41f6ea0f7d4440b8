import { defineForm } from "../../framework/form.ts";

const code = {
	kind: "text",
	label: "Code",
	required: true,
	maxLength: 64,
	autocomplete: "one-time-code",
	monospace: true,
} as const;

/** The second step of a sign-in. */
export const secondFactorForm = defineForm({
	name: "second-factor",
	submitLabel: "Sign in",
	fields: { code: { ...code, help: "Six digits from your authenticator app, or one of your recovery codes." } },
});

/** The first code from an app that was just set up, while nobody is signed in or soon after. */
export const setUpForm = defineForm({
	name: "two-factor",
	submitLabel: "Switch on",
	fields: {
		offer: { kind: "hidden", label: "Offer", required: true, maxLength: 1000 },
		code: { ...code, help: "The six digits that the app shows now." },
	},
});

/** The same, with the password, which is needed when the sign-in was a while ago. */
export const setUpWithPasswordForm = defineForm({
	...setUpForm,
	fields: {
		...setUpForm.fields,
		password: {
			kind: "password",
			label: "Your password",
			autocomplete: "current-password",
			help: "Asked again because you signed in more than 5 minutes ago.",
		},
	},
});

/** A code before new recovery codes are made. */
export const renewCodesForm = defineForm({
	name: "recovery-codes",
	submitLabel: "Make new codes",
	fields: { code: { ...code, help: "Six digits from your authenticator app, or one of your recovery codes." } },
});

/** Password and code before the second factor is switched off. */
export const disableForm = defineForm({
	name: "two-factor-off",
	submitLabel: "Switch off",
	fields: {
		password: { kind: "password", label: "Your password", required: true, autocomplete: "current-password" },
		code: { ...code, help: "Six digits from your authenticator app, or one of your recovery codes." },
	},
});
