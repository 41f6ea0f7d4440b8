import type { FileStore } from "./file-store.ts";

/** Where the bytes of a media file lie: folder of its type, and uuid with extension. */
export interface StoredFile {
	readonly folder: string;
	readonly name: string;
}

/** What commands did, or want done, to files along with their transaction. */
export interface FileChanges {
	/** Written already; removed again if the transaction fails. */
	readonly written: StoredFile[];
	/** No longer referred to; removed once the transaction has been committed. */
	readonly dropped: StoredFile[];
}

/**
 * Keeps files and database in step: runs a transaction, then removes the dropped files, or the written ones if it failed
 * (access-and-web.md §13.2, data-model.md §1 "Files").
 * @example withFileChanges(services.files, (changes) => exchange.command((context) => storeMediaFile(context, input, changes)))
 */
export async function withFileChanges<Result>(
	files: FileStore,
	transaction: (changes: FileChanges) => Promise<Result>,
): Promise<Result> {
	const changes: FileChanges = { written: [], dropped: [] };
	let result: Result;
	try {
		result = await transaction(changes);
	} catch (error) {
		await removeAll(files, changes.written);
		throw error;
	}
	await removeAll(files, changes.dropped);
	return result;
}

/** A file that cannot be removed now must not turn a committed change, or the real error, into another one. */
async function removeAll(files: FileStore, stored: readonly StoredFile[]): Promise<void> {
	await Promise.allSettled(stored.map((file) => files.remove(file.folder, file.name)));
}
