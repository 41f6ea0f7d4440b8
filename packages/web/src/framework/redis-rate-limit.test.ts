import { setTimeout as pause } from "node:timers/promises";
import { RedisSignInThrottle } from "@opengsync/core/accounts/redis-sign-in-throttle";
import { connectRedis, type RedisConnection } from "@opengsync/core/redis/redis-connection";
import { startTestRedis, type TestRedis } from "@opengsync/core/redis/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RedisRateLimiter } from "./redis-rate-limit.ts";

let redis: TestRedis;
const logged: string[] = [];
const log = {
	warn: (facts: object, text: string) => logged.push(`${text} ${JSON.stringify(facts)}`),
	info: (text: string) => logged.push(text),
};
const connections: RedisConnection[] = [];

/** A further web process, connected. */
async function connectProcess(): Promise<RedisConnection> {
	const connection = connectRedis(redis.url, log);
	connections.push(connection);
	await expect.poll(() => connection.state()).toBe("ok");
	return connection;
}

beforeAll(async () => {
	redis = await startTestRedis();
});

afterAll(async () => {
	for (const connection of connections) connection.close();
	await redis.stop();
});

describe("limits in Redis", () => {
	it("are shared by all processes, and let exactly the allowed number through at once", async () => {
		const processes = [new RedisRateLimiter(await connectProcess()), new RedisRateLimiter(await connectProcess())];
		const outcomes = await Promise.all(
			Array.from({ length: 60 }, (_, index) => (processes[index % 2] ?? processes[0])?.take("2001:db8::1/sign-in", 20, 60)),
		);
		expect(outcomes.filter((outcome) => outcome?.allowed)).toHaveLength(20);
		const refused = outcomes.find((outcome) => !outcome?.allowed);
		expect(refused?.retryAfterSeconds).toBeGreaterThan(50);
		expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
		expect((await processes[0]?.take("192.0.2.1/sign-in", 20, 60))?.allowed).toBe(true);
	});
	it("begin anew when the window is over", async () => {
		const limiter = new RedisRateLimiter(await connectProcess());
		expect([(await limiter.take("192.0.2.2/all", 1, 1)).allowed, (await limiter.take("192.0.2.2/all", 1, 1)).allowed]).toEqual([
			true,
			false,
		]);
		await pause(1100);
		expect((await limiter.take("192.0.2.2/all", 1, 1)).allowed).toBe(true);
	});
	it("are forgotten for an address by name, and for no other", async () => {
		const limiter = new RedisRateLimiter(await connectProcess());
		for (const key of ["192.0.2.3/all", "192.0.2.3/zip", "192.0.2.33/all"]) await limiter.take(key, 1, 60);
		await limiter.reset("192.0.2.3/all/");
		const keys = ["192.0.2.3/all", "192.0.2.3/zip", "192.0.2.33/all"];
		const outcomes = await Promise.all(keys.map((key) => limiter.take(key, 1, 60)));
		expect(outcomes.map((outcome) => outcome.allowed)).toEqual([true, false, false]);
	});
	it("leave nothing behind in Redis", async () => {
		const limiter = new RedisRateLimiter(await connectProcess());
		await limiter.take("192.0.2.4/all", 1, 60);
		await new RedisSignInThrottle(await connectProcess()).countWrong("person@example.org");
		const keys = await redis.keys();
		expect(keys.length).toBeGreaterThan(0);
		expect(JSON.stringify(keys)).not.toContain("person@example.org");
		expect(keys.filter(({ lifeMs }) => lifeMs <= 0)).toEqual([]);
	});
});

describe("wrong passwords in Redis", () => {
	it("close the account in every process after ten, until a right one", async () => {
		const [one, two] = [new RedisSignInThrottle(await connectProcess()), new RedisSignInThrottle(await connectProcess())];
		for (let index = 0; index < 10; index++) {
			expect(await two.isClosed("a@example.org")).toBe(false);
			await one.countWrong("a@example.org");
		}
		expect([await two.isClosed("a@example.org"), await two.isClosed("b@example.org")]).toEqual([true, false]);
		await two.clear("a@example.org");
		expect(await one.isClosed("a@example.org")).toBe(false);
	});
});

describe("while Redis is away or hangs", () => {
	it("limits go on in the memory of the process, the log says so once, and all is shared again afterwards", async () => {
		logged.length = 0;
		const connection = await connectProcess();
		const limiter = new RedisRateLimiter(connection);
		const throttle = new RedisSignInThrottle(connection);
		await redis.stop();
		const take = () => limiter.take("192.0.2.5/sign-in", 2, 60);
		expect([(await take()).allowed, (await take()).allowed, (await take()).allowed]).toEqual([true, true, false]);
		for (let index = 0; index < 10; index++) await throttle.countWrong("c@example.org");
		expect(await throttle.isClosed("c@example.org")).toBe(true);
		expect(await connection.state()).toBe("not reachable");
		await redis.start();
		await expect.poll(() => connection.state()).toBe("ok");
		expect((await take()).allowed).toBe(true);
		const own = logged.filter((line) => line.startsWith("Redis is away"));
		expect(own.length).toBe(connections.length);
		expect(logged.join()).not.toContain("redis://");
	});
	it("one request waits half a second, those after it not at all", async () => {
		const limiter = new RedisRateLimiter(await connectProcess());
		redis.signal("SIGSTOP");
		const startedMs = performance.now();
		const outcomes = [];
		for (let index = 0; index < 5; index++) outcomes.push((await limiter.take("192.0.2.6/all", 4, 60)).allowed);
		redis.signal("SIGCONT");
		expect(outcomes).toEqual([true, true, true, true, false]);
		expect(performance.now() - startedMs).toBeLessThan(1500);
	});
});
