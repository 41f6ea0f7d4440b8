import type { Readable } from "node:stream";

/** Keeps the bytes of media files under `folder/name`; a directory or an object store. */
export interface FileStore {
	/** Writes a new file; refuses to overwrite. Folder and name are ours (catalog folder, uuid + extension), never a user's text. */
	write(folder: string, name: string, content: Uint8Array): Promise<void>;
	/** Bytes as a stream with their number, or null when missing. */
	read(folder: string, name: string): Promise<{ stream: Readable; sizeBytes: number } | null>;
	/** A missing file is no error. */
	remove(folder: string, name: string): Promise<void>;
}
