// Skips the parts of the build whose inputs have not changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** All files below a folder whose name passes, in a fixed order; tests are left out. */
export function filesBelow(folder, isWanted) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && isWanted(entry.name) && !/\.test\.tsx?$/.test(entry.name))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/** Hash of files, and of anything else that decides about the result. */
export function hashInputs(files, rest = "") {
	const hash = createHash("sha256").update(rest);
	for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file));
	return hash.digest("hex");
}

/** What was built from what, kept from one build to the next. */
export class BuildCache {
	constructor(file) {
		this.file = file;
		this.hashes = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
	}

	/** Whether a part was built from exactly these inputs and all it made is still there. */
	isFresh(part, hash) {
		const known = this.hashes[part];
		return known?.hash === hash && known.outputs.every((output) => existsSync(output));
	}

	/** What a part made the last time. */
	outputsOf(part) {
		return this.hashes[part]?.outputs ?? [];
	}

	/** Remembers what a part was built from and what it made. */
	remember(part, hash, outputs) {
		this.hashes[part] = { hash, outputs };
		mkdirSync(path.dirname(this.file), { recursive: true });
		writeFileSync(this.file, JSON.stringify(this.hashes, null, "\t"));
	}
}
