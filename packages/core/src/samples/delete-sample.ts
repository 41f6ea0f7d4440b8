import type { CommandContext } from "../context.ts";
import { loadSampleFor } from "./load-for-change.ts";

/**
 * Deletes a sample with its links to libraries: E if it is DRAFT, else I (access-and-web.md §3.4).
 * @returns id of its project
 * @throws NotFoundError, ForbiddenError, NotPossibleError naming the libraries that would be left without sample
 */
export async function deleteSample(context: CommandContext, sampleId: number): Promise<number> {
	const sample = await loadSampleFor(context, sampleId, "delete");
	await context.tx.deleteFrom("sample").where("id", "=", sampleId).execute();
	return sample.project_id;
}
