import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createCaptureTransport } from "@opengsync/core/mail/capture-transport";
import { associateDataPath } from "@opengsync/core/sharing/associate-data-path";
import { releaseProjectData } from "@opengsync/core/sharing/release-project-data";
import type { MadeExperiment } from "./experiments.ts";
import { actAs, daysBefore, type Facility } from "./facility.ts";
import { advance } from "./sequencing.ts";

const storage = "PROCESSED_DATA";
const validityMinutes = 60 * 24 * 60;

/** Writes small result files for each project of an experiment and hands them over, if that has happened already. */
export async function deliver(facility: Facility, experiment: MadeExperiment): Promise<void> {
	const { releasedDaysAgo } = experiment.plan;
	if (releasedDaysAgo === undefined) return;
	const at = daysBefore(facility.today, releasedDaysAgo, 15);
	const projects = await facility.db
		.selectFrom("library")
		.innerJoin("sample_library_link", "sample_library_link.library_id", "library.id")
		.innerJoin("sample", "sample.id", "sample_library_link.sample_id")
		.innerJoin("project", "project.id", "sample.project_id")
		.select(["project.id", "project.title"])
		.distinct()
		.where("library.experiment_id", "=", experiment.id)
		.orderBy("project.id")
		.execute();
	for (const project of projects) {
		const folder = await writeResults(facility, experiment, project);
		// Mails of the demonstration leave the house under no circumstances.
		const services = { ...facility.services, mail: createCaptureTransport() };
		await actAs({ ...facility, services }, "bioinformatician", at, async (context) => {
			await associateDataPath(context, { sharePath: folder, targets: { projectId: project.id } });
			await associateDataPath(context, {
				sharePath: `${folder}/report.html`,
				targets: { projectId: project.id, experimentId: experiment.id },
			});
			await releaseProjectData(context, {
				projectId: project.id,
				internalAccess: false,
				timeValidMin: validityMinutes,
				recipients: null,
				anonymousSend: false,
				markProjectDelivered: null,
				comment: "Reads, checksums and a report.",
			});
		});
	}
	await advance(facility, at);
}

interface ProjectOfExperiment {
	readonly id: number;
	readonly title: string;
}

/** Reads, checksums and a report. @returns the folder below the share root */
async function writeResults(facility: Facility, { id, plan }: MadeExperiment, project: ProjectOfExperiment): Promise<string> {
	const libraries = await facility.db
		.selectFrom("library")
		.innerJoin("sample_library_link", "sample_library_link.library_id", "library.id")
		.innerJoin("sample", "sample.id", "sample_library_link.sample_id")
		.select(["library.id", "library.name"])
		.distinct()
		.where("library.experiment_id", "=", id)
		.where("sample.project_id", "=", project.id)
		.orderBy("library.id")
		.limit(6)
		.execute();
	const sharePath = `${storage}/${project.title.replace(/[^A-Za-z0-9]+/g, "_")}/${plan.name}`;
	const folder = path.join(facility.services.config.shareRoot, ...sharePath.split("/"));
	await mkdir(path.join(folder, "fastq"), { recursive: true });
	const checksums: string[] = [];
	for (const library of libraries) {
		for (const read of ["R1", "R2"]) {
			const name = `fastq/${library.name}_S${library.id}_L001_${read}_001.fastq.gz`;
			const content = gzipSync(makeReads(library.id, read));
			await writeFile(path.join(folder, name), content);
			checksums.push(`${createHash("md5").update(content).digest("hex")}  ${name}`);
		}
	}
	await writeFile(path.join(folder, "md5sums.txt"), `${checksums.join("\n")}\n`);
	await writeFile(path.join(folder, "report.html"), makeReport(project.title, plan.name, libraries));
	await writeFile(path.join(folder, "counts.tsv"), makeCounts(libraries));
	return sharePath;
}

function makeReads(seed: number, read: string): string {
	return Array.from({ length: 200 }, (_, index) => {
		const bases = Array.from({ length: 50 }, (_base, position) => "ACGT"[(seed * 7 + index * 13 + position * position) % 4]).join(
			"",
		);
		return `@DEMO:${seed}:${read}:${index}\n${bases}\n+\n${"F".repeat(50)}\n`;
	}).join("");
}

interface NamedLibrary {
	readonly id: number;
	readonly name: string;
}

function makeReport(title: string, experiment: string, libraries: readonly NamedLibrary[]): string {
	const rows = libraries.map((library) => `<tr><td>${library.name}</td><td>${40 + (library.id % 20)}</td></tr>`).join("");
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>
<p>Experiment ${experiment}. Figures of a demonstration.</p><table><tr><th>Library</th><th>Million reads</th></tr>${rows}</table></body></html>\n`;
}

function makeCounts(libraries: readonly NamedLibrary[]): string {
	const genes = ["Actb", "Gapdh", "Cd3e", "Ptprc", "Mki67"];
	const header = ["gene", ...libraries.map((library) => library.name)].join("\t");
	return `${[header, ...genes.map((gene, index) => [gene, ...libraries.map((library) => (library.id * (index + 3)) % 997)].join("\t"))].join("\n")}\n`;
}

/** Tells the installation where the shared storage lies, unless it has settings of its own; counts from the next start. */
export async function writeShareMapping(facility: Facility, dataFolder: string): Promise<void> {
	const file = path.join(dataFolder, "opengsync.yaml");
	if (existsSync(file)) return;
	const host = JSON.stringify(path.join(facility.services.config.shareRoot, storage));
	await writeFile(file, `# Settings of the demonstration facility.\nshare_path_mapping:\n  ${storage}: ${host}\n`);
}
