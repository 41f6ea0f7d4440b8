// Kits of all kinds and feature kits: lists, and the features of a kit. Index kits: index-kits.ts.
import { FeatureType, KitType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { ListSpec } from "../list-query.ts";
import type { Reader } from "../transaction.ts";
import { enumerationColumn, enumerationFilter, idColumn, ref, textColumn } from "./list-columns.ts";

/** A row of the list of kits. */
export interface KitRow {
	id: number;
	identifier: string;
	name: string;
	/** Catalog kitType. */
	kit_type_id: number;
}

const id = ref<number>("kit.id");

/** Kits of all kinds; for every active user. */
export const kitList: ListSpec<KitRow, "id" | "identifier" | "name" | "type", never> = {
	table: "kit",
	id,
	columns: {
		id: idColumn(id),
		identifier: textColumn("kit.identifier"),
		name: textColumn("kit.name"),
		type: enumerationColumn(KitType, "kit.kit_type_id"),
	},
	scopes: {},
	visible: () => sql<boolean>`true`,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) => db.selectFrom("kit").select(["id", "identifier", "name", "kit_type_id"]).where("id", "in", ids).execute(),
};

/** A row of the list of feature kits. */
export interface FeatureKitRow {
	id: number;
	identifier: string;
	name: string;
	/** Catalog featureType. */
	type_id: number;
}

const featureType = sql`(select k.type_id from feature_kit as k where k.id = kit.id)`;

/** Feature kits; for every active user. */
export const featureKitList: ListSpec<FeatureKitRow, "id" | "identifier" | "name" | "type", never> = {
	table: "kit",
	id,
	columns: {
		id: idColumn(id),
		identifier: textColumn("kit.identifier"),
		name: textColumn("kit.name"),
		type: {
			sort: featureType,
			filter: enumerationFilter(FeatureType, (ids) => sql<boolean>`${featureType} = any(${ids}::integer[])`),
		},
	},
	scopes: {},
	visible: () => sql<boolean>`exists (select from feature_kit as k where k.id = kit.id)`,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("kit")
			.innerJoin("feature_kit", "feature_kit.id", "kit.id")
			.select(["kit.id", "kit.identifier", "kit.name", "feature_kit.type_id"])
			.where("kit.id", "in", ids)
			.execute(),
};

/** A feature of a kit. */
export interface FeatureRow {
	readonly id: number;
	readonly name: string;
	readonly identifier: string | null;
	readonly target_name: string | null;
	readonly target_id: string | null;
	readonly sequence: string;
	readonly pattern: string;
	readonly read: string;
}

/** A feature kit with its features in the order of the kit. */
export interface FeatureKitContent extends FeatureKitRow {
	readonly features: FeatureRow[];
}

/** The feature kit with all that is in it, in one statement; undefined when there is none with this id. */
export async function findFeatureKit(reader: Reader, kitId: number): Promise<FeatureKitContent | undefined> {
	const { rows } = await sql<FeatureKitContent>`
		SELECT kit.id, kit.identifier, kit.name, fk.type_id, COALESCE((
			SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'identifier', f.identifier, 'target_name', f.target_name,
				'target_id', f.target_id, 'sequence', f.sequence, 'pattern', f.pattern, 'read', f.read) ORDER BY f.id)
			FROM feature f WHERE f.feature_kit_id = fk.id), '[]') AS features
		FROM feature_kit fk JOIN kit ON kit.id = fk.id WHERE fk.id = ${kitId}`.execute(reader);
	return rows[0];
}
