/** Running mean that leaves missing values (NaN) out. */
export class MeanAccumulator {
	#sum = 0;
	#count = 0;

	/** Takes a value into account, unless it is missing. */
	add(value: number): void {
		if (Number.isNaN(value)) return;
		this.#sum += value;
		this.#count += 1;
	}

	/** Mean of the values so far; NaN without any. */
	get mean(): number {
		return this.#sum / this.#count;
	}
}

/** Mean of the values that are not missing (NaN); NaN without any. */
export function meanOf(values: Iterable<number>): number {
	const accumulator = new MeanAccumulator();
	for (const value of values) accumulator.add(value);
	return accumulator.mean;
}
