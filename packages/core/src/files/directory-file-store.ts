import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, open, rm, unlink } from "node:fs/promises";
import path from "node:path";
import type { FileStore } from "./file-store.ts";

const safeName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/;

/**
 * Keeps files in a directory, `<root>/<folder>/<name>`. A file appears whole or not at all, also after a power cut, and none is
 * ever overwritten.
 * @throws Error for a folder or name that is not ours (letters, digits, `_`, `-`, `.`)
 */
export function createDirectoryFileStore(root: string): FileStore {
	const locate = (folder: string, name: string) => {
		if (!safeName.test(folder) || !safeName.test(name)) throw new Error("Not a name of a stored file");
		return path.join(root, folder, name);
	};
	return {
		async write(folder, name, content) {
			const file = locate(folder, name);
			await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
			const partial = path.join(path.dirname(file), `.${randomUUID()}.partial`);
			try {
				const handle = await open(partial, "wx", 0o600);
				try {
					await handle.writeFile(content);
					await handle.sync();
				} finally {
					await handle.close();
				}
				// A hard link fails if the name is taken, unlike a rename.
				await link(partial, file);
			} finally {
				await rm(partial, { force: true });
			}
		},
		async read(folder, name) {
			try {
				const handle = await open(locate(folder, name), "r");
				const { size } = await handle.stat();
				return { stream: createReadStream("", { fd: handle }), sizeBytes: size };
			} catch (error) {
				if (isMissingFile(error)) return null;
				throw error;
			}
		},
		async remove(folder, name) {
			try {
				await unlink(locate(folder, name));
			} catch (error) {
				if (!isMissingFile(error)) throw error;
			}
		},
	};
}

function isMissingFile(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
