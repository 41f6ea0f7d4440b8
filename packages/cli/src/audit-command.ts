import { readFileSync } from "node:fs";
import path from "node:path";
import { type Connection, connect } from "@opengsync/db/connection";
import { DataDirectoryInUseError } from "@opengsync/db/data-directory-lock";
import { APP_ROLE, DATABASE_NAME, startEmbeddedPostgres } from "@opengsync/db/embedded-postgres";
import { type ChainReport, verifyAuditChain } from "@opengsync/db/queries/audit-chain";
import type { Command } from "commander";
import { z } from "zod";

/** What `opengsync audit verify` is told. */
export interface AuditVerifyOptions {
	/** First month, `YYYY-MM`. */
	readonly since?: string;
	/** File with the output of an earlier `opengsync audit verify --json`. */
	readonly against?: string;
	readonly json: boolean;
}

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "A month is written YYYY-MM.");
const earlierReport = z.object({
	heads: z.array(z.object({ table: z.string(), month, number: z.int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/**
 * Proves the audit trail of a database and says what is wrong with it.
 * @returns text for the terminal, and 0 when all is as it was written, else 1
 * @throws Error when an option does not fit or the file cannot be read
 */
export async function verifyAudit(
	connection: Connection,
	options: AuditVerifyOptions,
): Promise<{ text: string; exitCode: 0 | 1 }> {
	const since = options.since === undefined ? "" : parseMonth(options.since);
	const known = options.against === undefined ? [] : readHeads(options.against).filter((head) => head.month >= since);
	const report = await verifyAuditChain(connection.db, { since, known });
	const text = options.json ? JSON.stringify(report, null, "\t") : describeReport(report);
	return { text, exitCode: report.problems.length === 0 ? 0 : 1 };
}

function parseMonth(text: string): string {
	const parsed = month.safeParse(text);
	if (!parsed.success) throw new Error("A month is written YYYY-MM.");
	return parsed.data;
}

function readHeads(file: string) {
	const parsed = earlierReport.safeParse(JSON.parse(readFileSync(file, "utf8")));
	if (!parsed.success) throw new Error(`${file} is not the output of “opengsync audit verify --json”.`);
	return parsed.data.heads;
}

function describeReport({ links, events, problems, heads }: ChainReport): string {
	const lines = [`${events} events in ${links} links of ${heads.length} chains.`];
	for (const head of heads)
		lines.push(`${head.month}  ${head.table.padEnd(32)} ${String(head.number).padStart(8)}  ${head.hash}`);
	if (problems.length === 0) return [...lines, "The audit trail is as it was written."].join("\n");
	const count = problems.length === 1 ? "One problem" : `${problems.length} problems`;
	return [...lines, `${count} found:`, ...problems.map(({ table, month, message }) => `${month}  ${table}: ${message}`)].join(
		"\n",
	);
}

const credentials = z.object({ port: z.int(), appPassword: z.string() });

/** Opens the database for reading: DATABASE_URL, the embedded server that runs already, or one started for as long as needed. */
async function openForReading(dataFolder: string): Promise<{ connection: Connection; close: () => Promise<void> }> {
	const applicationName = "opengsync audit";
	const outside = process.env.DATABASE_URL;
	if (outside) {
		const connection = connect({ url: outside, maxConnections: 1, applicationName, role: APP_ROLE });
		return { connection, close: () => connection.close() };
	}
	const dataDirectory = path.join(path.resolve(dataFolder), "database");
	const server = await startEmbeddedPostgres({ dataDirectory }).catch((error: unknown) => {
		if (error instanceof DataDirectoryInUseError) return null;
		throw error;
	});
	const connection = connect({ url: server?.appUrl ?? readAppUrl(dataDirectory), maxConnections: 1, applicationName });
	return {
		connection,
		close: async () => {
			await connection.close();
			await server?.stop();
		},
	};
}

/** Address of the embedded server that another process has started. */
function readAppUrl(dataDirectory: string): string {
	const { port, appPassword } = credentials.parse(JSON.parse(readFileSync(path.join(dataDirectory, "postgres.json"), "utf8")));
	return `postgres://${APP_ROLE}:${encodeURIComponent(appPassword)}@127.0.0.1:${port}/${DATABASE_NAME}`;
}

/** Adds `opengsync audit` to the program. */
export function addAuditCommand(program: Command): void {
	program
		.command("audit")
		.description("look after the audit trail")
		.command("verify")
		.description("prove that the audit trail is as it was written; ends with 1 when it is not")
		.option("--data <folder>", "folder of everything that is kept", "data")
		.option("--since <month>", "first month, YYYY-MM")
		.option("--against <file>", "output of an earlier verify --json, kept elsewhere: shows whether the end was cut off")
		.option("--json", "as JSON", false)
		.action(async ({ data, ...options }: AuditVerifyOptions & { data: string }) => {
			const { connection, close } = await openForReading(data);
			try {
				const { text, exitCode } = await verifyAudit(connection, options);
				console.log(text);
				process.exitCode = exitCode;
			} finally {
				await close();
			}
		});
}
