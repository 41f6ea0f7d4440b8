/** The answer, or 304 when the caller has this version already (`If-None-Match`). Rights have been checked by then. */
export function unlessKnown(request: Request, response: Response): Response {
	const version = response.headers.get("ETag");
	const known = request.headers.get("If-None-Match");
	if (response.status !== 200 || version === null || known === null || !isAmong(known, version)) return response;
	// Whoever reads the content ends with it, so that an open file is closed.
	response.body?.cancel().catch(() => undefined);
	const headers = new Headers(response.headers);
	headers.delete("Content-Length");
	return new Response(null, { status: 304, headers });
}

/** Weak comparison, as for GET and HEAD. */
function isAmong(known: string, version: string): boolean {
	const plain = (tag: string) => tag.trim().replace(/^W\//, "");
	return known.trim() === "*" || known.split(",").some((tag) => plain(tag) === plain(version));
}
