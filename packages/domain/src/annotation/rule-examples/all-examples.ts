import { editExamples } from "./edit-examples.ts";
import { featureExamples } from "./feature-examples.ts";
import { indexExamples } from "./index-examples.ts";
import { laboratoryExamples } from "./laboratory-examples.ts";
import { libraryExamples, poolExamples } from "./library-examples.ts";
import { multiplexingExamples } from "./multiplexing-examples.ts";
import { prepExamples } from "./prep-examples.ts";
import type { SheetExamples } from "./rule-example.ts";
import { sampleExamples } from "./sample-examples.ts";

/** Examples of all sheets of the annotation, in the order of its steps, then of the sheets that change libraries later. */
export const allExamples: readonly SheetExamples[] = [
	...sampleExamples,
	...multiplexingExamples,
	...poolExamples,
	...indexExamples,
	...featureExamples,
	...libraryExamples,
	...editExamples,
	...laboratoryExamples,
	...prepExamples,
];
