import { describe, expect, it } from "vitest";
import { formatFileSize } from "./file-size.ts";

describe("sizes of files", () => {
	it.each<[number | null, string]>([
		[null, "–"],
		[0, "0 B"],
		[1023, "1023 B"],
		[1024, "1.0 KB"],
		[1_572_864, "1.5 MB"],
		[1_048_575, "1.0 MB"],
		[5 * 1024 ** 4, "5.0 TB"],
		[1024 ** 6, "1024.0 PB"],
	])("%s bytes are shown as %s", (bytes, text) => expect(formatFileSize(bytes)).toBe(text));
});
