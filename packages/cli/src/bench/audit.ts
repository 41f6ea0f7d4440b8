import { rmSync } from "node:fs";
import path from "node:path";
import { APP_ROLE, startEmbeddedPostgres } from "@opengsync/db/embedded-postgres";
import { migrate } from "@opengsync/db/migrate";
import pg from "pg";
import type { Measurement } from "./measurement.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** Rows of the largest annotation. */
const ROWS = 1_536;
const annotatedTables = ["sample", "library", "library_index", "sample_library_link"] as const;

const people = `
	INSERT INTO lims_user (first_name, last_name, email, password, role_id) VALUES ('Demo', 'User', 'demo@example.org', '!', 1);
	INSERT INTO contact (name) SELECT 'Contact ' || n FROM generate_series(1, 3) n;
	INSERT INTO project (title, owner_id) VALUES ('Liver atlas', 1);
	INSERT INTO seq_request (name, data_delivery_mode_id, read_type_id, submission_type_id, organization_contact_id, requestor_id,
		contact_person_id, billing_contact_id) VALUES ('Liver atlas', 1, 1, 1, 1, 1, 2, 3);`;

/** The statements of a completed annotation as the command writes them: a record per row as JSON. */
function annotationStatements(run: number): { text: string; values: unknown[] }[] {
	const rows = Array.from({ length: ROWS }, (_, index) => ({
		name: `sample_${run}_${index}`,
		attributes: {
			genotype: { type_id: 3, value: index % 2 === 0 ? "wild type" : "knock-out" },
			day: { type_id: 4, value: String(index % 7) },
		},
	}));
	const json = JSON.stringify(rows);
	return [
		{
			text: `INSERT INTO sample (name, status_id, project_id, owner_id, attributes)
				SELECT name, 0, 1, 1, attributes FROM jsonb_to_recordset($1::jsonb) AS v (name text, attributes jsonb)`,
			values: [json],
		},
		{
			text: `INSERT INTO library (name, sample_name, type_id, status_id, genome_ref_id, service_type_id, mux_type_id, index_type_id,
					nuclei_isolation, properties, owner_id, seq_request_id)
				SELECT 'library_' || name, name, 3, 0, 1, 1, 0, 1, false, '{"kit": "v2"}', 1, 1
				FROM jsonb_to_recordset($1::jsonb) AS v (name text)`,
			values: [json],
		},
		{
			text: `INSERT INTO library_index (library_id, name_i7, name_i5, sequence_i7, sequence_i5, orientation)
				SELECT id, 'D701', 'D501', 'ATTACTCGAC', 'TATAGCCTTA', 0 FROM library WHERE sample_name LIKE $1`,
			values: [`sample_${run}_%`],
		},
		{
			text: `INSERT INTO sample_library_link (sample_id, library_id)
				SELECT s.id, l.id FROM sample s JOIN library l ON l.sample_name = s.name WHERE s.name LIKE $1`,
			values: [`sample_${run}_%`],
		},
	];
}

const actorStatement = `SELECT set_config('opengsync.actor_id', '1', true), set_config('opengsync.via', 'web', true),
	set_config('opengsync.request_id', 'bench', true)`;

async function timeTransaction(client: pg.Client, statements: readonly { text: string; values: unknown[] }[]): Promise<number> {
	const startedMs = performance.now();
	await client.query("BEGIN");
	await client.query(actorStatement);
	for (const statement of statements) await client.query(statement);
	await client.query("COMMIT");
	return performance.now() - startedMs;
}

function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Turns the triggers of tables on or off. */
async function switchAudit(owner: pg.Client, tables: readonly string[], on: boolean): Promise<void> {
	for (const table of tables) {
		for (const trigger of ["audit_insert", "audit_update", "audit_delete"]) {
			await owner.query(`ALTER TABLE ${table} ${on ? "ENABLE" : "DISABLE"} TRIGGER ${trigger}`);
		}
	}
}

/** With and without in turns, since the machine may be busier at one time than at another. */
async function measureInTurns(
	owner: pg.Client,
	tables: readonly string[],
	rounds: number,
	work: (round: number) => Promise<number>,
): Promise<{ with: number[]; without: number[] }> {
	const times = { with: [] as number[], without: [] as number[] };
	for (let round = 0; round < rounds * 2; round++) {
		const on = round % 2 === 0;
		await switchAudit(owner, tables, on);
		const elapsedMs = await work(round);
		// The first of each warms up.
		if (round >= 2) times[on ? "with" : "without"].push(elapsedMs);
	}
	await switchAudit(owner, tables, true);
	return times;
}

/** Transactions per second of several connections that write to one table, for a while. */
async function measureWriters(url: string, writers: number, durationMs: number): Promise<number> {
	const clients = await Promise.all(Array.from({ length: writers }, () => openClient(url)));
	const startedMs = performance.now();
	const counts = await Promise.all(
		clients.map(async (client, writer) => {
			let count = 0;
			while (performance.now() - startedMs < durationMs) {
				const name = `writer_${writer}_${startedMs}_${count}`;
				await timeTransaction(client, [{ text: "INSERT INTO setting (key, value) VALUES ($1, '1')", values: [name] }]);
				count += 1;
			}
			return count;
		}),
	);
	await Promise.all(clients.map((client) => client.end()));
	return (counts.reduce((sum, count) => sum + count, 0) * 1000) / durationMs;
}

async function openClient(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	return client;
}

/** What the audit trail with its chain costs: an annotation of 1,536 rows, a change of one row, eight writers of one table. */
export async function measureAudit(durationMs: number): Promise<Measurement[]> {
	const folder = makeTemporaryFolder();
	const server = await startEmbeddedPostgres({ dataDirectory: path.join(folder, "database") });
	try {
		await migrate(server.ownerUrl);
		const owner = await openClient(server.ownerUrl);
		const app = await openClient(server.appUrl);
		await owner.query(`SET ROLE ${APP_ROLE}`);
		await owner.query(people);
		await owner.query("RESET ROLE");
		const annotation = await measureInTurns(owner, annotatedTables, 8, (round) =>
			timeTransaction(app, annotationStatements(round)),
		);
		const change = { text: "UPDATE project SET description = clock_timestamp()::text WHERE id = 1", values: [] };
		const oneRow = await measureInTurns(owner, ["project"], 300, () => timeTransaction(app, [change]));
		const writers: Measurement[] = [];
		for (const on of [true, false]) {
			await switchAudit(owner, ["setting"], on);
			const what = `audit: transactions of one row, 8 writers of one table, ${on ? "with" : "without"}`;
			writers.push({ what, value: await measureWriters(server.appUrl, 8, durationMs), unit: "per s" });
		}
		await Promise.all([owner.end(), app.end()]);
		return [
			{ what: "audit: annotation of 1,536 rows, median, with", value: quantile(annotation.with, 0.5), unit: "ms" },
			{ what: "audit: annotation of 1,536 rows, median, without", value: quantile(annotation.without, 0.5), unit: "ms" },
			{ what: "audit: change of one row, median, with", value: quantile(oneRow.with, 0.5), unit: "ms" },
			{ what: "audit: change of one row, median, without", value: quantile(oneRow.without, 0.5), unit: "ms" },
			{ what: "audit: change of one row, 95 %, with", value: quantile(oneRow.with, 0.95), unit: "ms" },
			{ what: "audit: change of one row, 95 %, without", value: quantile(oneRow.without, 0.95), unit: "ms" },
			...writers,
		];
	} finally {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
