/** What came of a call, in one word of the matrix. */
export type Outcome =
	/** The answer was given. */
	| "ok"
	/** Done, and led to the next page. */
	| "done"
	/** Somebody has to sign in first. */
	| "sign-in"
	/** It exists, but not for this caller. */
	| "forbidden"
	| "missing"
	/** The form or body does not fit. */
	| "bad-input"
	/** Allowed, but not now or not so: access-and-web.md §1, rule 3. */
	| "refused"
	| "conflict"
	| "too-large"
	| "limited"
	/** The token against forgery was refused: the test itself is wrong. */
	| "forged"
	| "crash";

const byStatus: Readonly<Record<number, Outcome>> = {
	401: "sign-in",
	403: "forbidden",
	404: "missing",
	409: "conflict",
	410: "refused",
	413: "too-large",
	422: "bad-input",
	429: "limited",
};

/** The word for an answer. @throws Error for a status that no route should give */
export async function classify(response: Response): Promise<Outcome> {
	const { status } = response;
	if (status >= 500) return "crash";
	if (status === 302 && /^\/auth\/auth\/(\?next=|$)/.test(response.headers.get("location") ?? "")) return "sign-in";
	if (status >= 200 && status < 300) return response.headers.has("hx-redirect") ? "done" : "ok";
	if (status === 302 || status === 303) return "done";
	if (status === 400) return (await response.text()).includes("This page is out of date") ? "forged" : "refused";
	const outcome = byStatus[status];
	if (!outcome) throw new Error(`No word for the status ${status}.`);
	return outcome;
}
