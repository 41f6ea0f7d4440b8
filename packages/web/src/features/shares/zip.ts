import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { type ResolvedPath, resolvePath, type ShareScope } from "@opengsync/core/sharing/resolve-path";
import { walkTree } from "@opengsync/core/sharing/walk-tree";
import { ZipFile } from "yazl";
import { contentDisposition } from "../../framework/content-disposition.ts";
import { userContentHeaders } from "./file-headers.ts";
import { streamOf } from "./stream-of.ts";

const mode = 0o100644;

/**
 * Streams a folder, or a single file, as a zip: stored, ZIP64, one top folder; what cannot be read is named in `MISSING.txt`
 * (access-and-web.md §16.4).
 * @throws NotFoundError, UnavailableError of the resolver, before anything is sent
 */
export async function sendArchive(request: Request, scope: ShareScope, subpath: string): Promise<Response> {
	const top = await resolvePath(scope, subpath);
	const headers = userContentHeaders("application/zip");
	headers.set("Content-Type", "application/zip");
	headers.set("Content-Disposition", contentDisposition(`${top.name || "archive"}.zip`, false));
	if (request.method === "HEAD") return new Response(null, { headers });
	const zip = new ZipFile();
	const output = zip.outputStream;
	zip.on("error", (error) => output.destroy(error));
	fill(zip, scope, top).catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))));
	return new Response(streamOf(output), { headers });
}

async function fill(zip: ZipFile, scope: ShareScope, top: ResolvedPath): Promise<void> {
	const parentLength = top.path.length - top.name.length;
	const prefix = top.name === "" ? "archive/" : "";
	const nameInZip = (path: string) => prefix + path.slice(parentLength);
	const missing: string[] = [];
	const files = top.isDirectory ? walkTree(scope, top.path, (path) => missing.push(`${nameInZip(path)}/`)) : [top];
	for await (const file of files) {
		if (zip.outputStream.destroyed) return;
		const handle = await openQuietly(file);
		if (handle) await append(zip, handle, file, nameInZip(file.path));
		else missing.push(nameInZip(file.path));
	}
	if (missing.length > 0) {
		const folder = prefix || (top.isDirectory ? `${top.name}/` : "");
		zip.addBuffer(Buffer.from(`${missing.join("\n")}\n`), `${folder}MISSING.txt`, { compress: false, mode });
	}
	zip.end({ forceZip64Format: true });
}

async function openQuietly(file: ResolvedPath): Promise<FileHandle | null> {
	try {
		return await open(file.realPath, constants.O_RDONLY | constants.O_NOFOLLOW);
	} catch {
		return null;
	}
}

/** One file after the other: the next is opened when this one has been read, so that no more than one is open. */
async function append(zip: ZipFile, handle: FileHandle, file: ResolvedPath, name: string): Promise<void> {
	const content: Readable = handle.createReadStream();
	const abandon = () => content.destroy(new Error("The download was given up"));
	zip.outputStream.once("close", abandon);
	zip.addReadStream(content, name, { compress: false, forceZip64Format: true, mtime: file.modified, mode });
	try {
		await finished(content);
	} finally {
		zip.outputStream.off("close", abandon);
	}
}
