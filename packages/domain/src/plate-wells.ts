/** Wells of a plate (data-model.md §8, PlateWell). The index of a well is row × numCols + column, from 0. */

/** Size of a plate; 1–48 columns, 1–26 rows. */
export interface PlateSize {
	readonly numCols: number;
	readonly numRows: number;
}

/** By rows (A1, A2, …; shown as *default*) or by columns (A1, B1, …; *flipped*). */
export type FillingOrder = "rows" | "columns";

/** Thrown for an index outside the plate. */
export class WellOutsidePlateError extends RangeError {
	constructor(index: number, plate: PlateSize) {
		super(`Well ${index} is outside a plate of ${plate.numRows} × ${plate.numCols}`);
		this.name = "WellOutsidePlateError";
	}
}

function requireInside(index: number, plate: PlateSize): void {
	const isInside = Number.isInteger(index) && index >= 0 && index < plate.numCols * plate.numRows;
	if (!isInside) throw new WellOutsidePlateError(index, plate);
}

/** `A1` … of a well index; throws {@link WellOutsidePlateError}. */
export function wellName(wellIndex: number, plate: PlateSize): string {
	requireInside(wellIndex, plate);
	const row = Math.floor(wellIndex / plate.numCols);
	return `${String.fromCharCode(65 + row)}${(wellIndex % plate.numCols) + 1}`;
}

/** Index of a well name, any case, leading zeros allowed (`a01`); null for what is no well of the plate. */
export function parseWell(name: string, plate: PlateSize): number | null {
	const match = /^([A-Z])0*([1-9]\d?)$/.exec(name.trim().toUpperCase());
	if (!match) return null;
	const row = (match[1] ?? "").charCodeAt(0) - 65;
	const column = Number(match[2]) - 1;
	return row < plate.numRows && column < plate.numCols ? row * plate.numCols + column : null;
}

/** Well index of the i-th (from 0) item when a plate is filled; throws {@link WellOutsidePlateError} beyond the plate. */
export function wellInOrder(position: number, plate: PlateSize, order: FillingOrder): number {
	requireInside(position, plate);
	if (order === "rows") return position;
	const column = Math.floor(position / plate.numRows);
	return (position % plate.numRows) * plate.numCols + column;
}
