/** Attributes of samples (data-model.md §5, Sample): well-known ones carry their type, any other is CUSTOM. */
import { AttributeType, type IdOf, membersOf } from "./catalog.ts";
import { fieldNameOf } from "./sheets/match-headers.ts";

/** Attributes of a sample as stored, by name. */
export type SampleAttributes = Readonly<Record<string, { readonly type_id: number; readonly value: string }>>;

/** Longest name and longest value. */
export const maxAttributeLength = 64;

/** Shortest name that a user types. */
const minNameLength = 3;

/** Names of the well-known attributes: `sex`, `cell_type`, … */
export const wellKnownAttributes: readonly string[] = membersOf(AttributeType)
	.filter((type) => type.id !== AttributeType.CUSTOM.id)
	.map((type) => type.label);

/** Type of an attribute: the well-known one whose name this is, else CUSTOM. */
export function attributeTypeOf(name: string): IdOf<typeof AttributeType> {
	return membersOf(AttributeType).find((type) => type.label === name)?.id ?? AttributeType.CUSTOM.id;
}

/** What is wrong with a name, as the end of a sentence, or null. */
export function faultOfAttributeName(name: string): string | null {
	if (name.length > maxAttributeLength) return `too long: at most ${maxAttributeLength} characters`;
	if (name.length < minNameLength) return `too short: choose a descriptive name with at least ${minNameLength} characters`;
	return null;
}

/** Values of stored attributes by normalised name. */
export function readAttributes(stored: SampleAttributes | null): Map<string, string> {
	return new Map(Object.entries(stored ?? {}).map(([name, { value }]) => [fieldNameOf(name), String(value)]));
}

/**
 * Attributes after a change: a text replaces, an empty one deletes, what is not named stays as it is stored; null when none is left.
 * @param changes texts by normalised name
 */
export function changeAttributes(stored: SampleAttributes | null, changes: ReadonlyMap<string, string>): SampleAttributes | null {
	const kept = Object.entries(stored ?? {}).filter(([name]) => !changes.has(fieldNameOf(name)));
	const given = [...changes].filter(([, value]) => value !== "");
	const changed = [...kept, ...given.map(([name, value]) => [name, { type_id: attributeTypeOf(name), value }] as const)];
	return changed.length > 0 ? Object.fromEntries(changed) : null;
}

/** What has to change so that a sample has exactly `wanted`, both by normalised name; an empty text deletes. */
export function compareAttributes(
	present: ReadonlyMap<string, string>,
	wanted: ReadonlyMap<string, string>,
): Map<string, string> {
	const names = [...new Set([...present.keys(), ...wanted.keys()])].filter((name) => present.get(name) !== wanted.get(name));
	return new Map(names.map((name) => [name, wanted.get(name) ?? ""]));
}
