/** Answer of a limiter. */
export interface LimitOutcome {
	readonly allowed: boolean;
	/** Seconds until a further try makes sense. */
	readonly retryAfterSeconds: number;
}

/** Counts requests; in memory, or in Redis where several processes share the counters. */
export interface RateLimiter {
	/** Counts one request under a key and says whether it is still within `requests` per `perSeconds`. */
	take(key: string, requests: number, perSeconds: number): Promise<LimitOutcome>;
	/** Forgets the counters whose keys begin so (`<who>/<name>/` for one limit); a valid token resets that of its address. */
	reset(keyPrefix: string): Promise<void>;
}

/** Limits of everything, per client address: access-and-web.md §6.6. */
export const generalLimits = [
	{ requests: 20, perSeconds: 1 },
	{ requests: 1000, perSeconds: 60 },
	{ requests: 100_000, perSeconds: 86_400 },
] as const;

const sweepAtKeys = 50_000;

/** Counts in the memory of this process, in fixed windows. */
export class MemoryRateLimiter implements RateLimiter {
	private readonly windows = new Map<string, { count: number; endsAtMs: number }>();
	private readonly now: () => number;

	constructor(now: () => number = Date.now) {
		this.now = now;
	}

	async take(key: string, requests: number, perSeconds: number): Promise<LimitOutcome> {
		const now = this.now();
		const name = `${key}/${perSeconds}`;
		let window = this.windows.get(name);
		if (!window || window.endsAtMs <= now) {
			if (this.windows.size >= sweepAtKeys) this.sweep(now);
			window = { count: 0, endsAtMs: now + perSeconds * 1000 };
			this.windows.set(name, window);
		}
		window.count += 1;
		return { allowed: window.count <= requests, retryAfterSeconds: Math.max(1, Math.ceil((window.endsAtMs - now) / 1000)) };
	}

	async reset(keyPrefix: string): Promise<void> {
		for (const key of this.windows.keys()) if (key.startsWith(keyPrefix)) this.windows.delete(key);
	}

	private sweep(now: number): void {
		for (const [key, window] of this.windows) if (window.endsAtMs <= now) this.windows.delete(key);
	}
}

/** Lets everything through, for tests of other things. */
export const unlimited: RateLimiter = {
	take: async () => ({ allowed: true, retryAfterSeconds: 0 }),
	reset: async () => undefined,
};
