/** One figure of a measurement. */
export interface Measurement {
	readonly what: string;
	readonly value: number;
	readonly unit: "per s" | "ms" | "s" | "KiB" | "MiB";
}

/** Figures with aligned columns, one per line. */
export function formatMeasurements(measurements: readonly Measurement[]): string {
	const values = measurements.map(({ value }) => (value >= 100 ? value.toFixed(0) : value.toFixed(1)));
	const whatWidth = Math.max(...measurements.map(({ what }) => what.length));
	const valueWidth = Math.max(...values.map((value) => value.length));
	return measurements
		.map(({ what, unit }, index) => `${what.padEnd(whatWidth)}  ${(values[index] ?? "").padStart(valueWidth)} ${unit}`)
		.join("\n");
}
