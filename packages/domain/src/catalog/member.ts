/** What every value of an enumeration of the catalog has; many carry further attributes (see catalog.json). */
export interface CatalogMember {
	/** Number stored in the database; fixed for ever. */
	readonly id: number;
	/** Stable name for code, exports and the API. */
	readonly key: string;
	/** Text shown to users. */
	readonly label: string;
	readonly icon?: string;
	readonly abbreviation?: string;
	readonly description?: string;
	/** True for a status off the regular line of progress. */
	readonly final?: boolean;
	/** Id as which a status is compared where statuses are compared by order. */
	readonly comparesAs?: number;
}

/** An enumeration of the catalog: members by key. */
export type Enumeration = Readonly<Record<string, CatalogMember>>;

/** Members of an enumeration as a union type. */
export type MemberOf<E extends Enumeration> = E[keyof E];

/** Ids of an enumeration as a union type. */
export type IdOf<E extends Enumeration> = E[keyof E]["id"];

/** Thrown for an id that an enumeration does not have. */
export class UnknownMemberError extends Error {
	constructor(id: unknown) {
		super(`No value with id ${String(id)} in this enumeration`);
		this.name = "UnknownMemberError";
	}
}

/** All members in the order of the catalog. */
export function membersOf<E extends Enumeration>(enumeration: E): MemberOf<E>[] {
	return Object.values(enumeration) as MemberOf<E>[];
}

const indexes = new WeakMap<Enumeration, Map<number, CatalogMember>>();

/** The member with this id, or null. */
export function findMember<E extends Enumeration>(enumeration: E, id: number | null | undefined): MemberOf<E> | null {
	if (id === null || id === undefined) return null;
	let index = indexes.get(enumeration);
	if (!index) {
		index = new Map(Object.values(enumeration).map((member) => [member.id, member]));
		indexes.set(enumeration, index);
	}
	return (index.get(id) as MemberOf<E> | undefined) ?? null;
}

/** The member with this id; throws {@link UnknownMemberError}. */
export function memberById<E extends Enumeration>(enumeration: E, id: number): MemberOf<E> {
	const member = findMember(enumeration, id);
	if (!member) throw new UnknownMemberError(id);
	return member;
}

/** Number by which a status is compared with others: data-model.md §1, *Ordering of statuses*. */
export function orderOf(member: CatalogMember): number {
	return member.comparesAs ?? member.id;
}

/** Whether status `a` is at least `b` on the line of progress; final states count as past every regular one. */
export function isAtLeast(a: CatalogMember, b: CatalogMember): boolean {
	return orderOf(a) >= orderOf(b);
}

/** Whether status `a` lies before `b` on the line of progress. */
export function isBelow(a: CatalogMember, b: CatalogMember): boolean {
	return orderOf(a) < orderOf(b);
}
