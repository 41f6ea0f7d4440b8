/** Adds a passkey to one's own account. */
import { browserSupportsWebAuthn, startRegistration, WebAuthnError } from "@simplewebauthn/browser";
import { askServer, islandTexts, textMember } from "../passkey/ask-server.ts";

type CreationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];

function isCreationOptions(value: unknown): value is CreationOptions {
	return textMember(value, "challenge") !== null;
}

/** What went wrong in the browser, in words. */
function reasonOf(error: unknown): string {
	const known = error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
	return known ? "This device has a passkey for your account already." : "No passkey was added.";
}

/** Takes over a form with a password field, which is hidden while the sign-in is recent. */
export function mount(element: HTMLElement) {
	const form = element.querySelector("form");
	const button = form?.querySelector("button");
	const password = form?.querySelector<HTMLInputElement>("input[type=password]");
	const passwordField = password?.closest<HTMLElement>(".form-field");
	const problem = form?.querySelector<HTMLElement>("[role=alert]");
	if (!form || !button || !password || !passwordField || !problem) return undefined;
	const addresses = islandTexts(element);

	const say = (message: string) => {
		problem.textContent = message;
		problem.hidden = message === "";
	};

	const addPasskey = async (): Promise<void> => {
		const asked = await askServer(addresses.get("options") ?? "", password.value === "" ? {} : { password: password.value });
		if (!asked.ok || !isCreationOptions(asked.body)) {
			// The sign-in has become too old since the page was loaded.
			if (textMember(asked.body, "problem") === "password") {
				passwordField.hidden = false;
				password.focus();
			}
			return say(asked.message);
		}
		try {
			const answer = await startRegistration({ optionsJSON: asked.body });
			const done = await askServer(addresses.get("answer") ?? "", answer);
			if (done.ok && done.goTo) location.assign(done.goTo);
			else say(done.message);
		} catch (error) {
			say(reasonOf(error));
		}
	};

	if (!browserSupportsWebAuthn()) {
		button.disabled = true;
		say("This browser cannot make passkeys.");
		return undefined;
	}
	button.disabled = false;
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		say("");
		button.disabled = true;
		await addPasskey();
		button.disabled = false;
	});
	return { destroy: () => undefined };
}
