import type { Workflow } from "../annotation/step.ts";
import type { ReindexFacts } from "./facts.ts";
import { reindexAtacStep, reindexBarcodeStep } from "./index-steps.ts";
import { reindexMatchStep } from "./match-step.ts";
import { completeReindexStep } from "./review.ts";
import { selectLibrariesStep } from "./select-libraries.ts";

/** Sets, replaces or deletes the indices of chosen libraries (requests-and-annotation.md §8). */
export const reindexWorkflow: Workflow<ReindexFacts> = {
	name: "reindex",
	steps: [selectLibrariesStep, reindexBarcodeStep, reindexAtacStep, reindexMatchStep, completeReindexStep],
};
