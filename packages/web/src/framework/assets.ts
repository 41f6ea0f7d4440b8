import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { unlessKnown } from "./not-modified.ts";

/** A built file ready to be sent. */
export interface AssetFile {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly gzip: Uint8Array<ArrayBuffer> | null;
	readonly contentType: string;
}

/** What the build made for the browser. */
export interface Assets {
	/** Address of a file by its plain name, e.g. `style.css` → `/static/style.3f2a91c0.css`. */
	url(name: string): string;
	/** Addresses of the islands' scripts by island. */
	readonly islands: Readonly<Record<string, string>>;
	/** The file with this name below `/static/`, or null. */
	read(fileName: string): AssetFile | null;
}

const manifestSchema = z.record(z.string(), z.string());

const contentTypes: Readonly<Record<string, string>> = {
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".map": "application/json",
	".wasm": "application/wasm",
	".png": "image/png",
};

/**
 * Reads what `scripts/build.mjs` made (`dist/web`): the manifest at once, files when first asked for.
 * @throws Error when it has not been built
 */
export function loadAssets(folder: string): Assets {
	const manifestPath = path.join(folder, "manifest.json");
	if (!existsSync(manifestPath)) throw new Error(`${manifestPath} is missing: run "npm run build".`);
	const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestPath, "utf8")));
	const known = new Set([...Object.values(manifest)]);
	const islandEntries = Object.entries(manifest).flatMap(([name, file]) => {
		const island = /^island-(.+)\.js$/.exec(name)?.[1];
		return island ? [[island, `/static/${file}`] as const] : [];
	});
	const files = new Map<string, AssetFile>();
	return {
		url: (name) => `/static/${manifest[name] ?? name}`,
		islands: Object.fromEntries(islandEntries),
		read: (fileName) => {
			const cached = files.get(fileName);
			if (cached) return cached;
			if (!known.has(fileName)) return null;
			const file = path.join(folder, fileName);
			const gzip = existsSync(`${file}.gz`) ? new Uint8Array(readFileSync(`${file}.gz`)) : null;
			const asset = {
				bytes: new Uint8Array(readFileSync(file)),
				gzip,
				contentType: contentTypes[path.extname(fileName)] ?? "application/octet-stream",
			};
			files.set(fileName, asset);
			return asset;
		},
	};
}

/** For tests: addresses without files. */
export const noAssets: Assets = { url: (name) => `/static/${name}`, islands: {}, read: () => null };

/** A built file as an answer: never changes under its name. */
export function assetResponse(assets: Assets, fileName: string, request: Request): Response | null {
	const file = assets.read(fileName);
	if (!file) return null;
	const gzip = file.gzip && /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "") ? file.gzip : null;
	const body = gzip ?? file.bytes;
	const response = new Response(body, {
		headers: {
			"Content-Type": file.contentType,
			"Content-Length": String(body.byteLength),
			"Cache-Control": "public, max-age=31536000, immutable",
			ETag: `"${fileName}${gzip ? ".gz" : ""}"`,
			Vary: "Accept-Encoding",
			...(gzip ? { "Content-Encoding": "gzip" } : {}),
		},
	});
	return unlessKnown(request, response);
}
