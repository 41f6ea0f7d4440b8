// What the browser gets: scripts, stylesheet, icons; each with a hash of its content in its name.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { filesBelow, hashInputs } from "./build-cache.mjs";
import { root } from "./runtime.mjs";

const web = path.join(root, "packages/web/src");
const islandsFolder = path.join(web, "islands");

/** Writes a file as `<name>.<hash>.<ext>`, with a compressed copy beside it; returns the name. */
function writeHashed(folder, name, content) {
	const bytes = Buffer.from(content);
	const { name: stem, ext } = path.parse(name);
	const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
	const fileName = `${stem}.${hash}${ext}`;
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, fileName), bytes);
	writeFileSync(path.join(folder, `${fileName}.gz`), gzipSync(bytes, { level: 9 }));
	return fileName;
}

/** Builds one part unless it is fresh; returns its entries of the manifest. */
async function cached(cache, folder, part, hash, build) {
	if (!cache.isFresh(part, hash)) {
		const names = await build();
		cache.remember(
			part,
			hash,
			Object.values(names).map((name) => path.join(folder, name)),
		);
	}
	return Object.fromEntries(
		cache.outputsOf(part).map((file) => {
			const name = path.basename(file);
			return [name.replace(/\.[0-9a-f]{10}(?=\.\w+$)/, ""), name];
		}),
	);
}

/** Entry files by name: the page's script, the one before the first paint, and one per island. */
function scriptEntries() {
	const islands = readdirSync(islandsFolder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(path.join(islandsFolder, entry.name, "island.ts")))
		.map((entry) => [`island-${entry.name}`, path.join(islandsFolder, entry.name, "island.ts")]);
	return { app: path.join(islandsFolder, "app.ts"), theme: path.join(islandsFolder, "theme.ts"), ...Object.fromEntries(islands) };
}

/** Bundles each entry by itself, without shared pieces: one request per island. */
async function buildScripts(folder) {
	const entries = Object.entries(scriptEntries());
	const built = await Promise.all(
		entries.map(async ([name, file]) => {
			const result = await esbuild.build({
				entryPoints: [file],
				bundle: true,
				minify: true,
				format: name === "theme" ? "iife" : "esm",
				target: ["es2022"],
				platform: "browser",
				loader: { ".css": "text" },
				legalComments: "none",
				outfile: `${name}.js`,
				write: false,
			});
			return [`${name}.js`, writeHashed(folder, `${name}.js`, result.outputFiles[0].contents)];
		}),
	);
	return Object.fromEntries(built);
}

async function buildStylesheet(folder) {
	const sass = await import("sass");
	const { css } = sass.compile(path.join(web, "styles/style.scss"), {
		loadPaths: [path.join(root, "node_modules")],
		style: "compressed",
		quietDeps: true,
		logger: sass.Logger.silent,
	});
	return { "style.css": writeHashed(folder, "style.css", css) };
}

const iconNamesFile = path.join(web, "components/icon-names.ts");
const faviconFile = path.join(web, "styles/favicon.svg");

/** One sprite of the icons that pages use. */
function buildIcons(folder) {
	const names = [...readFileSync(iconNamesFile, "utf8").matchAll(/^\t"([\w-]+)",$/gm)].map((match) => match[1]);
	const symbols = names.map((name) => {
		const file = name.endsWith("-filled") ? `filled/${name.slice(0, -"-filled".length)}.svg` : `outline/${name}.svg`;
		const svg = readFileSync(path.join(root, "node_modules/@tabler/icons/icons", file), "utf8");
		const shapes = svg
			.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
			.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
			.replaceAll(/\s+/g, " ")
			.trim();
		return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
	});
	const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
	return {
		"icons.svg": writeHashed(folder, "icons.svg", sprite),
		"favicon.svg": writeHashed(folder, "favicon.svg", readFileSync(faviconFile)),
	};
}

/** Builds what has changed, writes the manifest, removes what is no longer named in it. */
export async function buildBrowser(cache, folder) {
	const recipe = readFileSync(new URL(import.meta.url), "utf8");
	const lock = path.join(root, "package-lock.json");
	const isCode = (name) => /\.(ts|tsx|css|json)$/.test(name);
	const sources = [...filesBelow(islandsFolder, isCode), ...filesBelow(path.join(root, "packages/domain/src"), isCode), lock];
	const styles = [...filesBelow(path.join(web, "styles"), (name) => name.endsWith(".scss")), lock];
	const parts = await Promise.all([
		cached(cache, folder, "scripts", hashInputs(sources, recipe), () => buildScripts(folder)),
		cached(cache, folder, "icons", hashInputs([iconNamesFile, faviconFile, lock], recipe), async () => buildIcons(folder)),
		cached(cache, folder, "stylesheet", hashInputs(styles, recipe), () => buildStylesheet(folder)),
	]);
	const manifest = Object.assign({}, ...parts);
	writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(manifest, null, "\t"));
	const kept = new Set([...Object.values(manifest).flatMap((name) => [name, `${name}.gz`]), "manifest.json"]);
	for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(path.join(folder, name), { recursive: true });
	return manifest;
}
