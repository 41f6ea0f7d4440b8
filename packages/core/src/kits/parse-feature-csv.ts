import { BadRequestError } from "../errors.ts";

/** A feature barcode of a kit. */
export interface KitFeature {
	readonly name: string;
	/** Bases. */
	readonly sequence: string;
	/** `R1` or `R2`. */
	readonly read: string;
	/** Position in the read, e.g. `5P(BC)`. */
	readonly pattern: string;
}

const columns = ["name", "sequence", "read", "pattern"];

/**
 * Reads the table of a feature kit: `name,sequence,read,pattern`, comma-separated, no quotes.
 * @throws BadRequestError that names the line
 */
export function parseFeatureCsv(text: string): KitFeature[] {
	const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
	if (lines[0]?.trim() !== columns.join()) throw new BadRequestError(`Line 1: the columns have to be ${columns.join(", ")}.`);
	return lines.slice(1).flatMap((line, index) => {
		if (line.trim() === "") return [];
		const [name = "", sequence = "", read = "", pattern = "", ...more] = line.split(",").map((cell) => cell.trim());
		const isGood = name !== "" && /^[ACGTN]+$/.test(sequence) && /^R[12]$/.test(read) && pattern !== "" && more.length === 0;
		if (!isGood) throw new BadRequestError(`Line ${index + 2}: name, bases, R1 or R2, and a pattern are expected.`);
		return [{ name, sequence, read, pattern }];
	});
}
