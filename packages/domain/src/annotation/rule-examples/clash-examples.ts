import type { ClashGroup, ClashMessage } from "../../indices/clash.ts";

/** Libraries that are sequenced together, one of which breaks a rule. */
export interface ClashCase {
	readonly code: ClashMessage["code"];
	readonly severity: ClashMessage["severity"];
	/** What the rule demands, in one sentence. */
	readonly meaning: string;
	readonly group: ClashGroup;
	/** Names of the libraries at which it is reported. */
	readonly at: readonly string[];
}

const indexed = (libraryName: string, i7: string, i5: string) => ({ libraryId: libraryName, libraryName, i7, i5 });
const lung = indexed("lung_WGS", "GAACTGAGCG", "TCGTGGAGCG");
const heart = indexed("heart_WGS", "AGGTCAGATA", "CTACAAGATA");

/** Clashes of indices, shown in the review (lab-workflows.md §13.1). */
export const clashExamples: readonly ClashCase[] = [
	{
		code: "clash.distance_zero",
		severity: "error",
		meaning: "No two libraries that are sequenced together have the same indices; N equals every base.",
		group: { records: [lung, heart, indexed("brain_WGS", "GAACTGAGCG", "TCGTGGAGCN")] },
		at: ["lung_WGS", "brain_WGS"],
	},
	{
		code: "clash.distance_small",
		severity: "warning",
		meaning: "The indices of two libraries differ in at least 3 bases.",
		group: { records: [lung, heart, indexed("brain_WGS", "GAACTGAGCG", "TCGTGGAGAA")] },
		at: ["lung_WGS", "brain_WGS"],
	},
	{
		code: "clash.same_i7_i5",
		severity: "warning",
		meaning: "i7 and i5 of a library are different; equal ones are mostly a slip of copying.",
		group: { records: [heart, indexed("brain_WGS", "GAACTGAGCG", "GAACTGAGCG")] },
		at: ["brain_WGS"],
	},
	{
		code: "clash.no_index",
		severity: "error",
		meaning: "Among several libraries each has an index.",
		group: { records: [lung], librariesWithoutIndex: [{ libraryId: "brain_WGS", libraryName: "brain_WGS" }] },
		at: ["brain_WGS"],
	},
];
