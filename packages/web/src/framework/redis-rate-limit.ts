import type { RedisConnection } from "@opengsync/core/redis/redis-connection";
import { type LimitOutcome, MemoryRateLimiter, type RateLimiter } from "./rate-limit.ts";

/**
 * One hash per client address, with count and end of each window on the server's clock. Reading, counting and setting the life of the
 * key are one step, so that two processes never let the same last request through.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count, ends = ARGV[1] .. ':count', ARGV[1] .. ':ends'
local endsAt = tonumber(redis.call('HGET', KEYS[1], ends) or '0')
if endsAt <= now then
	endsAt = now + tonumber(ARGV[2])
	redis.call('HSET', KEYS[1], count, 0, ends, endsAt)
	if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
end
return { redis.call('HINCRBY', KEYS[1], count, 1), endsAt - now }`;

const resetScript = `
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
	if string.sub(field, 1, string.len(ARGV[1])) == ARGV[1] then redis.call('HDEL', KEYS[1], field) end
end
return 1`;

/** Counts for all processes in fixed windows; in the memory of this one as long as Redis is away. */
export class RedisRateLimiter implements RateLimiter {
	private readonly redis: RedisConnection;
	private readonly memory: RateLimiter;

	constructor(redis: RedisConnection, memory: RateLimiter = new MemoryRateLimiter()) {
		this.redis = redis;
		this.memory = memory;
	}

	async take(key: string, requests: number, perSeconds: number): Promise<LimitOutcome> {
		const { owner, name } = splitKey(key);
		const answer = await this.redis.run(takeScript, owner, [`${name}/${perSeconds}`, perSeconds * 1000]).catch(() => null);
		if (!Array.isArray(answer)) return this.memory.take(key, requests, perSeconds);
		const [count, leftMs] = answer.map(Number);
		return { allowed: Number(count) <= requests, retryAfterSeconds: Math.max(1, Math.ceil(Number(leftMs) / 1000)) };
	}

	async reset(keyPrefix: string): Promise<void> {
		const { owner, name } = splitKey(keyPrefix);
		await this.memory.reset(keyPrefix);
		await this.redis.run(resetScript, owner, [name]).catch(() => undefined);
	}
}

/** Keys are `<who is limited>/<name of the limit>`. */
function splitKey(key: string): { owner: string; name: string } {
	const cut = key.indexOf("/");
	return { owner: `opengsync:limit:${cut < 0 ? key : key.slice(0, cut)}`, name: cut < 0 ? "" : key.slice(cut + 1) };
}
