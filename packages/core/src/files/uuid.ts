import { randomBytes } from "node:crypto";

/** A UUID of version 7, lower case, 36 characters: names of stored files sort by time (data-model.md §1). Never a secret. */
export function createUuid(now: Date = new Date()): string {
	const bytes = randomBytes(16);
	bytes.writeUIntBE(now.getTime(), 0, 6);
	bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
