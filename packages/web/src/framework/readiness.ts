import type { Db } from "@opengsync/db/connection";

/** State of the parts of a running system: `ok`, or a short reason without internals (background-and-ops.md §5.2). */
export interface Readiness {
	readonly database: string;
	readonly cache: string;
	readonly worker: string;
	readonly backup: string;
	readonly version: string;
}

/** What the process that starts the server knows of the other parts. */
export type OtherParts = () => Promise<Omit<Readiness, "database">>;

const databaseLimitMs = 2000;

async function databaseState(db: Db): Promise<string> {
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<string>((resolve) => {
		timer = setTimeout(() => resolve("does not answer in time"), databaseLimitMs);
	});
	const answer = db
		.selectFrom("schema_migration")
		.select("schema_migration.checksum")
		.limit(1)
		.execute()
		.then(
			() => "ok",
			() => "not reachable",
		);
	return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

/** Whether everything that the product needs is there; 503 if database, cache or worker is not. */
export async function readinessResponse(db: Db, others: OtherParts): Promise<Response> {
	const [database, rest] = await Promise.all([databaseState(db), others()]);
	const readiness: Readiness = { database, ...rest };
	const ready = [readiness.database, readiness.cache, readiness.worker].every((state) => state === "ok");
	return Response.json(readiness, { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
