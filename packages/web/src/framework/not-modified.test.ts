import { describe, expect, it } from "vitest";
import { type Assets, assetResponse } from "./assets.ts";
import { contentDisposition } from "./content-disposition.ts";
import { unlessKnown } from "./not-modified.ts";

function ask(known: string | null): Request {
	return new Request("http://localhost/", known === null ? {} : { headers: { "if-none-match": known } });
}

describe("a file that the browser has", () => {
	it.each([
		[null, 200],
		['"v1"', 304],
		['"v0", W/"v1"', 304],
		["*", 304],
		['"v2"', 200],
		["v1", 200],
	])("with If-None-Match %s is answered %i", (known, status) => {
		const headers = { ETag: '"v1"', "Content-Length": "4", "Cache-Control": "private, no-cache" };
		const answer = unlessKnown(ask(known), new Response("body", { headers }));
		expect(answer.status).toBe(status);
		expect(answer.headers.get("etag")).toBe('"v1"');
		expect(answer.headers.get("content-length")).toBe(status === 200 ? "4" : null);
	});
	it("is never an error that is known", () => {
		expect(unlessKnown(ask("*"), new Response("no", { status: 403, headers: { ETag: '"v1"' } })).status).toBe(403);
	});
	it("of the build is known by its name, plain and compressed apart", () => {
		const file = { bytes: new Uint8Array([1]), gzip: new Uint8Array([2]), contentType: "text/css" };
		const assets: Assets = { url: String, islands: {}, read: (name) => (name === "a.1.css" ? file : null) };
		const gzipped = new Request("http://localhost/", { headers: { "accept-encoding": "gzip", "if-none-match": '"a.1.css"' } });
		expect(assetResponse(assets, "a.1.css", ask('"a.1.css"'))?.status).toBe(304);
		expect(assetResponse(assets, "a.1.css", gzipped)?.status).toBe(200);
		expect(assetResponse(assets, "b.css", ask(null))).toBeNull();
	});
});

describe("the name of a download", () => {
	it.each([
		['a"b\r\nc.pdf', `attachment; filename="a_bc.pdf"; filename*=UTF-8''a%22bc.pdf`],
		["Ünï.pdf", `attachment; filename="Uni.pdf"; filename*=UTF-8''%C3%9Cn%C3%AF.pdf`],
		["../../etc/passwd", `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
		["", `attachment; filename="download"; filename*=UTF-8''download`],
	])("%j cannot break its header", (name, header) => {
		expect(contentDisposition(name, false)).toBe(header);
		expect(() => new Headers({ "Content-Disposition": header })).not.toThrow();
	});
});
