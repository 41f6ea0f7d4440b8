import { parseXml, walkElements } from "./xml.ts";

/** Content of `RunParameters.xml` that is used (background-and-ops.md §2.1); null where absent or empty. Texts are not cut. */
export interface RunParameters {
	/** The key to the experiment. */
	readonly experimentName: string | null;
	readonly rtaVersion: string | null;
	readonly recipeVersion: string | null;
	readonly side: string | null;
	readonly flowcellMode: string | null;
	/** For logs only. */
	readonly runId: string | null;
}

/**
 * Reads `RunParameters.xml`: elements anywhere in the document, names in any case, the first occurrence with text counts.
 * @throws {InstrumentFileError} when the document is unsafe or not well-formed
 */
export function parseRunParameters(xml: string): RunParameters {
	const textByName = new Map<string, string>();
	for (const element of walkElements(parseXml(xml, "RunParameters.xml"))) {
		const name = element.name.toLowerCase();
		if (element.text && !textByName.has(name)) textByName.set(name, element.text);
	}
	const textOf = (name: string) => textByName.get(name.toLowerCase()) ?? null;
	return {
		experimentName: textOf("ExperimentName"),
		rtaVersion: textOf("RtaVersion"),
		recipeVersion: textOf("RecipeVersion"),
		side: textOf("Side"),
		flowcellMode: textOf("FlowCellMode"),
		runId: textOf("RunId"),
	};
}
