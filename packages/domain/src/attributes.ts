/** Attributes of samples (data-model.md §5, Sample): names are normalised, well-known ones carry their type. */
import { AttributeType, type IdOf, membersOf } from "./catalog.ts";

/** Longest name and longest value. */
export const maxAttributeLength = 64;

/** Shortest name of a custom attribute that a user types. */
const minCustomNameLength = 3;

/** An attribute as stored in the free-form payload. */
export interface SampleAttribute {
	readonly type_id: IdOf<typeof AttributeType>;
	readonly value: string;
}

/** Attributes of a sample by normalised name. */
export type SampleAttributes = Readonly<Record<string, SampleAttribute>>;

/** Name as key: trimmed, lower case, blanks to `_`. `" Cell Type"` → `"cell_type"`. */
export function normalizeAttributeName(name: string): string {
	return name.trim().toLowerCase().replace(/\s/gu, "_");
}

/** Type of an attribute: the well-known one whose label its normalised name equals, else CUSTOM. */
export function attributeTypeOf(name: string): IdOf<typeof AttributeType> {
	const normalized = normalizeAttributeName(name);
	return membersOf(AttributeType).find((type) => type.label === normalized)?.id ?? AttributeType.CUSTOM.id;
}

/** What is wrong with a name that a user typed, or null. */
export function checkAttributeName(name: string): string | null {
	const normalized = normalizeAttributeName(name);
	if (normalized.length > maxAttributeLength) return `An attribute name has at most ${maxAttributeLength} characters.`;
	if (attributeTypeOf(normalized) === AttributeType.CUSTOM.id && normalized.length < minCustomNameLength) {
		return `“${name}” is too short: please give the attribute a descriptive name of at least ${minCustomNameLength} characters.`;
	}
	return null;
}

/** Attributes after a change: what is set replaces, an empty value deletes, the rest stays. */
export function changeAttributes(current: SampleAttributes, changes: Readonly<Record<string, string | null>>): SampleAttributes {
	const result = new Map(Object.entries(current));
	for (const [name, text] of Object.entries(changes)) {
		const key = normalizeAttributeName(name);
		const value = text?.trim() ?? "";
		if (value === "") result.delete(key);
		else result.set(key, { type_id: attributeTypeOf(key), value });
	}
	return Object.fromEntries(result);
}
