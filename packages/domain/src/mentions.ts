/** A person who can be mentioned in a comment. */
export interface MentionablePerson {
	readonly email: string;
	/** First and last name. */
	readonly name: string;
}

/** More people than anybody means are not told by one comment. */
const maxMentions = 20;

/** What a name or address may follow: it stands at the begin, after a blank, or after an opening mark. Not inside an address. */
const opensMention = /(?:^|[\s([{"'>,;:/])@/gu;

/** A letter or digit after the text, or an address that goes on. */
const goesOn = /^(?:[\p{L}\p{N}_]|[.@-][\p{L}\p{N}])/u;

/**
 * People who are mentioned in a comment: `@` directly before an e-mail address (`@ann@example.org`) or before first and last name
 * (`@Ann Example`), without regard to case and to how many blanks are between the names. Of several that fit at one place the longest
 * counts; people of the same name are all meant. (extensions.md §8)
 */
export function findMentions<Person extends MentionablePerson>(text: string, people: readonly Person[]): readonly Person[] {
	const plain = text.normalize("NFC").toLowerCase().replaceAll(/\s+/gu, " ");
	const found = new Set<Person>();
	for (const match of plain.matchAll(opensMention)) {
		const rest = plain.slice(match.index + match[0].length, match.index + match[0].length + 300);
		const fitting = people.flatMap((person) => namesOf(person).map((name) => ({ person, name })));
		const here = fitting.filter(({ name }) => rest.startsWith(name) && !goesOn.test(rest.slice(name.length)));
		const longest = Math.max(0, ...here.map(({ name }) => name.length));
		for (const { person, name } of here) if (name.length === longest) found.add(person);
		if (found.size >= maxMentions) break;
	}
	return [...found].slice(0, maxMentions);
}

function namesOf(person: MentionablePerson): string[] {
	const names = [person.email, person.name].map((name) => name.normalize("NFC").toLowerCase().replaceAll(/\s+/gu, " ").trim());
	return names.filter((name) => name !== "");
}
