import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NotFoundError, UnavailableError } from "../errors.ts";
import { listDirectory, listDirectoryWithStats, resolvePath, type ShareScope } from "./resolve-path.ts";
import { readStorage } from "./storage.ts";

const hostileName = 'a"b\r\nc.pdf';
let base: string;
let root: string;

async function put(file: string, text = file) {
	const absolute = path.join(root, file);
	await mkdir(path.dirname(absolute), { recursive: true });
	await writeFile(absolute, text);
}

function scopeOf(...sharedPaths: string[]): ShareScope {
	return { root, sharedPaths, audience: "customer" };
}

const namesIn = async (scope: ShareScope, folder: string) =>
	(await listDirectory(scope, folder)).map((entry) => entry.name + (entry.isDirectory ? "/" : ""));

beforeAll(async () => {
	base = await mkdtemp(path.join(os.tmpdir(), "share-"));
	root = path.join(base, "share");
	await mkdir(path.join(base, "outside"), { recursive: true });
	await writeFile(path.join(base, "outside", "secret.txt"), "secret");
	await put("RUNS/a/reads.fastq.gz", "reads");
	await put("RUNS/a/b/deep.txt");
	await put("RUNS/ab/sibling.txt");
	await put("RUNS/other/private.txt");
	await put(`RUNS/a/${hostileName}`);
	await put("RUNS/a/Ünï 100% #1?.txt");
	await put("RUNS/a/._reads.fastq.gz");
	await put("RUNS/a/.DS_STORE");
	await put("RUNS/a/b/Thumbs.db");
	await put("RUNS/a/Network Trash Folder/x.txt");
	await symlink(path.join(base, "outside"), path.join(root, "RUNS/a/link-out"));
	await symlink(path.join(base, "outside/secret.txt"), path.join(root, "RUNS/a/secret-link.txt"));
	await symlink("../other", path.join(root, "RUNS/a/link-other"));
	await symlink("..", path.join(root, "RUNS/a/b/up"));
	await symlink("/", path.join(root, "RUNS/a/slash"));
	await symlink("../ab", path.join(root, "RUNS/a/ping"));
	await symlink("../a", path.join(root, "RUNS/ab/pong"));
	await symlink("nowhere", path.join(root, "RUNS/a/broken"));
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe("a customer with a link to RUNS/a", () => {
	it.each([
		"../share/RUNS/a",
		"..",
		"RUNS/a/../other/private.txt",
		"RUNS/a/./b",
		"RUNS//a",
		"//RUNS/a",
		"/RUNS/a",
		"/etc/passwd",
		"RUNS/a\0",
		"RUNS/a/reads.fastq.gz\0.txt",
		"RUNS\\a",
		"RUNS/a/..\\..\\other",
		"RUNS/a/b//",
		"..%2f..%2fetc",
		"RUNS/ab",
		"RUNS/ab/sibling.txt",
		"RUNS/other",
		"RUNS/other/private.txt",
		"RUNS/a/link-out",
		"RUNS/a/link-out/secret.txt",
		"RUNS/a/secret-link.txt",
		"RUNS/a/slash/etc/passwd",
		"RUNS/a/b/up",
		"RUNS/a/b/up/reads.fastq.gz",
		"RUNS/a/ping/pong",
		"RUNS/a/broken",
		"RUNS/a/missing",
		"RUNS/a/reads.fastq.gz/x",
		"RUNS/a/._reads.fastq.gz",
		"RUNS/a/.ds_store",
		"RUNS/a/.DS_STORE",
		"RUNS/a/b/Thumbs.db",
		"RUNS/a/Network Trash Folder/x.txt",
		`RUNS/a/${"n".repeat(300)}`,
	])("does not get %j", async (subpath) => {
		await expect(resolvePath(scopeOf("RUNS/a"), subpath)).rejects.toBeInstanceOf(NotFoundError);
		await expect(listDirectory(scopeOf("RUNS/a"), subpath)).rejects.toBeInstanceOf(NotFoundError);
	});

	it.each([
		"RUNS/a/reads.fastq.gz",
		"RUNS/a/b/deep.txt",
		`RUNS/a/${hostileName}`,
		"RUNS/a/Ünï 100% #1?.txt",
		"RUNS/a/link-other/private.txt",
	])("gets %j", async (subpath) => {
		const resolved = await resolvePath(scopeOf("RUNS/a"), subpath);
		expect(resolved).toMatchObject({ path: subpath, isDirectory: false, isAncestor: false });
	});

	it("sees everything below the shared folder but links out, links that loop, and names of operating systems", async () => {
		expect(await namesIn(scopeOf("RUNS/a"), "RUNS/a")).toEqual(
			["b/", hostileName, "link-other/", "ping/", "reads.fastq.gz", "Ünï 100% #1?.txt"].sort(),
		);
		expect(await namesIn(scopeOf("RUNS/a"), "RUNS/a/ping/")).toEqual(["sibling.txt"]);
		expect(await namesIn(scopeOf("RUNS/a"), "RUNS/a/b")).toEqual(["deep.txt"]);
	});

	it("sees above it only the way down to it", async () => {
		expect(await namesIn(scopeOf("RUNS/a"), "")).toEqual(["RUNS/"]);
		expect(await namesIn(scopeOf("RUNS/a", "RUNS/ab/sibling.txt"), "RUNS")).toEqual(["a/", "ab/"]);
		expect(await namesIn(scopeOf("RUNS/ab/sibling.txt"), "RUNS/ab")).toEqual(["sibling.txt"]);
		expect(await resolvePath(scopeOf("RUNS/a"), "")).toMatchObject({ isAncestor: true, isDirectory: true });
	});

	it("is not told of shared paths that are gone", async () => {
		expect(await namesIn(scopeOf("RUNS/a", "RUNS/gone", "LOST/x"), "")).toEqual(["RUNS/"]);
		expect(await namesIn(scopeOf("RUNS/gone"), "")).toEqual([]);
	});

	it("never gets anything outside the shared folder, whatever the path", async () => {
		const part = fc.constantFrom(
			"..",
			".",
			"",
			"RUNS",
			"a",
			"ab",
			"b",
			"other",
			"link-out",
			"up",
			"etc",
			"%2e%2e",
			"..\\",
			"\0",
			"private.txt",
			"deep.txt",
		);
		await fc.assert(
			fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
				const resolved = await resolvePath(scopeOf("RUNS/a"), parts.join("/")).catch((error: unknown) => {
					expect(error).toBeInstanceOf(NotFoundError);
					return null;
				});
				if (!resolved) return;
				expect(`${resolved.realPath}/`.startsWith(`${root}/`)).toBe(true);
				if (!resolved.isAncestor) expect(resolved.path === "RUNS/a" || resolved.path.startsWith("RUNS/a/")).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	it("gets nothing through a broken path in the database", async () => {
		const broken = scopeOf("", "../share/RUNS", "/RUNS/other", "RUNS//ab", "RUNS/a");
		expect(await namesIn(broken, "RUNS")).toEqual(["a/"]);
		await expect(resolvePath(broken, "RUNS/other/private.txt")).rejects.toBeInstanceOf(NotFoundError);
	});

	it("finds with each listed name what was listed", async () => {
		for (const child of await listDirectoryWithStats(scopeOf("RUNS/a"), "RUNS/a")) {
			expect(await resolvePath(scopeOf("RUNS/a"), child.path)).toEqual(child);
		}
	});
});

describe("a file", () => {
	it("has an ETag that changes with its time and size", async () => {
		await put("RUNS/a/changing.txt", "one");
		await utimes(path.join(root, "RUNS/a/changing.txt"), 1000, 1_700_000_000.9);
		const before = await resolvePath(scopeOf("RUNS/a"), "RUNS/a/changing.txt");
		expect(before.etag).toMatch(/^"\d+-1700000000-3"$/);
		expect(before).toMatchObject({ sizeBytes: 3, modified: new Date(1_700_000_000_000) });
		await put("RUNS/a/changing.txt", "four");
		expect((await resolvePath(scopeOf("RUNS/a"), "RUNS/a/changing.txt")).etag).not.toBe(before.etag);
		await rm(path.join(root, "RUNS/a/changing.txt"));
	});
});

describe(".ngsignore", () => {
	beforeAll(async () => {
		await put("P/.ngsignore", "*.tmp\n/internal/\nlogs/\n# note\n!keep.tmp\n");
		await put("P/x.tmp");
		await put("P/x.TMP");
		await put("P/keep.tmp");
		await put("P/internal/report.txt");
		await put("P/d/internal/report.txt");
		await put("P/d/logs/run.log");
		await put("P/d/.ngsignore", "!special.tmp\nkeep.tmp\nlogs2\n!logs\n");
		await put("P/d/special.tmp");
		await put("P/d/keep.tmp");
		await put("P/d/plain.tmp");
		await put("P/internal/.ngsignore", "!report.txt\n");
		await put("P/we [ird]/.ngsignore", "/only.txt\n");
		await put("P/we [ird]/only.txt");
		await put("P/we [ird]/d/only.txt");
		await put("P/unreadable/.ngsignore/folder.txt");
		await put("P/unreadable/data.txt");
		await symlink("internal/report.txt", path.join(root, "P/to-report.txt"));
		await symlink("internal", path.join(root, "P/to-internal"));
		await symlink("d", path.join(root, "P/to-d"));
	});

	it("hides from customers what it names, the nearest file winning", async () => {
		const scope = scopeOf("P");
		expect(await namesIn(scope, "P")).toEqual(["d/", "keep.tmp", "to-d/", "we [ird]/", "x.TMP"]);
		expect(await namesIn(scope, "P/d")).toEqual(["internal/", "logs/", "special.tmp"]);
		expect(await namesIn(scope, "P/d/logs")).toEqual(["run.log"]);
		expect(await namesIn(scope, "P/to-d")).toEqual(["internal/", "logs/", "special.tmp"]);
		expect(await namesIn(scope, "P/we [ird]")).toEqual(["d/"]);
		expect(await namesIn(scope, "P/we [ird]/d")).toEqual(["only.txt"]);
	});

	it.each([
		"P/.ngsignore",
		"P/x.tmp",
		"P/internal",
		"P/internal/report.txt",
		"P/to-report.txt",
		"P/to-internal",
		"P/to-internal/report.txt",
		"P/d/plain.tmp",
		"P/to-d/plain.tmp",
		"P/unreadable",
		"P/unreadable/data.txt",
	])("makes %s missing for customers, also when it is shared itself, but not for staff", async (subpath) => {
		await expect(resolvePath(scopeOf("P"), subpath)).rejects.toBeInstanceOf(NotFoundError);
		await expect(resolvePath(scopeOf(subpath), subpath)).rejects.toBeInstanceOf(NotFoundError);
		expect(await namesIn(scopeOf(subpath), "")).toEqual([]);
		await expect(resolvePath({ root, sharedPaths: [""], audience: "staff" }, subpath)).resolves.toMatchObject({ path: subpath });
	});

	it("hides a folder whose rules cannot be read", async () => {
		await put("Q/locked/.ngsignore", "x");
		await put("Q/locked/data.txt");
		await chmod(path.join(root, "Q/locked/.ngsignore"), 0);
		if (process.getuid?.() !== 0) expect(await namesIn(scopeOf("Q"), "Q")).toEqual([]);
	});
});

describe("storage that hangs", () => {
	it("is reported in time, and does not take the whole site with it", async () => {
		let release = () => {};
		const hanging = () => new Promise<void>((resolve) => (release = resolve));
		await expect(readStorage(hanging, 10)).rejects.toBeInstanceOf(UnavailableError);
		const releaseFirst = release;
		await expect(readStorage(hanging, 10)).rejects.toBeInstanceOf(UnavailableError);
		let wasTried = false;
		await expect(readStorage(async () => (wasTried = true), 10)).rejects.toBeInstanceOf(UnavailableError);
		expect(wasTried).toBe(false);
		releaseFirst();
		release();
		await new Promise((resolve) => setTimeout(resolve, 5));
		await expect(readStorage(async () => "back")).resolves.toBe("back");
	});
});
