import { statfs } from "node:fs/promises";

/** Room on the volume of a folder, in bytes. */
export interface StorageSpace {
	readonly usedBytes: number;
	/** What the process may still write. */
	readonly freeBytes: number;
	readonly totalBytes: number;
	/** 0 to 100. */
	readonly usedPercent: number;
}

/** Measures the volume that holds a folder (background-and-ops.md §5.2). @throws when the folder is missing */
export async function measureStorage(folder: string): Promise<StorageSpace> {
	const { bsize, blocks, bfree, bavail } = await statfs(folder);
	const totalBytes = blocks * bsize;
	const usedBytes = (blocks - bfree) * bsize;
	return { usedBytes, freeBytes: bavail * bsize, totalBytes, usedPercent: totalBytes === 0 ? 0 : (usedBytes / totalBytes) * 100 };
}
