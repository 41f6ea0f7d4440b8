import { routes } from "@opengsync/web/routes";
import { Command, InvalidArgumentError } from "commander";
import { addAuditCommand } from "./audit-command.ts";
import { printRoutes } from "./routes-command.ts";
import { setReadsFromReport } from "./set-reads.ts";
import { runUp, type UpOptions } from "./up.ts";
import { addValidateCommand } from "./validate-command.ts";

function parsePort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InvalidArgumentError("A port is a number from 1 to 65535.");
	return port;
}

const program = new Command("opengsync").description("Laboratory information system of a sequencing core facility");

function serving(name: string, description: string, worker: boolean): void {
	program
		.command(name)
		.description(description)
		.option("--port <number>", "port of the web server", parsePort, Number(process.env.OPENGSYNC_PORT ?? 5000))
		.option("--host <address>", "address to listen on", "127.0.0.1")
		.option("--data <folder>", "folder of everything that is kept", "data")
		.option("--demo", "fill a new installation with a demonstration facility", false)
		.option("--dev", "development: pages for developers, debug log", false)
		.action((options: Omit<UpOptions, "worker">) => runUp({ ...options, worker }));
}

serving("up", "start database, web and worker in one process", true);
serving("serve", "start the web server only", false);

program
	.command("routes")
	.description("print all routes with their policies")
	.option("--json", "as JSON", false)
	.action((options: { json: boolean }) => console.log(printRoutes(routes, options)));

program
	.command("set-reads <file>")
	.description("report the reads of a Demultiplex_Stats.csv (the token comes from OPENGSYNC_TOKEN)")
	.requiredOption("--experiment <name>", "name of the experiment")
	.option("--url <address>", "address of the site", "http://localhost:5000")
	.action(async (file: string, options: { experiment: string; url: string }) => {
		const token = process.env.OPENGSYNC_TOKEN;
		if (!token) throw new Error("Set OPENGSYNC_TOKEN to an API token.");
		for (const line of await setReadsFromReport({ ...options, token, file })) console.log(line);
	});

addAuditCommand(program);
addValidateCommand(program);

try {
	await program.parseAsync();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	if (process.env.OPENGSYNC_DEBUG === "1") console.error(error);
	process.exit(1);
}
process.exit();
