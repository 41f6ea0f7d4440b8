// What a browser would never send, over a real connection.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSession } from "./session-store.ts";
import { sampleRoutes } from "./testing/sample-routes.tsx";
import { createTestApp, createTestServices, createTestUser } from "./testing/test-app.ts";

let database: TestDatabase;
let sessionToken: string;
const servers: Server[] = [];
let direct: number;
let proxied: number;
let logged = "";

async function listen(trustedProxies: readonly string[]): Promise<number> {
	const services = createTestServices();
	const write = (line: string) => {
		logged += line;
	};
	const logger = pino({}, { write });
	const app = createTestApp({
		db: database.db,
		routes: sampleRoutes,
		services: { ...services, config: { ...services.config, trustedProxies } },
		logger,
	});
	const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	servers.push(server);
	return (server.address() as AddressInfo).port;
}

/** Sends bytes as they are; the whole answer. */
async function send(port: number, lines: readonly string[]): Promise<string> {
	const socket = connectSocket(port, "127.0.0.1");
	let answer = "";
	socket.setEncoding("latin1");
	socket.on("data", (text: string) => {
		answer += text;
	});
	socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
	await once(socket, "close");
	return answer;
}

const get = (path: string, ...headers: string[]) => [`GET ${path} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers];
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const headerOf = (answer: string, name: string) => new RegExp(`^${name}: (.*)\r$`, "im").exec(answer)?.[1];

beforeAll(async () => {
	database = await createTestDatabase();
	const user = await createTestUser(database.db, UserRole.CLIENT.id);
	sessionToken = (await createSession(database.db, user.id, { userAgent: null, address: "none" }, new Date())).token;
	direct = await listen([]);
	proxied = await listen(["127.0.0.0/8", "10.1.0.0/16"]);
});

afterAll(async () => {
	for (const server of servers) server.close();
	await database.drop();
});

describe("a damaged or oversized request", () => {
	it.each([
		["a header of 20,000 letters", () => get("/auth/auth/", `X-Long: ${"x".repeat(20_000)}`), 431],
		["a cookie of 20,000 letters", () => get("/auth/auth/", `Cookie: opengsync_session=${"x".repeat(20_000)}`), 431],
		["an address of 20,000 letters", () => get(`/${"x".repeat(20_000)}`), 431],
		["500 cookies", () => get("/auth/auth/", `Cookie: ${Array.from({ length: 500 }, (_, n) => `c${n}=${n}`).join("; ")}`), 200],
		[
			"cookies that are none",
			() => get("/auth/auth/", "Cookie: ;;=;a=%zz; __proto__=1; opengsync_session=%00%ff; opengsync_flash=.x"),
			200,
		],
		["a signed notice that was altered", () => get("/auth/auth/", "Cookie: opengsync_flash=W10.AAAA"), 200],
		["a session of 4,000 letters", () => get("/members/", `Cookie: opengsync_session=${"s".repeat(4000)}`), 302],
		["half an escape in the address", () => get("/things/%zz/", `Cookie: opengsync_session=${sessionToken}`), 404],
		["a zero byte in the address", () => get("/things/%00/", `Cookie: opengsync_session=${sessionToken}`), 404],
		["half an escape in the query", () => get("/auth/auth/?next=%zz&x=%"), 200],
		["no such method", () => ["BREW /auth/auth/ HTTP/1.1", "Host: localhost", "Connection: close"], 400],
		["TRACE", () => ["TRACE /auth/auth/ HTTP/1.1", "Host: localhost", "Connection: close"], 405],
		[
			"two lengths",
			() => ["POST /auth/auth/ HTTP/1.1", "Host: localhost", "Content-Length: 3", "Content-Length: 4", "", "abc"],
			400,
		],
		[
			"length and chunks",
			() => ["POST /auth/auth/ HTTP/1.1", "Host: localhost", "Content-Length: 3", "Transfer-Encoding: chunked", "", "0"],
			400,
		],
		["a host that is none", () => ["GET /auth/auth/ HTTP/1.1", "Host: a b/c?d", "Connection: close"], 400],
		["no host", () => ["GET /auth/auth/ HTTP/1.1", "Connection: close"], 400],
		[
			"a form that is none",
			() => [
				...get("/auth/auth/").with(0, "POST /auth/auth/ HTTP/1.1"),
				"Content-Type: multipart/form-data; boundary=x",
				"Content-Length: 4",
				"",
				"junk",
			],
			400,
		],
		["the address of another site", () => get("http://evil.example/members"), 308],
		["dots in the address", () => get("/static/../../../etc/passwd"), 404],
	])("%s is answered, and the server lives on", async (_what, lines, expected) => {
		const answer = await send(direct, lines());
		expect(statusOf(answer)).toBe(expected);
		expect(answer).not.toMatch(/node_modules|\.ts:\d/);
		expect(statusOf(await send(direct, get("/status/")))).toBe(200);
	});
	it("never leads to another site", async () => {
		for (const path of [
			"//evil.example",
			"/\\evil.example",
			"//evil.example/..",
			"http://evil.example/members",
			"/%2f%2fevil.example",
		]) {
			const location = headerOf(await send(direct, get(path)), "location") ?? "/";
			expect([path, location]).toEqual([path, expect.stringMatching(/^\/(?![/\\])/)]);
		}
		const evilHost = await send(direct, ["GET /members HTTP/1.1", "Host: evil.example", "Connection: close"]);
		expect(headerOf(evilHost, "location")).toBe("/members/");
	});
	it("cannot write headers by the address, next or the request's number", async () => {
		for (const path of [
			"/members%0d%0aSet-Cookie:%20a=b",
			"/members/?x=%0d%0aSet-Cookie:%20a=b",
			"/auth/auth?next=%0d%0aSet-Cookie:%20a=b",
		]) {
			expect(await send(proxied, get(path, "X-Request-Id: a%0d%0aSet-Cookie: a=b"))).not.toMatch(/^set-cookie: a=b/im);
		}
	});
});

describe("what a proxy says", () => {
	const lastLine = () => JSON.parse(logged.trim().split("\n").at(-1) ?? "{}") as { address?: string; requestId?: string };

	it("counts only if it is ours", async () => {
		const spoofed = get("/status/", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Request-Id: chosen-by-caller");
		const answer = await send(direct, spoofed);
		expect(headerOf(answer, "strict-transport-security")).toBeUndefined();
		expect(headerOf(answer, "x-request-id")).not.toBe("chosen-by-caller");
		expect(lastLine().address).toBe("127.0.0.1");
	});
	it("tells address, https and number, past further proxies, and what the caller made up before", async () => {
		const answer = await send(
			proxied,
			get("/status/", "X-Forwarded-For: 198.51.100.1, 203.0.113.9, 10.1.2.3", "X-Forwarded-Proto: https", "X-Request-Id: abc-1"),
		);
		expect(headerOf(answer, "strict-transport-security")).toBe("max-age=31536000");
		expect(headerOf(answer, "x-request-id")).toBe("abc-1");
		expect(lastLine()).toMatchObject({ address: "203.0.113.9", requestId: "abc-1" });
	});
	it("is not taken when it cannot be", async () => {
		const answer = await send(proxied, get("/status/", "X-Forwarded-For: <script>", `X-Request-Id: ${"a".repeat(65)}`));
		expect(headerOf(answer, "x-request-id")).toMatch(/^[0-9a-f]{10}$/);
		expect(lastLine().address).toBe("127.0.0.1");
	});
	it("makes cookies secure", async () => {
		const secure = await send(proxied, get("/auth/auth/", "X-Forwarded-Proto: https"));
		expect(headerOf(secure, "set-cookie")).toContain("Secure");
		expect(headerOf(await send(direct, get("/auth/auth/", "X-Forwarded-Proto: https")), "set-cookie")).not.toContain("Secure");
	});
	it("has to be an address or a range", () => {
		const services = createTestServices();
		for (const entry of ["proxy", "10.0.0.0/33", "10.0.0.0/", "1.2.3.4/8/9", "fd00::/129", ""]) {
			const config = { ...services.config, trustedProxies: [entry] };
			expect(() => createTestApp({ db: database.db, routes: [], services: { ...services, config } })).toThrow("trusted_proxies");
		}
	});
});

it("a session that somebody else chose is not taken, and the cookie goes", async () => {
	const answer = await send(direct, get("/members/", "Cookie: opengsync_session=chosen"));
	expect(statusOf(answer)).toBe(302);
	expect(headerOf(answer, "set-cookie")).toMatch(/^opengsync_session=; Max-Age=0/);
	expect(statusOf(await send(direct, get("/members/", `Cookie: opengsync_session=${sessionToken}`)))).toBe(200);
});
