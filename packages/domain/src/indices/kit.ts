/** Index kits as plain data, and how they are addressed (requests-and-annotation.md §6.1, lab-workflows.md §19.2). */
import { type IdOf, IndexType } from "../catalog.ts";
import type { ChoiceOption } from "../sheets/types.ts";
import { cleanWell, kitIdentifier } from "../text-rules.ts";

/** One of the two indices of a library. */
export type IndexSide = "i7" | "i5";

/** A named index sequence of a kit. */
export interface KitBarcode {
	readonly name: string;
	readonly sequence: string;
}

/** A position of a kit: dual = one i7 and one i5; single = one i7; 10x ATAC = four i7; combinatorial = one i7 or one i5. */
export interface KitAdapter {
	readonly id: number;
	/** `A1`; null in combinatorial kits. */
	readonly well: string | null;
	readonly i7: readonly KitBarcode[];
	readonly i5: readonly KitBarcode[];
}

/** An index kit with its content; JSON-serialisable, so that browser and server work with the very same. */
export interface IndexKit {
	readonly id: number;
	readonly identifier: string;
	readonly name: string;
	readonly typeId: IdOf<typeof IndexType>;
	readonly adapters: readonly KitAdapter[];
}

/** The barcodes of one side of a kit by name and by sequence, and the adapters that carry a name. */
export interface SideLookup {
	readonly byName: ReadonlyMap<string, KitBarcode>;
	readonly bySequence: ReadonlyMap<string, KitBarcode>;
	readonly adaptersByName: ReadonlyMap<string, readonly KitAdapter[]>;
}

/** Look-up maps of a kit. */
export interface KitLookup {
	readonly byWell: ReadonlyMap<string, KitAdapter>;
	readonly i7: SideLookup;
	readonly i5: SideLookup;
}

const lookups = new WeakMap<IndexKit, KitLookup>();

/** The look-up maps of a kit, made once per kit object. Wells are found in the form `A1`. */
export function lookupOf(kit: IndexKit): KitLookup {
	const known = lookups.get(kit);
	if (known) return known;
	const byWell = new Map<string, KitAdapter>();
	for (const adapter of kit.adapters) if (adapter.well !== null) byWell.set(cleanWell(adapter.well), adapter);
	const lookup = { byWell, i7: lookupOfSide(kit, "i7"), i5: lookupOfSide(kit, "i5") };
	lookups.set(kit, lookup);
	return lookup;
}

function lookupOfSide(kit: IndexKit, side: IndexSide): SideLookup {
	const byName = new Map<string, KitBarcode>();
	const bySequence = new Map<string, KitBarcode>();
	const adaptersByName = new Map<string, KitAdapter[]>();
	for (const adapter of kit.adapters) {
		for (const barcode of adapter[side]) {
			if (!byName.has(barcode.name)) byName.set(barcode.name, barcode);
			if (!bySequence.has(barcode.sequence)) bySequence.set(barcode.sequence, barcode);
			const adapters = adaptersByName.get(barcode.name);
			if (!adapters) adaptersByName.set(barcode.name, [adapter]);
			else if (!adapters.includes(adapter)) adapters.push(adapter);
		}
	}
	return { byName, bySequence, adaptersByName };
}

/** How a kit is shown and chosen everywhere: `[identifier] name`. */
export function kitLabel(kit: Pick<IndexKit, "identifier" | "name">): string {
	return `[${kit.identifier}] ${kit.name}`;
}

/** Kits whose indices may be given as i7 of an ordinary (non-ATAC) library. */
export const kitTypeIdsForI7: readonly number[] = [
	IndexType.DUAL_INDEX.id,
	IndexType.SINGLE_INDEX_I7.id,
	IndexType.COMBINATORIAL_DUAL_INDEX.id,
];

/** Kits whose indices may be given as i5. */
export const kitTypeIdsForI5: readonly number[] = [IndexType.DUAL_INDEX.id, IndexType.COMBINATORIAL_DUAL_INDEX.id];

/** Kits of 10x ATAC libraries: four i7 sequences under one name. */
export const kitTypeIdsForAtac: readonly number[] = [IndexType.TENX_ATAC_INDEX.id];

/** The kits of these index types, in the order given. */
export function kitsOfTypes(kits: readonly IndexKit[], typeIds: readonly number[]): IndexKit[] {
	return kits.filter((kit) => typeIds.includes(kit.typeId));
}

/** Options of a kit column: the label is shown, the id stored. */
export function kitOptions(kits: readonly IndexKit[]): ChoiceOption[] {
	return kits.map((kit) => ({ value: kit.id, label: kitLabel(kit) }));
}

/** Turns a bare identifier (also as Excel spoils it: `#191,96`) into the label of its kit; any other text stays. */
export function kitLabelOfText(text: string, kits: readonly IndexKit[]): string {
	const identifier = kitIdentifier(text).toLowerCase();
	const kit = kits.find((candidate) => candidate.identifier.toLowerCase() === identifier);
	return kit ? kitLabel(kit) : text;
}

/** A table of a kit that cannot be read; the message names the line. */
export class KitCsvError extends Error {
	constructor(line: number, problem: string) {
		super(`Line ${line}: ${problem}`);
		this.name = "KitCsvError";
	}
}

type Fields = (column: string) => string;

interface CsvLayout {
	readonly typeId: IndexKit["typeId"];
	readonly columns: readonly string[];
	readonly read: (field: Fields) => Omit<KitAdapter, "id">;
}

const csvLayouts: readonly CsvLayout[] = [
	{
		typeId: IndexType.DUAL_INDEX.id,
		columns: ["well", "name_i7", "sequence_i7", "name_i5", "sequence_i5"],
		read: (field) => ({
			well: cleanWell(field("well")),
			i7: [{ name: field("name_i7"), sequence: field("sequence_i7") }],
			i5: [{ name: field("name_i5") || field("name_i7"), sequence: field("sequence_i5") }],
		}),
	},
	{
		typeId: IndexType.SINGLE_INDEX_I7.id,
		columns: ["well", "name_i7", "sequence_i7"],
		read: (field) => ({
			well: cleanWell(field("well")),
			i7: [{ name: field("name_i7"), sequence: field("sequence_i7") }],
			i5: [],
		}),
	},
	{
		typeId: IndexType.COMBINATORIAL_DUAL_INDEX.id,
		columns: ["read", "name", "sequence"],
		read: (field) => {
			const barcode = { name: field("name"), sequence: field("sequence") };
			return field("read") === "i5" ? { well: null, i7: [], i5: [barcode] } : { well: null, i7: [barcode], i5: [] };
		},
	},
	{
		typeId: IndexType.TENX_ATAC_INDEX.id,
		columns: ["well", "name", "sequence_1", "sequence_2", "sequence_3", "sequence_4"],
		read: (field) => ({
			well: cleanWell(field("well")),
			i7: [1, 2, 3, 4].map((position) => ({ name: field("name"), sequence: field(`sequence_${position}`) })),
			i5: [],
		}),
	},
];

/**
 * Reads the table of a kit (comma-separated, no quotes). The header decides the type of the kit:
 * dual `well,name_i7,sequence_i7,name_i5,sequence_i5`; single `well,name_i7,sequence_i7`; combinatorial `read,name,sequence`;
 * 10x ATAC `well,name,sequence_1,…,sequence_4`. Adapters are numbered from 1. Throws {@link KitCsvError}.
 */
export function parseKitCsv(text: string, kit: Pick<IndexKit, "id" | "identifier" | "name">): IndexKit {
	const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
	const header = (lines[0] ?? "").split(",").map((cell) => cell.trim());
	const layout = csvLayouts.find((candidate) => candidate.columns.join() === header.join());
	if (!layout) throw new KitCsvError(1, `unknown columns "${header.join(", ")}"`);
	const adapters: KitAdapter[] = [];
	lines.slice(1).forEach((line, index) => {
		if (line.trim() === "") return;
		const cells = line.split(",").map((cell) => cell.trim());
		const lineNumber = index + 2;
		if (cells.length !== header.length) throw new KitCsvError(lineNumber, `${header.length} cells expected`);
		adapters.push({ id: adapters.length + 1, ...layout.read((column) => cells[header.indexOf(column)] ?? "") });
		checkLine(lineNumber, header, cells);
	});
	return { id: kit.id, identifier: kit.identifier, name: kit.name, typeId: layout.typeId, adapters };
}

function checkLine(lineNumber: number, header: readonly string[], cells: readonly string[]): void {
	header.forEach((column, position) => {
		const cell = cells[position] ?? "";
		if (column.startsWith("sequence") && !/^[ACGTN]+$/.test(cell)) {
			throw new KitCsvError(lineNumber, `"${cell}" in ${column} is not a sequence`);
		}
		if (column === "read" && cell !== "i7" && cell !== "i5") throw new KitCsvError(lineNumber, `"${cell}" is neither i7 nor i5`);
		if (cell === "" && column !== "name_i5") throw new KitCsvError(lineNumber, `${column} is empty`);
	});
}
