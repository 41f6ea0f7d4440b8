/** Part of a file, both ends included. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** More parts than this are not worth the trouble: the whole file is sent. */
const maxRanges = 16;

/**
 * Reads a `Range` header (RFC 9110 §14.1).
 * @returns the parts that exist, `unsatisfiable` (416) when none does, null to send the whole file: absent, malformed, other unit,
 * too many parts, or parts that together are longer than the file
 */
export function parseRanges(header: string | null, sizeBytes: number): readonly ByteRange[] | "unsatisfiable" | null {
	const list = /^bytes=(.+)$/i.exec(header?.trim() ?? "")?.[1];
	if (!list) return null;
	const ranges: ByteRange[] = [];
	const specs = list.split(",").map((spec) => spec.trim());
	for (const spec of specs.filter((text) => text !== "")) {
		const match = /^(\d{0,15})-(\d{0,15})$/.exec(spec);
		if (!match || spec === "-") return null;
		const [first = "", last = ""] = match.slice(1);
		const start = first === "" ? Math.max(0, sizeBytes - Number(last)) : Number(first);
		const end = first === "" || last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
		if (first !== "" && last !== "" && Number(last) < Number(first)) return null;
		if (start <= end && start < sizeBytes) ranges.push({ start, end });
	}
	if (ranges.length === 0) return "unsatisfiable";
	const total = ranges.reduce((sum, range) => sum + range.end - range.start + 1, 0);
	if (ranges.length > maxRanges || (ranges.length > 1 && total > sizeBytes)) return null;
	return ranges;
}

/** State of a file that conditions compare with. */
export interface FileState {
	readonly etag: string;
	/** Whole seconds. */
	readonly modified: Date;
}

/**
 * Evaluates the conditions of a request in the order of RFC 9110 §13.2.2.
 * @returns 304 or 412, or null to answer as usual
 */
export function checkConditions(headers: Headers, file: FileState): 304 | 412 | null {
	const ifMatch = headers.get("If-Match");
	const ifUnmodifiedSince = parseTime(headers.get("If-Unmodified-Since"));
	if (ifMatch !== null) {
		if (!listsEtag(ifMatch, file.etag)) return 412;
	} else if (ifUnmodifiedSince !== null && file.modified.getTime() > ifUnmodifiedSince) {
		return 412;
	}
	const ifNoneMatch = headers.get("If-None-Match");
	if (ifNoneMatch !== null) return listsEtag(ifNoneMatch.replaceAll("W/", ""), file.etag) ? 304 : null;
	const ifModifiedSince = parseTime(headers.get("If-Modified-Since"));
	return ifModifiedSince !== null && file.modified.getTime() <= ifModifiedSince ? 304 : null;
}

/** Whether `If-Range` allows parts: absent, or the very state that the client has. */
export function allowsRanges(headers: Headers, file: FileState): boolean {
	const ifRange = headers.get("If-Range");
	if (ifRange === null) return true;
	return ifRange.includes('"') ? ifRange.trim() === file.etag : parseTime(ifRange) === file.modified.getTime();
}

function listsEtag(list: string, etag: string): boolean {
	return list.trim() === "*" || list.split(",").some((entry) => entry.trim() === etag);
}

function parseTime(text: string | null): number | null {
	const time = text === null ? Number.NaN : Date.parse(text);
	return Number.isNaN(time) ? null : time;
}
