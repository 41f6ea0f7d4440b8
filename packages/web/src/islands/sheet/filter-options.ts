/** Options that contain the text in any case; those that begin with it first. */
export function filterOptions(options: readonly string[], typed: string): readonly string[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === "") {
		return options;
	}
	const words = wanted.split(/\s+/u);
	const beginning: string[] = [];
	const containing: string[] = [];
	for (const option of options) {
		const text = option.toLowerCase();
		if (text.startsWith(wanted)) {
			beginning.push(option);
		} else if (words.every((word) => text.includes(word))) {
			containing.push(option);
		}
	}
	return [...beginning, ...containing];
}
