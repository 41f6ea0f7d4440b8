/** What a customer gets: making it, fetching it with the programs that the facility recommends, comparing it. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Files of a delivery: nested, with a name beyond ASCII, and one that a browser shows. */
export function makeDelivery(folder: string): void {
	mkdirSync(path.join(folder, "fastq"), { recursive: true });
	for (const name of ["virus_1_S1_L001_R1_001.fastq.gz", "virus_2_S2_L001_R1_001.fastq.gz"]) {
		writeFileSync(path.join(folder, "fastq", name), Buffer.alloc(200_000, name));
	}
	writeFileSync(path.join(folder, "report.html"), "<!doctype html><title>Report</title><h1>Report</h1>");
	writeFileSync(path.join(folder, "Übersicht µ.txt"), "total 2\n");
}

/** Checksum of a file. */
export function sha256(file: string): string {
	return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** Checksum of every file below a folder, by relative path; lists that wget wrote are no files of the delivery. */
export function checksums(folder: string): Map<string, string> {
	const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
	const files = names.filter((name) => statSync(path.join(folder, name)).isFile() && !/index\.html/.test(name)).sort();
	return new Map(files.map((name) => [name, sha256(path.join(folder, name))]));
}

/** Fetches all of a share with rclone over HTTP, rclone over WebDAV and wget, each into a folder of its own below `target`. */
export function downloadWithPrograms(url: string, token: string, target: string): string[] {
	const [http, dav, wget] = [path.join(target, "http"), path.join(target, "dav"), path.join(target, "wget")];
	const listing = `${url}/api/files/browse/${token}`;
	const run = (program: string, parameters: readonly string[]) => execFileSync(program, parameters, { stdio: "pipe" });
	run("rclone", ["copy", "--http-url", listing, ":http:", http]);
	run("rclone", ["sync", `:webdav,url='${url}/files/webdav/share/${token}/':/`, dav, "--transfers=8", "--use-server-modtime"]);
	const wholeTree = ["--recursive", "--level=99", "--no-parent", "-k", "-e", "robots=off", "-nH", "--cut-dirs=4"];
	run("wget", ["-q", "-P", wget, "--reject=index.html*", ...wholeTree, `${listing}/`]);
	return [http, dav, wget];
}
