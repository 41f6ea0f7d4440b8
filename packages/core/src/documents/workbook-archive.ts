import { inflateRawSync } from "node:zlib";
import { UnreadableWorkbookError } from "./workbook-errors.ts";

/** What a workbook may hold: far above any real sheet, far below what would hurt the server. */
const workbookLimits = {
	maxEntries: 2000,
	maxUnpackedBytes: 100 * 1024 * 1024,
	/** Unpacked to packed size of one part; below 1 MB nothing is bomb enough to matter. */
	maxRatio: 200,
	ratioFromBytes: 1024 * 1024,
} as const;

interface ArchiveEntry {
	readonly method: number;
	readonly packedBytes: number;
	readonly unpackedBytes: number;
	readonly headerOffset: number;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;
const storedMethod = 0;
const deflateMethod = 8;

const notAWorkbook = "This file is not an Excel workbook (.xlsx).";
const damaged = "The workbook is damaged and cannot be read.";
const tooLarge = "The workbook unpacks to more than is accepted. Copy the cells into a new workbook, or save the sheet as .csv.";

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Position of the end record of the ZIP directory; it stands last, before an optional comment. */
function findEnd(view: DataView): number {
	const first = Math.max(0, view.byteLength - endLength - longestComment);
	for (let at = view.byteLength - endLength; at >= first; at--) {
		if (view.getUint32(at, true) === endOfDirectory) return at;
	}
	throw new UnreadableWorkbookError(damaged);
}

function readDirectory(view: DataView): ArchiveEntry[] {
	const end = findEnd(view);
	const count = view.getUint16(end + 10, true);
	if (count > workbookLimits.maxEntries) throw new UnreadableWorkbookError(tooLarge);
	const entries: ArchiveEntry[] = [];
	let at = view.getUint32(end + 16, true);
	for (let index = 0; index < count; index++) {
		if (at + 46 > end || view.getUint32(at, true) !== directoryEntry) throw new UnreadableWorkbookError(damaged);
		entries.push({
			method: view.getUint16(at + 10, true),
			packedBytes: view.getUint32(at + 20, true),
			unpackedBytes: view.getUint32(at + 24, true),
			headerOffset: view.getUint32(at + 42, true),
		});
		at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return entries;
}

/** Packed content of an entry; its place is named by the local header, whose lengths may differ from the directory's. */
function packedContent(bytes: Uint8Array, view: DataView, entry: ArchiveEntry): Uint8Array {
	const at = entry.headerOffset;
	if (at + 30 > bytes.length || view.getUint32(at, true) !== localHeader) throw new UnreadableWorkbookError(damaged);
	const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
	if (begin + entry.packedBytes > bytes.length) throw new UnreadableWorkbookError(damaged);
	return bytes.subarray(begin, begin + entry.packedBytes);
}

/** Unpacks an entry without keeping it, so that one that holds more than it says is found before anything parses it. */
function checkUnpackedSize(content: Uint8Array, entry: ArchiveEntry): void {
	if (entry.method === storedMethod && entry.unpackedBytes === content.length) return;
	if (entry.method !== deflateMethod) throw new UnreadableWorkbookError(damaged);
	try {
		const unpacked = inflateRawSync(content, { maxOutputLength: entry.unpackedBytes + 1 });
		if (unpacked.length === entry.unpackedBytes) return;
	} catch {
		// Too much, or not a deflate stream: refused below either way.
	}
	throw new UnreadableWorkbookError(damaged);
}

/**
 * Checks that bytes are a workbook that is safe to parse: ZIP signature, number of parts, declared sizes, ratio, and that no part
 * unpacks to more than it declares.
 * @throws UnreadableWorkbookError with what the user can do
 */
export function checkWorkbookArchive(bytes: Uint8Array): void {
	if (bytes.length < endLength) throw new UnreadableWorkbookError(notAWorkbook);
	const view = viewOf(bytes);
	if (view.getUint32(0, false) === 0xd0cf11e0) {
		throw new UnreadableWorkbookError("This is an old .xls file or protected by a password: save it as a plain .xlsx workbook.");
	}
	if (view.getUint32(0, true) !== localHeader) throw new UnreadableWorkbookError(notAWorkbook);
	const entries = readDirectory(view);
	const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
	if (unpackedBytes > workbookLimits.maxUnpackedBytes) throw new UnreadableWorkbookError(tooLarge);
	for (const entry of entries) {
		const isBomb = entry.unpackedBytes > Math.max(workbookLimits.ratioFromBytes, entry.packedBytes * workbookLimits.maxRatio);
		if (isBomb) throw new UnreadableWorkbookError(tooLarge);
		checkUnpackedSize(packedContent(bytes, view, entry), entry);
	}
}
