import { rmSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../project-folders.ts";
import type { Measurement } from "./measurement.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";
import { startWebProcess } from "./web-process.ts";

/** Time from `npm start` to the first answer of a built product: in an empty data folder, and again in the same one. */
export async function measureStartUp(): Promise<Measurement[]> {
	const folder = makeTemporaryFolder();
	const results: Measurement[] = [];
	try {
		for (const what of ["first start, new data folder", "second start"]) {
			const web = await startWebProcess({
				args: ["scripts/start.mjs", "--data", path.join(folder, "data")],
				folder: projectFolder(),
				environment: { DATABASE_URL: "" },
			});
			results.push({ what, value: web.firstAnswerMs / 1000, unit: "s" });
			await web.stop();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return results;
}
