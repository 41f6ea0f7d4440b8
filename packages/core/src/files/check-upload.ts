import { type MediaFileType, type MemberOf, uploads } from "@opengsync/domain/catalog";
import { InvalidInputError } from "../errors.ts";

/** A file as a browser or script sent it. */
export interface UploadedFile {
	readonly fileName: string;
	readonly content: Uint8Array;
}

const nameMaxLength = 64;
const signatures: Readonly<Record<string, readonly number[]>> = {
	pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
	png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
	jpg: [0xff, 0xd8, 0xff],
	jpeg: [0xff, 0xd8, 0xff],
	xlsx: [0x50, 0x4b, 0x03, 0x04],
};

/**
 * Checks an attachment: extension, size, and that the content is what the extension says (access-and-web.md §13.2).
 * @returns name without extension, cut to 64 characters, and the extension with leading dot in lower case
 * @throws InvalidInputError at the field `file`
 */
export function checkUpload(file: UploadedFile, type: MemberOf<typeof MediaFileType>): { name: string; extension: string } {
	const allowed: readonly string[] = type.extensions ?? uploads.extensions;
	const plainName = (file.fileName.split(/[/\\]/).at(-1) ?? "").replace(/\p{Cc}/gu, "").trim();
	const dot = plainName.lastIndexOf(".");
	const extension = dot < 0 ? "" : plainName.slice(dot + 1).toLowerCase();
	if (plainName === "" || file.content.length === 0) throw invalidFile("Choose a file that is not empty.");
	if (!allowed.includes(extension)) throw invalidFile(`Only these files are allowed: ${allowed.join(", ")}.`);
	if (file.content.length > type.maxSizeMegabytes * uploads.bytesPerMegabyte) {
		throw invalidFile(`The file is larger than ${type.maxSizeMegabytes} MB.`);
	}
	if (!contentFits(file.content, extension)) throw invalidFile(`The file is not a ${extension} file.`);
	const characters = [...plainName.slice(0, dot)];
	while (characters.join("").length > nameMaxLength) characters.pop();
	return { name: characters.join("").trim() || "file", extension: `.${extension}` };
}

function contentFits(content: Uint8Array, extension: string): boolean {
	const signature = signatures[extension];
	return signature ? signature.every((byte, index) => content[index] === byte) : !content.includes(0);
}

function invalidFile(message: string): InvalidInputError {
	return new InvalidInputError([{ field: "file", message }]);
}
