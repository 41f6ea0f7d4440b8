import type { Tx } from "@opengsync/db/transaction";
import { BarcodeType, FeatureType, KitType, membersOf } from "@opengsync/domain/catalog";
import { type IndexKit, type KitAdapter, KitCsvError, parseKitCsv } from "@opengsync/domain/indices/kit";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError } from "../errors.ts";
import { type KitFeature, parseFeatureCsv } from "./parse-feature-csv.ts";

/** A kit as a table. */
export interface KitFile {
	readonly identifier: string;
	readonly name: string;
	/** Of feature kits the type of its features: a key of *featureType* in lower case, e.g. `cmo`; anything else is an index kit. */
	readonly kind: string;
	/** CSV; of an index kit the columns decide the type of the index. */
	readonly content: string;
}

interface NewIndexKit {
	readonly kit: KitFile;
	readonly index: IndexKit;
}

interface NewFeatureKit {
	readonly kit: KitFile;
	readonly typeId: number;
	readonly features: readonly KitFeature[];
}

/**
 * Adds kits with their adapters and barcodes or features; those whose identifier or name is there already are left as they are
 * (data-model.md §9). The number of statements does not depend on the number of kits.
 * @returns identifiers of the kits that are new
 * @throws BadRequestError for a table that cannot be read; names kit and line, and nothing is imported
 */
export async function importKitFolder(context: Pick<CommandContext, "tx">, kits: readonly KitFile[]): Promise<string[]> {
	const read = kits.map(readKit);
	const ids = await insertKits(context.tx, kits);
	const isNew = ({ kit }: { readonly kit: KitFile }) => ids.has(kit.identifier);
	const indexKits = read.flatMap((kit) => ("index" in kit && isNew(kit) ? [kit] : []));
	const featureKits = read.flatMap((kit) => ("features" in kit && isNew(kit) ? [kit] : []));
	if (indexKits.length > 0) await insertIndexKits(context.tx, indexKits, ids);
	if (featureKits.length > 0) await insertFeatureKits(context.tx, featureKits, ids);
	return [...ids.keys()];
}

const featureTypeOf = (kind: string) => membersOf(FeatureType).find((type) => type.key.toLowerCase() === kind.toLowerCase());

function readKit(kit: KitFile): NewIndexKit | NewFeatureKit {
	const featureType = featureTypeOf(kit.kind);
	try {
		if (featureType) return { kit, typeId: featureType.id, features: parseFeatureCsv(kit.content) };
		return { kit, index: parseKitCsv(kit.content, { id: 0, identifier: kit.identifier, name: kit.name }) };
	} catch (error) {
		if (!(error instanceof KitCsvError || error instanceof BadRequestError)) throw error;
		throw new BadRequestError(`Kit ${kit.identifier}: ${error.message}`);
	}
}

/** Ids of the new kits by identifier. */
async function insertKits(tx: Tx, kits: readonly KitFile[]): Promise<Map<string, number>> {
	const types = kits.map((kit) => (featureTypeOf(kit.kind) ? KitType.FEATURE_KIT.id : KitType.INDEX_KIT.id));
	const { rows } = await sql<{ id: number; identifier: string }>`
		INSERT INTO kit (identifier, name, kit_type_id)
		SELECT * FROM unnest(${kits.map((kit) => kit.identifier)}::text[], ${kits.map((kit) => kit.name)}::text[], ${types}::int[])
		ON CONFLICT DO NOTHING RETURNING id, identifier`.execute(tx);
	return new Map(rows.map((row) => [row.identifier, row.id]));
}

async function insertIndexKits(tx: Tx, kits: readonly NewIndexKit[], ids: ReadonlyMap<string, number>): Promise<void> {
	await sql`
		INSERT INTO index_kit (id, type_id)
		SELECT * FROM unnest(${kits.map(({ kit }) => ids.get(kit.identifier))}::int[], ${kits.map(({ index }) => index.typeId)}::int[])`.execute(
		tx,
	);
	const adapters = kits.flatMap(({ kit, index }) =>
		index.adapters.map((adapter) => ({ adapter, kitId: ids.get(kit.identifier) ?? 0 })),
	);
	const adapterIds = await reserveAdapterIds(tx, adapters.length);
	await sql`
		INSERT INTO adapter (id, well, index_kit_id)
		SELECT * FROM unnest(${adapterIds}::int[], ${adapters.map(({ adapter }) => adapter.well)}::text[],
			${adapters.map(({ kitId }) => kitId)}::int[])`.execute(tx);
	const barcodes = adapters.flatMap(({ adapter, kitId }, position) =>
		barcodesOf(adapter).map((barcode) => ({ ...barcode, well: adapter.well, kitId, adapterId: adapterIds[position] ?? 0 })),
	);
	await sql`
		INSERT INTO barcode (sequence, name, well, type_id, adapter_id, index_kit_id)
		SELECT sequence, name, well, type_id, adapter_id, kit_id FROM unnest(
			${barcodes.map((barcode) => barcode.sequence)}::text[], ${barcodes.map((barcode) => barcode.name)}::text[],
			${barcodes.map((barcode) => barcode.well)}::text[], ${barcodes.map((barcode) => barcode.typeId)}::int[],
			${barcodes.map((barcode) => barcode.adapterId)}::int[], ${barcodes.map((barcode) => barcode.kitId)}::int[])
			WITH ORDINALITY AS b (sequence, name, well, type_id, adapter_id, kit_id, position)
		ORDER BY position`.execute(tx);
}

/** Ids in the order of the kit: the order of adapters is that of their ids. */
async function reserveAdapterIds(tx: Tx, count: number): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`
		SELECT nextval(pg_get_serial_sequence('adapter', 'id'))::int AS id FROM generate_series(1, ${count}::int)`.execute(tx);
	return rows.map((row) => row.id).sort((left, right) => left - right);
}

function barcodesOf(adapter: KitAdapter) {
	return [
		...adapter.i7.map((barcode) => ({ ...barcode, typeId: BarcodeType.INDEX_I7.id })),
		...adapter.i5.map((barcode) => ({ ...barcode, typeId: BarcodeType.INDEX_I5.id })),
	];
}

async function insertFeatureKits(tx: Tx, kits: readonly NewFeatureKit[], ids: ReadonlyMap<string, number>): Promise<void> {
	await sql`
		INSERT INTO feature_kit (id, type_id)
		SELECT * FROM unnest(${kits.map(({ kit }) => ids.get(kit.identifier))}::int[], ${kits.map(({ typeId }) => typeId)}::int[])`.execute(
		tx,
	);
	const features = kits.flatMap(({ kit, typeId, features }) =>
		features.map((feature) => ({ ...feature, typeId, kitId: ids.get(kit.identifier) ?? 0 })),
	);
	await sql`
		INSERT INTO feature (identifier, name, sequence, read, pattern, type_id, feature_kit_id)
		SELECT name, name, sequence, read, pattern, type_id, kit_id FROM unnest(
			${features.map((feature) => feature.name)}::text[], ${features.map((feature) => feature.sequence)}::text[],
			${features.map((feature) => feature.read)}::text[], ${features.map((feature) => feature.pattern)}::text[],
			${features.map((feature) => feature.typeId)}::int[], ${features.map((feature) => feature.kitId)}::int[])
			WITH ORDINALITY AS f (name, sequence, read, pattern, type_id, kit_id, position)
		ORDER BY position`.execute(tx);
}
