const titles: Readonly<Record<number, string>> = {
	400: "This did not work",
	401: "Please sign in",
	403: "Not permitted",
	404: "Not found",
	405: "Method not allowed",
	409: "Changed in the meantime",
	413: "Too large",
	422: "Something is missing or wrong",
	429: "Too many requests",
	500: "An error occurred",
	503: "Service unavailable",
};

/** What one can do about it, where the message does not say. */
const hints: Readonly<Record<number, string>> = {
	403: "If you need it, ask its owner or the facility.",
	404: "It may have been deleted, or the address is incomplete.",
	409: "Go back, load the page again, and repeat what is still needed.",
	422: "Go back, correct it, and try again.",
};

/** Heading of an error page. */
export function errorTitle(status: number): string {
	return titles[status] ?? "This did not work";
}

/** What went wrong; the heading is the page's own. */
export function ErrorPage(props: { status: number; message: string; reference: string | null; withHeading: boolean }) {
	const { status, message, reference, withHeading } = props;
	return (
		<div class="error-page">
			{withHeading && <h1>{errorTitle(status)}</h1>}
			<p class="error-page-text">
				{message} {hints[status]}
			</p>
			{reference && (
				<p>
					Reference: <code>{reference}</code>
				</p>
			)}
			<p>
				<a class="btn" href="/">
					To the dashboard
				</a>
			</p>
			<p class="error-page-code">Error {status}</p>
		</div>
	);
}
