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

/** What went wrong, in the page. */
export function ErrorPage({ status, message, reference }: { status: number; message: string; reference: string | null }) {
	return (
		<div class="error-page">
			<p class="error-page-code">{status}</p>
			<h1>{titles[status] ?? "This did not work"}</h1>
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
