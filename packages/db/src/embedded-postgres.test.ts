import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./connection.ts";
import { DataDirectoryInUseError, isAlive } from "./data-directory-lock.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";

let folder = "";
let dataDirectory = "";

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), "opengsync-embedded-"));
	chmodSync(folder, 0o711);
	dataDirectory = path.join(folder, "data");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = { fsync: "off" };
const serverPid = () => Number(readFileSync(path.join(dataDirectory, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
const lockFile = () => path.join(dataDirectory, "postgres.lock");

async function killServer(pid: number): Promise<void> {
	process.kill(pid, "SIGKILL");
	while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("embedded server", () => {
	test("a second start in the same data directory is refused, so that nobody's data are damaged", async () => {
		const server = await startEmbeddedPostgres({ dataDirectory, settings });
		await expect(startEmbeddedPostgres({ dataDirectory, settings })).rejects.toThrow(DataDirectoryInUseError);
		await server.stop();
	});

	test("data, port and passwords survive a restart, and others cannot read the passwords", async () => {
		const first = await startEmbeddedPostgres({ dataDirectory, settings });
		const owner = connect({ url: first.ownerUrl });
		await sql`create table kept as select 42 as answer`.execute(owner.db);
		await owner.close();
		await first.stop();
		const second = await startEmbeddedPostgres({ dataDirectory, settings });
		expect(second.ownerUrl).toBe(first.ownerUrl);
		expect(second.appUrl).toBe(first.appUrl);
		const again = connect({ url: second.ownerUrl });
		expect((await sql`select answer from kept`.execute(again.db)).rows).toEqual([{ answer: 42 }]);
		await again.close();
		await second.stop();
		expect(statSync(path.join(dataDirectory, "postgres.json")).mode & 0o777).toBe(0o600);
	});

	test("after the server was killed it starts again", async () => {
		await startEmbeddedPostgres({ dataDirectory, settings });
		await killServer(serverPid());
		rmSync(lockFile());
		const server = await startEmbeddedPostgres({ dataDirectory, settings });
		await server.stop();
	});

	test("after the application was killed its orphaned server is replaced", async () => {
		await startEmbeddedPostgres({ dataDirectory, settings });
		const orphan = serverPid();
		rmSync(lockFile());
		const server = await startEmbeddedPostgres({ dataDirectory, settings });
		expect(isAlive(orphan)).toBe(false);
		await server.stop();
	});
});
