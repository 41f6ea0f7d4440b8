import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { projectFolder } from "../project-folders.ts";

const name = "200624_A00834_0183_BHMTFYTINY";

/** Puts the folder of a real run into the run folder root, complete, so that the next scan finds it. */
export async function copyRunFolder(illuminaRunFolder: string): Promise<void> {
	const target = path.join(illuminaRunFolder, name);
	await mkdir(illuminaRunFolder, { recursive: true });
	await cp(path.join(projectFolder(), "packages", "illumina", "fixtures", name), target, { recursive: true });
	await writeFile(path.join(target, "RTAComplete.txt"), "6/25/2020,8:12:44.000,Illumina RTA v3.4.4\n");
}
