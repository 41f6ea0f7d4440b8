import { setTimeout as pause } from "node:timers/promises";
import { TestBrowser } from "../../../packages/web/src/framework/testing/browser.ts";
import { DEMO_PASSWORD } from "./steps.ts";

/**
 * A caller of the running product without a screen. Waits where it is told that it asks too fast; follows no redirects.
 * `from`: network address as a trusted proxy tells it, so that callers do not share their limits.
 */
export function openCaller(url: string, from?: string): TestBrowser {
	const ask = async (address: string, init?: RequestInit): Promise<Response> => {
		const target = address.replace("http://localhost", url);
		const headers = new Headers(init?.headers);
		if (from) headers.set("x-forwarded-for", from);
		const response = await fetch(target, { ...init, headers, redirect: "manual" });
		if (response.status !== 429) return response;
		await pause(Number(response.headers.get("retry-after") ?? 1) * 1000);
		return ask(address, init);
	};
	return new TestBrowser({ request: ask });
}

/** A caller who has signed in as a person of the demonstration facility. */
export async function signInCaller(url: string, email: string, from?: string): Promise<TestBrowser> {
	const caller = openCaller(url, from);
	const answer = await caller.signIn(email, DEMO_PASSWORD);
	if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`);
	await caller.get("/projects/new/");
	return caller;
}

/** Creates a request by its form; its address. */
export async function createRequest(caller: TestBrowser, name: string): Promise<string> {
	const answer = await caller.post("/seq_requests/new/", {
		name,
		submissionTypeId: "1",
		readTypeId: "2",
		dataDeliveryModeId: "1",
		contactName: "Contact",
		contactEmail: "contact@example.org",
		contactPhone: "+43 1 234",
		organizationName: "University",
		organizationAddress: "Street 1",
		billingName: "Accounting",
		billingEmail: "billing@example.org",
		isOrganizationBilled: "true",
		isDisclaimerAccepted: "true",
	});
	const address = answer.headers.get("location");
	if (!address) throw new Error(`The request was not created: ${answer.status}\n${await answer.text()}`);
	return address;
}

/** Starts the annotation of a request and names its project; address of the run, which stands at the sheet of samples. */
export async function openSheet(caller: TestBrowser, request: string, project: string): Promise<string> {
	const run = (await caller.post(`${request}annotation/`)).headers.get("location") ?? "";
	const fields = { project_title: project, project_description: "Made by a test" };
	const answer = await caller.post(await stepAddress(caller, run), fields);
	if (answer.status !== 303) throw new Error(`The project was refused: ${answer.status}`);
	return run;
}

/** Address to which the present step of a run is posted. */
export async function stepAddress(caller: TestBrowser, run: string): Promise<string> {
	const page = await (await caller.get(run)).text();
	return new RegExp(`action="(${run}\\w+/)"`).exec(page)?.[1] ?? "";
}
