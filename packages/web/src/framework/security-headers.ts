import type { Route } from "./route.ts";

/** Headers of every answer: access-and-web.md §6.7. */
export function securityHeaders(nonce: string, route: Route | null, https: boolean): Record<string, string> {
	return {
		"Content-Security-Policy": route?.userContent ? userContentPolicy : contentPolicy(nonce),
		"X-Content-Type-Options": "nosniff",
		"X-Frame-Options": "SAMEORIGIN",
		"Referrer-Policy": route?.secretUrl ? "no-referrer" : "same-origin",
		"Permissions-Policy":
			"accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), clipboard-read=(), clipboard-write=(self)",
		"Cross-Origin-Opener-Policy": "same-origin",
		"X-Robots-Tag": "noindex",
		...(https ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
	};
}

/** An HTML report may run but cannot act as the user. */
const userContentPolicy = "sandbox allow-scripts; frame-ancestors 'self'; base-uri 'none'";

function contentPolicy(nonce: string): string {
	return [
		"default-src 'self'",
		`script-src 'self' 'nonce-${nonce}'`,
		"style-src 'self'",
		`style-src-elem 'self' 'nonce-${nonce}'`,
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"frame-src 'self'",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'self'",
	].join("; ");
}
