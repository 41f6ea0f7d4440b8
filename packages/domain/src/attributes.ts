/** Attributes of samples (data-model.md §5, Sample): well-known ones carry their type, any other is CUSTOM. */
import { AttributeType, type IdOf, membersOf } from "./catalog.ts";

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
