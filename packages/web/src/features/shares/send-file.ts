import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { ResolvedPath } from "@opengsync/core/sharing/resolve-path";
import { readStorage } from "@opengsync/core/sharing/storage";
import { encodePath } from "./addresses.ts";
import { allowsRanges, type ByteRange, checkConditions, parseRanges } from "./byte-ranges.ts";
import { fileHeaders } from "./file-headers.ts";
import { streamOf } from "./stream-of.ts";

/** How bytes go out. */
export interface SendFileOptions {
	/** Share root with links resolved, and the proxy's internal location for it (`/nginx-share`); null = this process sends. */
	readonly proxy: { readonly realRoot: string; readonly location: string } | null;
}

/**
 * Answers with a file that {@link resolvePath} has let through: by hand-over to the proxy, or streamed with ranges, conditions
 * and HEAD (access-and-web.md §14.1, §16).
 * @throws NotFoundError when it cannot be opened any more
 * @throws UnavailableError when the storage does not answer
 */
export async function sendFile(request: Request, file: ResolvedPath, options: SendFileOptions): Promise<Response> {
	const headers = fileHeaders(file);
	const isHead = request.method === "HEAD";
	if (options.proxy && !isHead) {
		const relative = file.realPath.slice(options.proxy.realRoot.length + 1);
		headers.set("X-Accel-Redirect", `${options.proxy.location}/${encodePath(relative)}`);
		return new Response(null, { headers });
	}
	const condition = checkConditions(request.headers, file);
	if (condition !== null) return new Response(null, { status: condition, headers });
	if (isHead) {
		headers.set("Content-Length", String(file.sizeBytes));
		return new Response(null, { headers });
	}
	const wanted = allowsRanges(request.headers, file) ? parseRanges(request.headers.get("Range"), file.sizeBytes) : null;
	if (wanted === "unsatisfiable") {
		headers.set("Content-Range", `bytes */${file.sizeBytes}`);
		headers.delete("Content-Disposition");
		return new Response(null, { status: 416, headers });
	}
	// The path is free of links, so a link here was put there after the check.
	const handle = await readStorage(() => open(file.realPath, constants.O_RDONLY | constants.O_NOFOLLOW));
	if (wanted === null) return sendWhole(handle, file, headers);
	const [only] = wanted;
	return wanted.length === 1 && only ? sendPart(handle, file, only, headers) : sendParts(handle, file, wanted, headers);
}

function sendWhole(handle: FileHandle, file: ResolvedPath, headers: Headers): Response {
	headers.set("Content-Length", String(file.sizeBytes));
	return new Response(
		streamOf(readRange(handle, { start: 0, end: file.sizeBytes - 1 }), () => handle.close()),
		{ headers },
	);
}

function sendPart(handle: FileHandle, file: ResolvedPath, range: ByteRange, headers: Headers): Response {
	headers.set("Content-Length", String(range.end - range.start + 1));
	headers.set("Content-Range", `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
	return new Response(
		streamOf(readRange(handle, range), () => handle.close()),
		{ status: 206, headers },
	);
}

/** Several parts as `multipart/byteranges` (RFC 9110 §14.6). */
function sendParts(handle: FileHandle, file: ResolvedPath, ranges: readonly ByteRange[], headers: Headers): Response {
	const boundary = randomUUID();
	const encoder = new TextEncoder();
	const contentType = headers.get("Content-Type") ?? "application/octet-stream";
	const heads = ranges.map((range) =>
		encoder.encode(
			`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Range: bytes ${range.start}-${range.end}/${file.sizeBytes}\r\n\r\n`,
		),
	);
	const tail = encoder.encode(`\r\n--${boundary}--\r\n`);
	const partsLength = ranges.reduce((sum, range, index) => sum + (heads[index]?.length ?? 0) + range.end - range.start + 1, 0);
	headers.set("Content-Type", `multipart/byteranges; boundary=${boundary}`);
	headers.set("Content-Length", String(partsLength + tail.length));
	async function* parts() {
		for (const [index, range] of ranges.entries()) {
			yield heads[index] ?? tail;
			yield* readRange(handle, range);
		}
		yield tail;
	}
	return new Response(
		streamOf(parts(), () => handle.close()),
		{ status: 206, headers },
	);
}

const chunkBytes = 256 * 1024;

/** @throws Error when the file has become shorter, which ends the transfer visibly incomplete */
async function* readRange(handle: FileHandle, range: ByteRange): AsyncGenerator<Uint8Array> {
	let position = range.start;
	while (position <= range.end) {
		const buffer = new Uint8Array(Math.min(chunkBytes, range.end - position + 1));
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
		if (bytesRead === 0) throw new Error("A shared file became shorter while it was sent");
		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}
