/**
 * Keeps a result for a while, so that many who ask cause one measurement; per key, e.g. the services of a process. A failure is not
 * kept.
 */
export function keepFor<Key extends object, Result>(seconds: number, measure: (key: Key) => Promise<Result>) {
	const kept = new WeakMap<Key, { readonly endsAtMs: number; readonly result: Promise<Result> }>();
	return (key: Key, nowMs: number): Promise<Result> => {
		const known = kept.get(key);
		if (known && known.endsAtMs > nowMs) return known.result;
		const result = measure(key);
		kept.set(key, { endsAtMs: nowMs + seconds * 1000, result });
		result.catch(() => kept.delete(key));
		return result;
	};
}
