import { ExpectedError, InvalidInputError } from "@opengsync/core/errors";
import { ErrorPage, errorTitle } from "../components/error-page.tsx";
import { Layout } from "../components/layout.tsx";
import { isDatabaseDown, isUnstorableText } from "./database-errors.ts";
import { renderHtml } from "./render-html.ts";
import { TooManyRequestsError } from "./request-errors.ts";
import type { Route, RouteKind } from "./route.ts";
import { asciiJson, htmlResponse, isFragmentRequest } from "./server-exchange.tsx";

/** What a person is told: status, text, and for defects a reference that is also in the log. */
export interface ErrorAnswer {
	readonly status: number;
	readonly message: string;
	readonly reference: string | null;
	readonly retryAfterSeconds: number | null;
	/** Whether it is a defect that belongs in the log with its stack. */
	readonly defect: boolean;
}

/** What to tell of an error: access-and-web.md §6.3. Never internals. */
export function describeError(error: unknown, requestId: string): ErrorAnswer {
	const plain = { reference: null, retryAfterSeconds: null, defect: false };
	if (error instanceof TooManyRequestsError) {
		return { ...plain, status: 429, message: error.message, retryAfterSeconds: error.retryAfterSeconds };
	}
	if (error instanceof InvalidInputError) return { ...plain, status: 422, message: error.message };
	if (error instanceof ExpectedError) return { ...plain, status: error.status, message: error.message };
	if (isUnstorableText(error)) {
		return { ...plain, status: 400, message: "The text holds a character that cannot be stored. Please remove it." };
	}
	if (isDatabaseDown(error)) {
		const message = "The database does not answer at present. Please try again in a moment.";
		return { ...plain, status: 503, message, retryAfterSeconds: 10, defect: true };
	}
	const message = `An error occurred. Please notify us and give the reference ${requestId}.`;
	return { status: 500, message, reference: requestId, retryAfterSeconds: null, defect: true };
}

/** Kind by which the errors of a route are shaped: whoever comes with a token is a program or reads a plain text. */
export function errorKindOf(route: Route): RouteKind {
	return route.policy.kind === "shareToken" || route.policy.kind === "apiToken" ? "api" : route.kind;
}

/** Shape of an error by what was asked for. */
export async function answerError(answer: ErrorAnswer, request: Request, kind: RouteKind): Promise<Response> {
	const response = await shapeError(answer, request, kind);
	if (answer.retryAfterSeconds !== null) response.headers.set("Retry-After", String(answer.retryAfterSeconds));
	response.headers.set("Cache-Control", "private, no-store");
	return response;
}

/** The page that was asked for; for a form the page that it stood on, as the browser tells. Null when that is none of ours. */
function pageOf(request: Request): string | null {
	const asked = new URL(request.url);
	if (request.method === "GET" || request.method === "HEAD") return asked.pathname + asked.search;
	const referrer = request.headers.get("referer") ?? "";
	const page = URL.canParse(referrer) ? new URL(referrer) : null;
	const host = request.headers.get("host") ?? asked.host;
	return page?.host === host ? page.pathname + page.search : null;
}

async function shapeError(answer: ErrorAnswer, request: Request, kind: RouteKind): Promise<Response> {
	if (kind === "api") {
		return new Response(answer.message, { status: answer.status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
	}
	if (isFragmentRequest(request) || kind === "fragment") {
		const flash = { flash: { messages: [{ category: "error", message: answer.message }] } };
		return new Response(null, { status: answer.status, headers: { "HX-Trigger": asciiJson(flash) } });
	}
	// Who asks for a file is not led away: access-and-web.md §1, rule 3.
	if (answer.status === 401 && kind !== "file") {
		const next = pageOf(request);
		const query = next === null ? "" : `?next=${encodeURIComponent(next)}`;
		return new Response(null, { status: 302, headers: { Location: `/auth/auth/${query}` } });
	}
	const bare = kind === "file" || answer.status === 503;
	const html = await renderHtml(
		<Layout options={{ title: errorTitle(answer.status), bare }} flashes={[]}>
			<ErrorPage status={answer.status} message={answer.message} reference={answer.reference} withHeading={bare} />
		</Layout>,
	);
	return htmlResponse(`<!doctype html>${html}`, answer.status);
}
