import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { loadKitsForAnnotation } from "@opengsync/core/annotation/load-kits";
import type { Services } from "@opengsync/core/context";
import { importKitFolder } from "@opengsync/core/kits/import-kits";
import { readKitAssets } from "@opengsync/core/kits/read-kit-assets";
import type { Db } from "@opengsync/db/connection";
import { projectFolder } from "../project-folders.ts";
import { planAhead } from "./calendar.ts";
import { deliver, writeShareMapping } from "./deliveries.ts";
import { createSequencers, makeExperiments } from "./experiments.ts";
import { actAlone, type Facility } from "./facility.ts";
import { workInLaboratory } from "./laboratory.ts";
import { createGroups, createPeople, demoPassword } from "./people.ts";
import { makePlate } from "./plate.ts";
import { requestPlans } from "./request-plans.ts";
import { makeRequest } from "./requests.ts";
import { copyRunFolder } from "./run-folder.ts";
import { sequence } from "./sequencing.ts";

/** What the demonstration is filled into. */
export interface DemoTarget {
	readonly db: Db;
	readonly services: Services;
	/** Folder of the installation; a settings file is written there if there is none. */
	readonly dataFolder: string;
	/** Takes a line about the progress. */
	readonly log: (line: string) => void;
}

/**
 * Fills an empty installation with a demonstration facility: people, kits, a year of requests in every status, experiments, runs, and
 * files in the share and the run folder root. Does nothing when there are users. What has a command is done by the command.
 *
 * @throws Error when it was interrupted before: half a facility would look like a broken program
 */
export async function fillDemo(target: DemoTarget): Promise<void> {
	const { db, dataFolder, log } = target;
	const mark = path.join(dataFolder, "demonstration-unfinished");
	if (existsSync(mark)) {
		throw new Error(
			`The demonstration facility was interrupted while it was filled in. Delete the folder ${dataFolder}, and empty the database if it is elsewhere, or choose another folder with --data; then start again.`,
		);
	}
	const known = await db.selectFrom("lims_user").select("id").limit(1).executeTakeFirst();
	if (known) {
		log("There are users already: the demonstration facility is not filled in.");
		return;
	}
	log("Filling in the demonstration facility …");
	await mkdir(dataFolder, { recursive: true });
	await writeFile(mark, "");
	await fill(target);
	await rm(mark);
}

async function fill({ db, services, dataFolder, log }: DemoTarget): Promise<void> {
	const facility = await makeFacility(db, services);
	log(`  ${Object.keys(facility.people).length} people (password ${demoPassword}), ${facility.indexKits.length} index kits`);
	const sequencerIds = await createSequencers(facility);
	const requestIds = new Map<string, number>();
	for (const plan of requestPlans) {
		const requestId = await makeRequest(facility, plan);
		requestIds.set(plan.code, requestId);
		await workInLaboratory(facility, plan, requestId);
		if (plan.assay === "bulkRnaPlate") await makePlate(facility, plan, requestId);
	}
	log(`  ${requestIds.size} requests`);
	const experiments = await makeExperiments(facility, sequencerIds, requestIds);
	for (const experiment of experiments) await sequence(facility, experiment);
	log(`  ${experiments.length} experiments`);
	for (const experiment of experiments) await deliver(facility, experiment);
	await planAhead(facility);
	await copyRunFolder(services.config.illuminaRunFolder);
	await writeShareMapping(facility, dataFolder);
	log("  results in the share, a run in the run folder");
}

async function makeFacility(db: Db, services: Services): Promise<Facility> {
	const kits = await readKitAssets(path.join(projectFolder(), "packages", "core", "assets", "kits"));
	const made = await actAlone(db, async (tx) => {
		const people = await createPeople(tx);
		const groups = await createGroups(tx, people);
		await importKitFolder({ tx }, kits);
		return { people, groups };
	});
	return { db, services, today: services.now(), ...made, indexKits: await loadKitsForAnnotation(db) };
}
