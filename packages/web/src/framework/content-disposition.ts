/**
 * Header `Content-Disposition` for any file name: quotation marks, line breaks and letters beyond ASCII cannot break it
 * (RFC 6266).
 */
export function contentDisposition(fileName: string, inline: boolean): string {
	const clean = fileName.replaceAll(/\p{Cc}/gu, "").replaceAll(/[/\\]/g, "_") || "download";
	const ascii = clean
		.normalize("NFKD")
		.replaceAll(/\p{M}/gu, "")
		.replaceAll(/[^ -~]|["%]/g, "_");
	const encoded = encodeURIComponent(clean).replaceAll(
		/['()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	return `${inline ? "inline" : "attachment"}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
