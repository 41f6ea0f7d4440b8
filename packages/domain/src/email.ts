/** Longest e-mail address of every form (requests-and-annotation.md §2.1). */
const maxEmailLength = 128;

/** Whether a text is one e-mail address, at most 128 characters. Deliberately plain: one @, a domain with a point, no blanks, commas or brackets. */
export function isEmail(text: string): boolean {
	return text.length <= maxEmailLength && /^[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\.]+(\.[^\s@,;:<>()[\]"\\.]+)+$/u.test(text);
}

/** Address as compared with others: case does not count. */
export function normalizeEmail(text: string): string {
	return text.trim().toLowerCase();
}

/** Addresses of several sources, each once without regard to case, in their order; the first spelling stays (access-and-web.md §15.1). */
export function uniqueEmails(addresses: readonly string[]): string[] {
	const seen = new Map<string, string>();
	for (const address of addresses) {
		const key = normalizeEmail(address);
		if (key !== "" && !seen.has(key)) seen.set(key, address.trim());
	}
	return [...seen.values()];
}

/** Phone number without spaces. */
export function cleanPhone(text: string): string {
	return text.replace(/\s/gu, "");
}
