/** Bundles the harness page and serves it under the content security policy of the product. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** A served harness: where it is, how large its script is, and how to end it. */
export interface Harness {
	readonly url: string;
	/** Size of the whole script, minified and compressed. */
	readonly gzipBytes: number;
	close(): Promise<void>;
}

const nonce = "dGVzdA";
const policy = [
	"default-src 'self'",
	`script-src 'self' 'nonce-${nonce}'`,
	`style-src-elem 'self' 'nonce-${nonce}'`,
	"style-src-attr 'unsafe-inline'",
	"img-src 'self' data:",
].join("; ");

/** Path of a file beside this one, or of a package. */
function pathOf(specifier: string): string {
	return fileURLToPath(specifier.startsWith(".") ? new URL(specifier, import.meta.url) : import.meta.resolve(specifier));
}

/** Starts the server on a free port of the local machine. */
export async function serveHarness(): Promise<Harness> {
	const { outputFiles } = await build({
		entryPoints: [pathOf("./harness.ts")],
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2024",
		splitting: false,
		write: false,
		logLevel: "error",
	});
	const script = outputFiles[0]?.contents ?? new Uint8Array();
	const page = (await readFile(pathOf("./harness.html"), "utf8")).replaceAll("NONCE", nonce);
	const tabler = await readFile(pathOf("@tabler/core/dist/css/tabler.min.css"));
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? "/", "http://localhost").pathname;
		response.setHeader("content-security-policy", policy);
		if (path === "/harness.js") {
			response.setHeader("content-type", "text/javascript").end(script);
		} else if (path === "/tabler.css") {
			response.setHeader("content-type", "text/css").end(tabler);
		} else {
			response.setHeader("content-type", "text/html; charset=utf-8").end(page);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = typeof address === "object" && address ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}/`,
		gzipBytes: gzipSync(script).length,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
