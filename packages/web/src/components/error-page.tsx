const titles: Readonly<Record<number, string>> = {
	400: "This did not work",
	401: "Please sign in",
	403: "Not permitted",
	404: "Not found",
	405: "Method not allowed",
	413: "Too large",
	429: "Too many requests",
	500: "An error occurred",
	503: "Service unavailable",
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
			<p class="error-page-code">{status}</p>
			{withHeading && <h1>{errorTitle(status)}</h1>}
			<p class="error-page-text">{message}</p>
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
		</div>
	);
}
