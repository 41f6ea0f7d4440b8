import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** Set to write the matrix files instead of comparing with them. */
const updateVariable = "OPENGSYNC_UPDATE_MATRIX";

/** How to accept a change. */
const hint = `If this is what access-and-web.md §2–§3 demand, run \`${updateVariable}=1 npx vitest run tests/access\` and review the diff.`;

/** A line of a table: cells in columns of the given widths. */
export function tableLine(cells: readonly string[], widths: readonly number[]): string {
	return cells
		.map((text, index) => text.padEnd(widths[index] ?? 0))
		.join(" ")
		.trimEnd();
}

function readLines(file: URL): string[] {
	try {
		return readFileSync(file, "utf8").split("\n");
	} catch {
		return [];
	}
}

/** Lines that one has and the other has not; the same line may occur in several blocks. */
function missingIn(lines: readonly string[], others: readonly string[]): string[] {
	const left = new Map<string, number>();
	for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
	return lines.filter((line) => {
		const count = left.get(line) ?? 0;
		left.set(line, count - 1);
		return count <= 0;
	});
}

/** Compares with the checked-in file, line by line, or writes it when asked to. */
export function expectMatrix(file: URL, lines: readonly string[]): void {
	const text = `${lines.join("\n")}\n`;
	if (process.env[updateVariable] === "1") {
		writeFileSync(file, text);
		return;
	}
	const stored = readLines(file);
	const gone = missingIn(stored, [...lines, ""]).map((line) => `- ${line}`);
	const come = missingIn(lines, stored).map((line) => `+ ${line}`);
	expect([...gone, ...come].join("\n"), hint).toBe("");
	expect(stored.join("\n"), hint).toBe(text);
}
