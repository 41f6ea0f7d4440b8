/** Largest number of libraries that may be named at once. */
const maxNamedLibraries = 5_000;

const maxId = 2_147_483_647;

/**
 * Ids of libraries as people and addresses write them: numbers and ranges, separated by commas, semicolons or blanks (`12, 15-20`).
 * Each id once, in the order given; null when it is anything else, or too many.
 */
export function parseLibraryIds(text: string): number[] | null {
	const ids = new Set<number>();
	for (const part of text.split(/[\s,;]+/u).filter((item) => item !== "")) {
		const range = /^(\d{1,10})(?:[-–](\d{1,10}))?$/u.exec(part);
		const first = Number(range?.[1]);
		const last = Number(range?.[2] ?? range?.[1]);
		if (!range || first < 1 || last < first || last > maxId || ids.size + last - first >= maxNamedLibraries) return null;
		for (let id = first; id <= last; id++) ids.add(id);
	}
	return [...ids];
}
