import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createAdaptorServer } from "@hono/node-server";
import { loadConfig } from "@opengsync/core/config";
import { createDirectoryFileStore } from "@opengsync/core/files/directory-file-store";
import { createCaptureTransport } from "@opengsync/core/mail/capture-transport";
import { createShareToken } from "@opengsync/core/sharing/tokens";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../app.ts";
import { noAssets } from "../../framework/assets.ts";
import { unlimited } from "../../framework/rate-limit.ts";
import { findHiddenRoutes } from "../../framework/route.ts";
import { downloadRoutes } from "./routes.tsx";

const run = promisify(execFile);
const hostileName = 'a"b\r\nc.pdf';
const secretKey = "a key for tests only";

let database: TestDatabase;
let base: string;
let root: string;
let baseUrl: string;
let ownerId: number;
let token: string;
let app: ReturnType<typeof createApp>;
const server = createAdaptorServer({ fetch: (request, bindings) => app.fetch(request, bindings) });

async function put(file: string, content: string | Uint8Array = file) {
	const absolute = path.join(root, file);
	await mkdir(path.dirname(absolute), { recursive: true });
	await writeFile(absolute, content);
}

async function share(...paths: string[]): Promise<string> {
	const actor = { userId: ownerId, impersonatorId: null, via: "web", requestId: "test" } as const;
	const made = await transact(database.db, actor, (tx) =>
		createShareToken(tx, { secretKey, now: new Date() }, { ownerId, timeValidMin: 60, paths }),
	);
	return made.token;
}

/** Relative name → SHA-256 of every file below a folder. */
async function checksums(folder: string): Promise<Record<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
	const sums = await Promise.all(
		files.map(
			async (file) =>
				[
					path.relative(folder, file),
					createHash("sha256")
						.update(await readFile(file))
						.digest("hex"),
				] as const,
		),
	);
	return Object.fromEntries(sums.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const freshFolder = () => mkdtemp(path.join(base, "out-"));
const index = (rest = "", of = token) => `${baseUrl}/api/files/browse/${of}${rest}`;
const webdav = (rest = "", of = token) => `${baseUrl}/files/webdav/share/${of}${rest}`;

beforeAll(async () => {
	database = await createTestDatabase();
	ownerId = (await createUser(database.db)).id;
	base = await mkdtemp(path.join(os.tmpdir(), "shares-"));
	root = path.join(base, "share");
	await put(
		"RUNS/p1/reads_R1.fastq.gz",
		new Uint8Array(3_000_000).map((_, place) => (place * 7 + (place >> 8)) & 255),
	);
	await put("RUNS/p1/empty.txt", "");
	await put("RUNS/p1/deep/er/still deeper/report.html", "<script>alert(1)</script>");
	await put("RUNS/p1/deep/Ünïcode 100% #1 & 'co'.txt");
	await put("RUNS/p1/deep/日本/データ.tsv");
	await put("RUNS/p2/a.txt", "0123456789abcdef");
	await put("RUNS/p2/sub/b.pdf");
	await put("RUNS/p3/private.txt");
	await symlink("../p2/sub", path.join(root, "RUNS/p1/linked"));
	await writeFile(path.join(base, "secret.txt"), "secret");
	await symlink(path.join(base, "secret.txt"), path.join(root, "RUNS/p1/escape.txt"));

	const config = {
		...loadConfig({ dataFolder: base, port: 5000, secretKey, environment: {} }),
		shareRoot: root,
		organization: "Test Lab",
		get externalBaseUrl() {
			return baseUrl;
		},
	};
	const services = {
		config,
		files: createDirectoryFileStore(config.mediaFolder),
		mail: createCaptureTransport(),
		now: () => new Date(),
	};
	app = createApp({ db: database.db, services, routes: downloadRoutes, assets: noAssets, limiter: unlimited });
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	token = await share("RUNS/p1", "RUNS/p2/a.txt");
});

afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
	await database.drop();
	await rm(base, { recursive: true, force: true });
});

it("mounts no route that another hides", () => {
	expect(findHiddenRoutes(downloadRoutes)).toEqual([]);
});

describe("a customer who runs the commands of the mail", () => {
	const command = (line: string) => run("sh", ["-c", line], { cwd: base, env: { ...process.env, RCLONE_CONFIG: "/dev/null" } });
	let expected: Record<string, string>;
	beforeAll(async () => {
		expected = { ...(await checksums(path.join(root, "RUNS/p1"))) };
		expected["linked/b.pdf"] = createHash("sha256").update("RUNS/p2/sub/b.pdf").digest("hex");
	});

	it("gets every byte with rclone over WebDAV, and nothing again the second time", async () => {
		const answer = await fetch(`${baseUrl}/files/share/rclone_script/${token}`);
		const line = (await answer.text()).trim();
		expect(line).toBe(
			`rclone sync ":webdav,url='${baseUrl}/files/webdav/share/${token}/':/" Test_Lab_DATA --progress --transfers=8 --checkers=16 --use-server-modtime --verbose`,
		);
		await command(line);
		expect(await checksums(path.join(base, "Test_Lab_DATA/RUNS/p1"))).toEqual(expected);
		expect(Object.keys(await checksums(path.join(base, "Test_Lab_DATA/RUNS/p2")))).toEqual(["a.txt"]);
		expect((await command(line)).stderr).toMatch(/Transferred:\s+0 B/);
	});

	it("gets every byte with rclone over HTTP", async () => {
		const folder = await freshFolder();
		await command(`rclone copy --http-url ${index()} :http: ${folder} -v --stats-log-level NOTICE --stats 500ms --progress`);
		expect(await checksums(path.join(folder, "RUNS/p1"))).toEqual(expected);
	});

	it("gets every byte with wget", async () => {
		const folder = await freshFolder();
		await command(
			`wget -P ${folder} --reject="index.html*" --recursive --level=99 --no-parent -k -e robots=off -nH --cut-dirs=4 ${index("/")}`,
		).catch((error: { code: number; stderr: string }) => expect(error.stderr).not.toContain("ERROR"));
		expect(await checksums(path.join(folder, "RUNS/p1"))).toEqual(expected);
	});

	it("gets every byte with the curl script, goes on with a partial file, and fetches nothing twice", async () => {
		const folder = await freshFolder();
		const script = path.join(folder, "download.sh");
		await writeFile(script, await (await fetch(`${baseUrl}/files/share/curl_script/${token}/unix`)).text());
		const target = path.join(folder, "download/RUNS/p1");
		await mkdir(target, { recursive: true });
		const reads = await readFile(path.join(root, "RUNS/p1/reads_R1.fastq.gz"));
		await writeFile(path.join(target, "reads_R1.fastq.gz.part"), reads.subarray(0, 1_000_000));
		const first = await run("bash", [script], { cwd: folder });
		expect(first.stdout).toContain("All 7 files are complete");
		expect(await checksums(target)).toEqual(expected);
		expect((await run("bash", [script], { cwd: folder })).stdout).toContain("All 7 files are complete");
		expect(await checksums(target)).toEqual(expected);
	});

	it("gets one archive with everything", async () => {
		const folder = await freshFolder();
		await run("curl", ["-fsS", "-o", "p1.zip", `${baseUrl}/files/share/download_archive/${token}/RUNS/p1`], { cwd: folder });
		await run("python3", ["-m", "zipfile", "-e", "p1.zip", "out"], { cwd: folder });
		expect(await checksums(path.join(folder, "out/p1"))).toEqual(expected);
	});
});

describe("one file", () => {
	it("has the same size, ETag and time by GET, HEAD and PROPFIND", async () => {
		const [get, head] = [await fetch(index("/RUNS/p2/a.txt")), await fetch(index("/RUNS/p2/a.txt"), { method: "HEAD" })];
		for (const name of ["content-length", "etag", "last-modified", "content-type", "accept-ranges"]) {
			expect(head.headers.get(name)).toBe(get.headers.get(name));
		}
		expect(await get.text()).toBe("0123456789abcdef");
		expect(get.headers.get("content-length")).toBe("16");
		expect(get.headers.get("content-security-policy")).toContain("sandbox allow-scripts");
		expect(get.headers.get("referrer-policy")).toBe("no-referrer");
		const xml = await (await fetch(webdav("/RUNS/p2/a.txt"), { method: "PROPFIND", headers: { Depth: "0" } })).text();
		expect(xml).toContain(`<D:getetag>${(get.headers.get("etag") ?? "?").replaceAll('"', "&quot;")}</D:getetag>`);
		expect(xml).toContain("<D:getcontentlength>16</D:getcontentlength>");
	});

	it.each([
		["bytes=0-9", 206, "0123456789", "bytes 0-9/16"],
		["bytes=-3", 206, "def", "bytes 13-15/16"],
		["bytes=14-", 206, "ef", "bytes 14-15/16"],
		["bytes=10-99", 206, "abcdef", "bytes 10-15/16"],
		["bytes=16-", 416, "", "bytes */16"],
		["bytes=-0", 416, "", "bytes */16"],
		["bytes=5-2", 200, "0123456789abcdef", null],
		["lines=1-2", 200, "0123456789abcdef", null],
	])("answers %s with %i", async (range, status, body, contentRange) => {
		const answer = await fetch(index("/RUNS/p2/a.txt"), { headers: { Range: range } });
		expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([status, body, contentRange]);
	});

	it("comes in several parts when several are asked for", async () => {
		const answer = await fetch(index("/RUNS/p2/a.txt"), { headers: { Range: "bytes=0-1,-2" } });
		const text = await answer.text();
		expect(answer.status).toBe(206);
		expect(text).toContain("Content-Range: bytes 0-1/16\r\n\r\n01\r\n--");
		expect(text).toContain("Content-Range: bytes 14-15/16\r\n\r\nef\r\n--");
		expect(Number(answer.headers.get("content-length"))).toBe(text.length);
	});

	it("is not sent again to who has it", async () => {
		const first = await fetch(index("/RUNS/p2/a.txt"));
		const etag = first.headers.get("etag") ?? "";
		const time = first.headers.get("last-modified") ?? "";
		const status = async (headers: Record<string, string>) => (await fetch(index("/RUNS/p2/a.txt"), { headers })).status;
		expect(await status({ "If-None-Match": etag })).toBe(304);
		expect(await status({ "If-None-Match": '"other"', "If-Modified-Since": time })).toBe(200);
		expect(await status({ "If-Modified-Since": time })).toBe(304);
		expect(await status({ "If-Match": '"other"' })).toBe(412);
		expect(await status({ Range: "bytes=0-1", "If-Range": etag })).toBe(206);
		expect(await status({ Range: "bytes=0-1", "If-Range": '"old"' })).toBe(200);
	});

	it("cannot add headers by its name", async () => {
		await put(`RUNS/p4/${hostileName}`, "pdf");
		await put("RUNS/p4/<img src=x onerror=1>", "x");
		const hostile = await share("RUNS/p4");
		const answer = await fetch(index(`/RUNS/p4/${encodeURIComponent(hostileName)}`, hostile));
		expect(await answer.text()).toBe("pdf");
		expect(answer.headers.get("content-disposition")).toBe(`inline; filename="a_bc.pdf"; filename*=UTF-8''a%22bc.pdf`);
		for (const address of [index("/RUNS/p4/", hostile), `${baseUrl}/files/share/browse/${hostile}/RUNS/p4/`]) {
			const page = await (await fetch(address)).text();
			expect(page).toContain("a%22b%0D%0Ac.pdf");
			expect(page).not.toContain("<img");
		}
	});

	it("is handed over to the proxy where there is one", async () => {
		process.env.OPENGSYNC_SHARE_PROXY = "/nginx-share";
		try {
			const answer = await fetch(index(`/RUNS/p1/deep/${encodeURIComponent("日本")}/${encodeURIComponent("データ.tsv")}`));
			expect(answer.headers.get("x-accel-redirect")).toBe(
				`/nginx-share/RUNS/p1/deep/${encodeURIComponent("日本")}/${encodeURIComponent("データ.tsv")}`,
			);
			expect(await answer.text()).toBe("");
		} finally {
			delete process.env.OPENGSYNC_SHARE_PROXY;
		}
	});
});

describe("WebDAV", () => {
	const propfind = (rest: string, depth?: string) =>
		fetch(webdav(rest), { method: "PROPFIND", headers: depth === undefined ? {} : { Depth: depth } });
	const hrefs = async (answer: Response) => [...(await answer.text()).matchAll(/<D:href>([^<]*)/g)].map((match) => match[1]);

	it("describes a folder with Depth 0, and all in it with Depth 1, none, or infinity", async () => {
		const at = `/files/webdav/share/${token}/RUNS/p1/deep/`;
		expect(await hrefs(await propfind("/RUNS/p1/deep", "0"))).toEqual([at]);
		for (const depth of ["1", "infinity", undefined]) {
			const found = await hrefs(await propfind("/RUNS/p1/deep/", depth));
			expect(found).toHaveLength(4);
			expect(found).toEqual(expect.arrayContaining([at, `${at}er/`, `${at}%E6%97%A5%E6%9C%AC/`]));
		}
		const answer = await propfind("", "1");
		expect(answer.status).toBe(207);
		expect(answer.headers.get("content-type")).toBe("application/xml; charset=utf-8");
		expect(await hrefs(answer)).toEqual([`/files/webdav/share/${token}/`, `/files/webdav/share/${token}/RUNS/`]);
		expect((await propfind("/RUNS/p3", "0")).status).toBe(404);
	});

	it("says what it can, and pretends to lock", async () => {
		const options = await fetch(webdav("/"), { method: "OPTIONS" });
		expect(options.headers.get("allow")).toBe("OPTIONS, GET, HEAD, PROPFIND");
		expect(options.headers.get("dav")).toBe("1, 2");
		expect((await fetch(webdav("/RUNS"), { method: "LOCK" })).status).toBe(204);
		expect((await fetch(webdav("/RUNS/"), { method: "HEAD" })).status).toBe(200);
	});
});

describe("somebody who tries to get more than was shared", () => {
	it.each([
		"/..%2f..%2fsecret.txt",
		"/RUNS/p1/..%2f..%2f..%2fsecret.txt",
		"/RUNS%2fp3/private.txt",
		"/RUNS/p1/%00",
		"/%2fetc/passwd",
		"/RUNS/p3/private.txt",
		"/RUNS/p2/sub/b.pdf",
		"/RUNS/p1/escape.txt",
		"/RUNS/p1/%5c..",
		"/RUNS/p1/%zz",
	])("gets 404 for %s everywhere", async (rest) => {
		const addresses = [
			index(rest),
			webdav(rest),
			...["rclone", "browse", "download_archive"].map((name) => `${baseUrl}/files/share/${name}/${token}${rest}`),
		];
		for (const address of addresses) expect([address, (await fetch(address)).status]).toEqual([address, 404]);
	});

	it("sees above the shared paths only the way to them", async () => {
		const page = await (await fetch(index("/RUNS"))).text();
		expect([...page.matchAll(/>([^<]*)<\/a>/g)].map((match) => match[1])).toEqual(["../", "p1/", "p2/"]);
	});
});

describe("a link that was revoked", () => {
	const endpoints = (of: string) =>
		[
			["GET", `/files/share/validate/${of}`],
			["GET", `/files/share/browse/${of}/`],
			["GET", `/api/files/browse/${of}`],
			["GET", `/api/files/browse/${of}/RUNS/p2/a.txt`],
			["HEAD", `/api/files/browse/${of}/RUNS/p2/a.txt`],
			["GET", `/files/share/rclone/${of}/`],
			["PROPFIND", `/files/webdav/share/${of}/`],
			["OPTIONS", `/files/webdav/share/${of}/`],
			["GET", `/files/share/download_archive/${of}/`],
			["GET", `/files/share/rclone_script/${of}`],
			["GET", `/files/share/curl_script/${of}/unix`],
		] as const;
	const statuses = (of: string) =>
		Promise.all(endpoints(of).map(async ([method, address]) => (await fetch(baseUrl + address, { method })).status));

	it("ends at once on every endpoint; an unknown one is 404", async () => {
		const revoked = await share("RUNS/p2");
		expect(new Set(await statuses(revoked))).toEqual(new Set([200, 207]));
		await sql`UPDATE share_token SET expired = true WHERE owner_id = ${ownerId} AND id = (SELECT max(id) FROM share_token)`.execute(
			database.db,
		);
		expect(new Set(await statuses(revoked))).toEqual(new Set([403]));
		expect(new Set(await statuses(randomUUID()))).toEqual(new Set([404]));
		expect(await (await fetch(`${baseUrl}/files/share/validate/${revoked}`)).text()).toBe("token expired");
	});

	it("knows two platforms of scripts", async () => {
		expect((await fetch(`${baseUrl}/files/share/curl_script/${token}/amiga`)).status).toBe(400);
		expect(await (await fetch(`${baseUrl}/files/share/curl_script/${token}/windows`)).text()).toContain("curl.exe");
	});
});
