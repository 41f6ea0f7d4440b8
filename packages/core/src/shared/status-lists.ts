import { type CatalogMember, type Enumeration, isBelow, membersOf } from "@opengsync/domain/catalog";
import { type RawBuilder, sql } from "kysely";

/** Ids of members of the catalog as SQL literals, for `IN (…)`. */
export function idList(members: readonly CatalogMember[]): RawBuilder<unknown> {
	return sql.join(members.map((member) => sql.lit(member.id)));
}

/** Ids of the statuses below one of them, as {@link idList}. */
export function idsBelow(statuses: Enumeration, limit: CatalogMember): RawBuilder<unknown> {
	return idList(membersOf(statuses).filter((status) => isBelow(status, limit)));
}
