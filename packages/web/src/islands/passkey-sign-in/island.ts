/** Sign-in by passkey: a button, and the passkeys among the suggestions of the e-mail field where the browser can do that. */
import {
	browserSupportsWebAuthn,
	browserSupportsWebAuthnAutofill,
	sendSignal,
	startAuthentication,
	WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { askServer, islandTexts, textMember } from "../passkey/ask-server.ts";

type RequestOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Challenges live 10 minutes; a page that stands longer asks anew in time. */
const renewSuggestionsMs = 9 * 60_000;

function isRequestOptions(value: unknown): value is RequestOptions {
	return textMember(value, "challenge") !== null;
}

/** Takes over the hidden button and the line for errors. */
export function mount(element: HTMLElement) {
	const button = element.querySelector<HTMLButtonElement>("button");
	const problem = element.querySelector<HTMLElement>("[role=alert]");
	if (!button || !problem || !browserSupportsWebAuthn()) return undefined;
	const addresses = islandTexts(element);

	const say = (message: string) => {
		problem.textContent = message;
		problem.hidden = message === "";
	};

	const signIn = async (suggest: boolean): Promise<void> => {
		const asked = await askServer(addresses.get("options") ?? "", {});
		if (!asked.ok || !isRequestOptions(asked.body)) return suggest ? undefined : say(asked.message);
		const answer = await startAuthentication({ optionsJSON: asked.body, useBrowserAutofill: suggest }).catch(() => null);
		if (!answer) return suggest ? undefined : say("No passkey was used. You can try again, or use your password.");
		const done = await askServer(addresses.get("answer") ?? "", answer);
		if (done.ok && done.goTo) return location.assign(done.goTo);
		say(done.message);
		const credentialID = textMember(done.body, "credentialId");
		const rpID = textMember(done.body, "relyingParty");
		// Not every browser passes this on; then the passkey stays in the list.
		if (credentialID && rpID) {
			await sendSignal({ signalName: "unknownCredential", rpID, credentialID }).catch(() => undefined);
		}
	};

	const suggest = () => void signIn(true);
	browserSupportsWebAuthnAutofill().then((supported) => {
		if (supported && element.isConnected) suggest();
	});
	const renewal = setInterval(suggest, renewSuggestionsMs);

	button.hidden = false;
	button.addEventListener("click", async () => {
		say("");
		button.disabled = true;
		await signIn(false);
		button.disabled = false;
	});
	return {
		destroy: () => {
			clearInterval(renewal);
			WebAuthnAbortService.cancelCeremony();
		},
	};
}
