/** Quantities of runs with their units (background-and-ops.md §8). A stored quantity is always in the base unit of its dimension. */
import { units as catalogUnits } from "./catalog.ts";

/** A unit of a dimension. */
export interface Unit {
	readonly name: string;
	readonly dimension: string;
	/** Multiplied by it a value is in the base unit. */
	readonly factor: number;
	readonly baseUnit: string;
	/** Stands beside a value: its own or the dimension's; null = none. */
	readonly symbol: string | null;
	/** Stands after a compact value (`K`, `M`, `B`); null for the plain unit. */
	readonly suffix: string | null;
}

/** A value with its unit. */
export interface Quantity {
	readonly value: number;
	readonly unit: Unit;
}

/** Form in which a quantity is stored and exported. */
export interface StoredQuantity {
	readonly value: number;
	readonly unit: string;
	readonly dimension: string;
}

/** Thrown for an unknown unit or dimension, a stored quantity that lacks a member, and any operation across dimensions. */
export class QuantityError extends Error {
	constructor(message: string) {
		super(message);
		this.name = "QuantityError";
	}
}

interface CatalogUnit {
	readonly key: string;
	readonly factor: number;
	readonly suffix: string | null;
	readonly symbol?: string;
	readonly aliases?: readonly string[];
}

const unitsOfDimension = new Map<string, readonly Unit[]>();
const unitsByName = new Map<string, Unit>();
for (const dimension of catalogUnits.dimensions) {
	const entries: readonly CatalogUnit[] = dimension.units;
	const ordered = [...entries].sort((a, b) => a.factor - b.factor);
	const units = ordered.map((entry) => {
		const unit: Unit = {
			name: entry.key,
			dimension: dimension.key,
			factor: entry.factor,
			baseUnit: dimension.baseUnit,
			symbol: entry.symbol ?? dimension.symbol,
			suffix: entry.suffix,
		};
		for (const name of [entry.key, ...(entry.aliases ?? [])]) unitsByName.set(`${dimension.key} ${name}`, unit);
		return unit;
	});
	unitsOfDimension.set(dimension.key, units);
}

/** The unit of this name or alias within a dimension; throws {@link QuantityError}. */
export function unitOf(dimension: string, name: string): Unit {
	if (!unitsOfDimension.has(dimension)) throw new QuantityError(`There is no dimension “${dimension}”`);
	const unit = unitsByName.get(`${dimension} ${name}`);
	if (!unit) throw new QuantityError(`There is no unit “${name}” in the dimension “${dimension}”`);
	return unit;
}

/** A value in a unit named by dimension and name; throws {@link QuantityError}. */
export function quantityOf(value: number, dimension: string, unitName: string): Quantity {
	return { value, unit: unitOf(dimension, unitName) };
}

/** The same quantity in another unit of its dimension; throws {@link QuantityError} across dimensions. */
export function convertQuantity(quantity: Quantity, unit: Unit): Quantity {
	if (quantity.unit.dimension !== unit.dimension) {
		throw new QuantityError(`Cannot combine “${quantity.unit.dimension}” with “${unit.dimension}”`);
	}
	if (quantity.unit === unit) return quantity;
	return { value: (quantity.value * quantity.unit.factor) / unit.factor, unit };
}

/** The quantity in the base unit of its dimension. */
export function toBaseUnit(quantity: Quantity): Quantity {
	return convertQuantity(quantity, unitOf(quantity.unit.dimension, quantity.unit.baseUnit));
}

/** Sum in the first one's unit. */
export function addQuantities(first: Quantity, second: Quantity): Quantity {
	return { value: first.value + convertQuantity(second, first.unit).value, unit: first.unit };
}

/** Difference in the first one's unit. */
export function subtractQuantities(first: Quantity, second: Quantity): Quantity {
	return { value: first.value - convertQuantity(second, first.unit).value, unit: first.unit };
}

/** Product with a number, in the same unit. */
export function scaleQuantity(quantity: Quantity, factor: number): Quantity {
	return { value: quantity.value * factor, unit: quantity.unit };
}

/** Form to store: value in the base unit. */
export function storeQuantity(quantity: Quantity): StoredQuantity {
	const base = toBaseUnit(quantity);
	return { value: base.value, unit: base.unit.name, dimension: base.unit.dimension };
}

/** Reads a stored quantity; throws {@link QuantityError} unless all three members are there and known. */
export function readQuantity(stored: unknown): Quantity {
	const members: Partial<Record<keyof StoredQuantity, unknown>> = typeof stored === "object" && stored !== null ? stored : {};
	const { value, unit, dimension } = members;
	if (typeof value !== "number" || typeof unit !== "string" || typeof dimension !== "string") {
		throw new QuantityError("A quantity needs value, unit and dimension");
	}
	return quantityOf(value, dimension, unit);
}

/** The quantity in the unit in which it is read best: larger ones while above 1,000, smaller ones while below 0.001; zero stays. */
export function compactQuantity(quantity: Quantity): Quantity {
	const units = unitsOfDimension.get(quantity.unit.dimension) ?? [];
	let index = units.indexOf(quantity.unit);
	let current = quantity;
	const move = (step: 1 | -1): boolean => {
		const unit = units[index + step];
		if (!unit) return false;
		index += step;
		current = convertQuantity(quantity, unit);
		return true;
	};
	if (current.value === 0) return current;
	while (Math.abs(current.value) > 1000 && move(1));
	while (Math.abs(current.value) < 0.001 && move(-1));
	return current;
}

/** Three significant digits without exponent; what stands before the point is never cut. */
function showSignificant(value: number): string {
	if (value === 0) return "0.00";
	const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))));
	return value.toFixed(Math.min(100, Math.max(0, 2 - exponent)));
}

/** Text of the value in the quantity's unit: `1.23 B` with suffix, `92.346` without. The unit's symbol stands beside it. */
export function formatQuantityValue(quantity: Quantity): string {
	if (!Number.isFinite(quantity.value)) return "";
	return quantity.unit.suffix === null ? quantity.value.toFixed(3) : `${showSignificant(quantity.value)} ${quantity.unit.suffix}`;
}

/** Compact text and symbol for a page: 1.234e9 read → `1.23 B` and `reads`. */
export function showQuantity(quantity: Quantity): { readonly text: string; readonly symbol: string | null } {
	const compact = compactQuantity(quantity);
	return { text: formatQuantityValue(compact), symbol: compact.unit.symbol };
}
