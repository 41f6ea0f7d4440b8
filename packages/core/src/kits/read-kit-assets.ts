import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { KitFile } from "./import-kits.ts";

/** Folder of the kits that come with the product. */
const kitAssetsFolder = fileURLToPath(new URL("../../assets/kits/", import.meta.url));

/**
 * Reads a folder of kits: `kits.csv` (identifier, name, kind, …, file; comma-separated, no quotes) names one file per kit.
 * @throws Error when the list or a file is missing, or a named file lies outside the folder
 */
export async function readKitAssets(folder: string = kitAssetsFolder): Promise<KitFile[]> {
	const lines = (await readFile(path.join(folder, "kits.csv"), "utf8")).split(/\r?\n/).filter((line) => line.trim() !== "");
	const header = (lines[0] ?? "").split(",");
	return Promise.all(
		lines.slice(1).map(async (line) => {
			const cells = line.split(",");
			const cell = (column: string) => cells[header.indexOf(column)]?.trim() ?? "";
			const file = cell("file");
			if (file === "" || file !== path.basename(file)) throw new Error(`kits.csv: "${file}" is not a file of the folder`);
			const content = await readFile(path.join(folder, file), "utf8");
			return { identifier: cell("identifier"), name: cell("name"), kind: cell("kind"), content };
		}),
	);
}
