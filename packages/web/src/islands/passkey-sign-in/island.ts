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

	/** Between a press of the button and its end; suggestions that come late must not cut its question short. */
	let isPressed = false;

	/** Asks for a passkey once. True when the browser is on its way to the next page. */
	const signIn = async (suggest: boolean): Promise<boolean> => {
		const asked = await askServer(addresses.get("options") ?? "", {});
		if (!asked.ok || !isRequestOptions(asked.body)) {
			if (!suggest) say(asked.message);
			return false;
		}
		if (suggest && isPressed) return false;
		const answer = await startAuthentication({ optionsJSON: asked.body, useBrowserAutofill: suggest }).catch(() => null);
		if (!answer) {
			if (!suggest) say("No passkey was used. You can try again, or use your password.");
			return false;
		}
		const done = await askServer(addresses.get("answer") ?? "", answer);
		if (done.ok && done.goTo) {
			location.assign(done.goTo);
			return true;
		}
		say(done.message);
		const credentialID = textMember(done.body, "credentialId");
		const rpID = textMember(done.body, "relyingParty");
		// Not every browser passes this on; then the passkey stays in its list.
		if (credentialID && rpID) await sendSignal({ signalName: "unknownCredential", rpID, credentialID }).catch(() => undefined);
		return false;
	};

	/** Passkeys among the suggestions of the e-mail field; waits for them until it is cut short. */
	const suggest = async (): Promise<void> => {
		if (element.isConnected && (await browserSupportsWebAuthnAutofill())) await signIn(true);
	};
	void suggest();
	const renewal = setInterval(suggest, renewSuggestionsMs);

	button.hidden = false;
	button.addEventListener("click", async () => {
		say("");
		button.disabled = true;
		isPressed = true;
		const leaving = await signIn(false);
		isPressed = false;
		button.disabled = false;
		// The suggestions had to give way to the question.
		if (!leaving) void suggest();
	});
	return {
		destroy: () => {
			clearInterval(renewal);
			WebAuthnAbortService.cancelCeremony();
		},
	};
}
