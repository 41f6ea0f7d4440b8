import { FeatureType, IndexType } from "../../catalog.ts";
import type { IndexKit } from "../../indices/kit.ts";
import type { FeatureKitFact } from "../facts.ts";

/** Two adapters of a dual kit. */
export const dualKit: IndexKit = {
	id: 1,
	identifier: "E6609",
	name: "Dual indices",
	typeId: IndexType.DUAL_INDEX.id,
	adapters: [
		{ id: 1, well: "A1", i7: [{ name: "UDP1", sequence: "GAACTGAGCG" }], i5: [{ name: "UDP1", sequence: "TCGTGGAGCG" }] },
		{ id: 2, well: "A2", i7: [{ name: "UDP2", sequence: "AGGTCAGATA" }], i5: [{ name: "UDP2", sequence: "CTACAAGATA" }] },
	],
};

/** A kit whose i7 and i5 are combined freely by name. */
export const combinatorialKit: IndexKit = {
	id: 2,
	identifier: "XT",
	name: "Combinatorial indices",
	typeId: IndexType.COMBINATORIAL_DUAL_INDEX.id,
	adapters: [
		{ id: 1, well: null, i7: [{ name: "N701", sequence: "TAAGGCGA" }], i5: [] },
		{ id: 2, well: null, i7: [], i5: [{ name: "S502", sequence: "CTCTCTAT" }] },
	],
};

/** A kit of single indices. */
export const singleKit: IndexKit = {
	id: 3,
	identifier: "M1",
	name: "Single indices",
	typeId: IndexType.SINGLE_INDEX_I7.id,
	adapters: [{ id: 1, well: "A1", i7: [{ name: "Index 1", sequence: "ATCACG" }], i5: [] }],
};

function atacAdapter(id: number, well: string, name: string, sequences: readonly string[]): IndexKit["adapters"][number] {
	return { id, well, i7: sequences.map((sequence) => ({ name, sequence })), i5: [] };
}

/** A kit of 10x ATAC libraries: four i7 under one name. */
export const atacKit: IndexKit = {
	id: 4,
	identifier: "10X-NA",
	name: "Single Index Kit N Set A",
	typeId: IndexType.TENX_ATAC_INDEX.id,
	adapters: [
		atacAdapter(1, "A1", "SI-NA-A1", ["AAACGGCG", "CCTACCAT", "GGCGTTTC", "TTGTAAGA"]),
		atacAdapter(2, "B1", "SI-NA-B1", ["AGGCTACC", "CTAGCTGT", "GCCAACAA", "TATTGGTG"]),
	],
};

const pattern = "5P(BC)";

/** A kit of multiplexing oligos. */
export const oligoKit: FeatureKitFact = {
	id: 10,
	identifier: "10X-CELLPLEX-A",
	name: "CellPlex Set A",
	typeId: FeatureType.CMO.id,
	features: [
		{ id: 101, identifier: null, name: "CMO301", sequence: "ATGAGGAATTCCTGC", pattern, read: "R2" },
		{ id: 102, identifier: null, name: "CMO302", sequence: "CATGCCAATAGAGCG", pattern, read: "R2" },
	],
};

/** A kit of antibody features. */
export const antibodyKit: FeatureKitFact = {
	id: 11,
	identifier: "199902",
	name: "TotalSeq-B panel",
	typeId: FeatureType.ANTIBODY.id,
	features: [
		{ id: 201, identifier: "B0014", name: "CD19", sequence: "CTGGGCAATTACTCG", pattern, read: "R2" },
		{ id: 202, identifier: "B0034", name: "CD3", sequence: "CTCATTGTAACTCCT", pattern, read: "R2" },
	],
};
