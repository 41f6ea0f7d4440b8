/** Names of what is cloned (requests-and-annotation.md §2.8). */

const maxPoolName = 64;
const maxRequestName = 128;

/** `<name>_re<clone number>`; the name is cut so that it fits 64 characters. */
export function clonedPoolName(name: string, cloneNumber: number): string {
	const ending = `_re${cloneNumber}`;
	return name.slice(0, maxPoolName - ending.length) + ending;
}

/** `RE: <name>`, cut to 128 characters. */
export function clonedRequestName(name: string): string {
	return `RE: ${name}`.slice(0, maxRequestName);
}
