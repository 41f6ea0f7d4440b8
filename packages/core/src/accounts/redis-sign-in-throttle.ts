import { createHash, randomUUID } from "node:crypto";
import type { RedisConnection } from "../redis/redis-connection.ts";
import { MemorySignInThrottle, type SignInThrottle, wrongTries, wrongWindowMs } from "./sign-in.ts";

/** A sorted set per account: one member per wrong try, scored by its time on the server's clock. */
const timeNow = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[1]))`;

const countScript = `${timeNow}
redis.call('ZADD', KEYS[1], now, ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -tonumber(ARGV[3]) - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`;

const readScript = `${timeNow}
return redis.call('ZCARD', KEYS[1])`;

const clearScript = "return redis.call('DEL', KEYS[1])";

/** Counts wrong passwords for all processes; in the memory of this one as long as Redis is away (access-and-web.md §4.3). */
export class RedisSignInThrottle implements SignInThrottle {
	private readonly redis: RedisConnection;
	private readonly memory = new MemorySignInThrottle();

	constructor(redis: RedisConnection) {
		this.redis = redis;
	}

	async isClosed(email: string): Promise<boolean> {
		if (await this.memory.isClosed(email)) return true;
		const wrong = await this.redis.run(readScript, keyOf(email), [wrongWindowMs]).catch(() => 0);
		return Number(wrong) >= wrongTries;
	}

	async countWrong(email: string): Promise<void> {
		const parameters = [wrongWindowMs, randomUUID(), wrongTries];
		await this.redis.run(countScript, keyOf(email), parameters).catch(() => this.memory.countWrong(email));
	}

	async clear(email: string): Promise<void> {
		await this.memory.clear(email);
		await this.redis.run(clearScript, keyOf(email), []).catch(() => undefined);
	}
}

/** Addresses of people do not stand in Redis. */
function keyOf(email: string): string {
	return `opengsync:wrong:${createHash("sha256").update(email).digest("hex")}`;
}
