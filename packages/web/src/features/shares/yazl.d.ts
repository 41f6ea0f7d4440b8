/** The part of yazl 3 that we use; the package brings no types. */
declare module "yazl" {
	import type { Readable } from "node:stream";

	export interface EntryOptions {
		mtime?: Date;
		mode?: number;
		compress?: boolean;
		forceZip64Format?: boolean;
		size?: number;
	}

	export class ZipFile {
		readonly outputStream: Readable;
		addReadStream(stream: Readable, metadataPath: string, options?: EntryOptions): void;
		addBuffer(buffer: Buffer, metadataPath: string, options?: EntryOptions): void;
		end(options?: { forceZip64Format?: boolean }): void;
		on(event: "error", listener: (error: Error) => void): this;
	}
}
