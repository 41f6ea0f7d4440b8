// To which part of the product an address belongs; for the permission page and the matrix of roles.

/** `seq_requests` of `/htmx/seq_requests/:id/share`: the word of an address that tells what it is about. */
export function subjectOf(path: string): string {
	const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith(":"));
	const [first = "", second = "", third = ""] = segments;
	if (first === "api" && second === "v1") return third;
	if (first === "htmx" && second === "history" && third !== "") return third;
	if (first === "htmx" || first === "api" || first === "plots" || first === "workflows") return second;
	return first === "admin" ? `admin/${second}` : first;
}

/** Headings in their order, with the subjects below them. */
const features: readonly (readonly [heading: string, subjects: readonly string[]])[] = [
	["Signing in and accounts", ["auth", "notifications"]],
	["Dashboard and search", ["", "dashboard", "search", "calendar", "help", "retrieve_flash_messages"]],
	["Requests", ["seq_requests", "seq_request"]],
	["Projects", ["projects"]],
	["Samples", ["samples"]],
	["Libraries", ["libraries"]],
	["Pools", ["pools"]],
	["Laboratory", ["store_samples", "lab_preps", "plates", "protocols"]],
	["Experiments", ["experiments", "devices", "sequencer", "design"]],
	["Runs", ["seq_runs"]],
	["Kits", ["kits", "index_kits", "feature_kits", "adapters", "features"]],
	["Files", ["pdf_file", "img_file", "download_file", "xlsx_data", "data_file", "media_files", "browser"]],
	["Users", ["users"]],
	["Groups", ["groups"]],
	["Administration", ["admin_page", "admin/mail", "adminmail", "share_tokens", "history", "audit"]],
	["HTTP API", ["validate_api_token", "shares", "stats", "barcodes"]],
	["Share links", ["files"]],
	["Pages for developers", ["dev"]],
];

/** Heading under which an address is listed; what has none of its own and begins with `admin` is administration. */
export function featureOf(path: string): string {
	const subject = subjectOf(path);
	if (path.startsWith("/dev/")) return "Pages for developers";
	if (path.startsWith("/files/") || path.startsWith("/api/files/")) return "Share links";
	if (path.startsWith("/api/")) return "HTTP API";
	const found = features.find(([, subjects]) => subjects.includes(subject));
	return found?.[0] ?? (subject.startsWith("admin") ? "Administration" : "Others");
}

const headings = [...features.map(([heading]) => heading), "Others"];

/** Things with a path under their headings, in the order of the headings; empty headings are left out. */
export function groupByFeature<Item extends { readonly path: string }>(
	items: readonly Item[],
): { readonly heading: string; readonly items: readonly Item[] }[] {
	return headings
		.map((heading) => ({ heading, items: items.filter((item) => featureOf(item.path) === heading) }))
		.filter((group) => group.items.length > 0);
}

/** A path as people read it: without the patterns of its parameters. */
export function readablePath(path: string): string {
	return path.replaceAll(/\{[^}]*\}/g, "");
}

/** By path, then by method: GET first. */
export function compareRoutes(
	a: { readonly path: string; readonly method: string },
	b: { readonly path: string; readonly method: string },
): number {
	const rank = ({ path, method }: { readonly path: string; readonly method: string }) =>
		`${readablePath(path)} ${method === "GET" ? "" : method}`;
	const [left, right] = [rank(a), rank(b)];
	return left < right ? -1 : left > right ? 1 : 0;
}
