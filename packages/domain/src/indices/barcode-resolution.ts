/** Resolution of a row of `barcode_input`: kit, well and names to sequences (requests-and-annotation.md §6.2). */
import { BarcodeOrientation, IndexType } from "../catalog.ts";
import type { BarcodeRowInput, SideInput } from "./barcode-input-row.ts";
import type { ResolvedIndex } from "./index-set.ts";
import { type IndexKit, type IndexSide, type KitAdapter, type KitBarcode, lookupOf } from "./kit.ts";

/** One side with what was found in its kit. */
export interface SideFinding {
	readonly input: SideInput;
	/** Kit given or, for i5, inherited from i7. */
	readonly kit: IndexKit | null;
	readonly barcode: KitBarcode | null;
	/** Adapter at the well; null without well or when the kit has no such well. */
	readonly wellAdapter: KitAdapter | null;
	/** Name and well are both given and denote different adapters. */
	readonly isContradictory: boolean;
	/** After resolution; null without sequence. */
	readonly resolved: ResolvedIndex | null;
}

/** A row with everything that its checks need. */
export interface RowFinding {
	readonly input: BarcodeRowInput;
	readonly i7: SideFinding;
	readonly i5: SideFinding;
	/** The i7 name occurs with several i5 in its dual kit, and neither well nor i5 name says which. */
	readonly isI5Ambiguous: boolean;
}

/** Whether the adapters of a kit have wells and belong i7 with i5 (dual). */
function isDual(kit: IndexKit | null): boolean {
	return kit?.typeId === IndexType.DUAL_INDEX.id;
}

/** Whether a kit is addressed by names only. */
export function isCombinatorial(kit: IndexKit | null): boolean {
	return kit?.typeId === IndexType.COMBINATORIAL_DUAL_INDEX.id;
}

/** Resolves a row whose kits are known. Combinatorial kits by name only; others by name, otherwise by well. */
export function resolveRow(input: BarcodeRowInput, kitsById: ReadonlyMap<number, IndexKit>): RowFinding {
	const kitI7 = kitOf(input.i7, kitsById);
	const inherits = input.i5.kitId === null && (isDual(kitI7) || isCombinatorial(kitI7));
	const kitI5 = inherits ? kitI7 : kitOf(input.i5, kitsById);
	const keptOrientation = input.keptAs?.orientationId ?? null;

	const i7 = findSide("i7", input.i7, kitI7, null);
	const adapters = kitI5 !== null && kitI5 === kitI7 && isDual(kitI5) ? adaptersOf(i7) : null;
	const i5 = findSide("i5", input.i5, kitI5, adapters);
	const i5Names = new Set((adapters ?? []).map((adapter) => adapter.i5[0]?.sequence));
	return {
		input,
		i7: keptOrientation === null ? i7 : keepOrientation(i7, keptOrientation),
		i5: keptOrientation === null ? i5 : keepOrientation(i5, keptOrientation),
		isI5Ambiguous: input.i5.name === null && i5Names.size > 1,
	};
}

function kitOf(side: SideInput, kitsById: ReadonlyMap<number, IndexKit>): IndexKit | null {
	return side.kitId === null ? null : (kitsById.get(side.kitId) ?? null);
}

/** Adapters that the i7 side denotes: those with its name, narrowed by the well. */
function adaptersOf(i7: SideFinding): readonly KitAdapter[] {
	if (!i7.kit) return [];
	if (i7.input.name === null) return i7.wellAdapter ? [i7.wellAdapter] : [];
	const named = lookupOf(i7.kit).i7.adaptersByName.get(i7.input.name) ?? [];
	return i7.wellAdapter && named.includes(i7.wellAdapter) ? [i7.wellAdapter] : named;
}

/**
 * @param partners for the i5 of the same dual kit: the adapters that i7 denotes, whose i5 is taken unless an i5 name is given
 */
function findSide(side: IndexSide, input: SideInput, kit: IndexKit | null, partners: readonly KitAdapter[] | null): SideFinding {
	if (!kit) return { input, kit, barcode: null, wellAdapter: null, isContradictory: false, resolved: typedIndex(input) };
	const lookup = lookupOf(kit);
	const wellAdapter = input.well === null || isCombinatorial(kit) ? null : (lookup.byWell.get(input.well) ?? null);
	const byName = input.name === null ? null : (lookup[side].byName.get(input.name) ?? null);
	const byAddress = partners ? partners[0]?.i5[0] : wellAdapter?.[side][0];
	const barcode = input.name === null ? (byAddress ?? null) : byName;
	const isContradictory = byName !== null && wellAdapter !== null && wellAdapter[side][0]?.name !== byName.name;
	return { input, kit, barcode, wellAdapter, isContradictory, resolved: barcode ? kitIndex(kit, barcode, input) : null };
}

function typedIndex(input: SideInput): ResolvedIndex | null {
	if (input.sequence === null) return null;
	return { kitId: null, name: input.name, sequence: input.sequence, orientationId: null };
}

/** A stored copy that the user left stays, even if the kit has changed since. */
function kitIndex(kit: IndexKit, barcode: KitBarcode, input: SideInput): ResolvedIndex {
	const sequence = input.isSequencePrefilled && input.sequence !== null ? input.sequence : barcode.sequence;
	return { kitId: kit.id, name: barcode.name, sequence, orientationId: BarcodeOrientation.FORWARD.id };
}

function keepOrientation(finding: SideFinding, orientationId: ResolvedIndex["orientationId"]): SideFinding {
	return finding.resolved ? { ...finding, resolved: { ...finding.resolved, orientationId } } : finding;
}
