import { defineForm } from "../../framework/form.ts";

/** E-mail and password. */
export const signInForm = defineForm({
	name: "sign-in",
	submitLabel: "Sign in",
	fields: {
		email: { kind: "text", label: "E-mail", required: true, maxLength: 128, autocomplete: "username webauthn" },
		password: { kind: "password", label: "Password", required: true, autocomplete: "current-password" },
	},
});

/** Who the first administrator is. */
export const firstAdminForm = defineForm({
	name: "first-admin",
	submitLabel: "Create the administrator",
	fields: {
		email: { kind: "email", label: "E-mail", required: true, maxLength: 128, autocomplete: "username" },
		firstName: { kind: "text", label: "First name", required: true, maxLength: 64, half: true, autocomplete: "given-name" },
		lastName: { kind: "text", label: "Last name", required: true, maxLength: 64, half: true, autocomplete: "family-name" },
		password: {
			kind: "password",
			label: "Password",
			required: true,
			help: "At least 8 characters; any characters will do.",
			autocomplete: "new-password",
		},
		repetition: { kind: "password", label: "Password again", required: true, autocomplete: "new-password" },
	},
});
