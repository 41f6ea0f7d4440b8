import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenomeRef, LibraryStatus, LibraryType, MuxType } from "../catalog.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { buildSamplePoolsSheet, keyOfIndices, type PrepLibrary, planRegroup } from "./regroup.ts";

const gex = LibraryType.TENX_SC_GEX_3PRIME;
const oligo = LibraryType.TENX_MUX_OLIGO;
const library = (id: number, sampleName: string, sampleIds: number[], change: Partial<PrepLibrary> = {}): PrepLibrary => {
	const type = change.typeId === oligo.id ? oligo : gex;
	return {
		id,
		sampleName,
		sampleIds,
		name: `${sampleName}_${type.identifier}`,
		typeId: type.id,
		ownerId: 1,
		requestId: 1,
		...{
			muxTypeId: MuxType.TENX_OLIGO.id,
			statusId: LibraryStatus.PREPARING.id,
			genomeRefId: GenomeRef.HUMAN.id,
			indices: "",
			isOnExperiment: false,
			...change,
		},
	};
};
const pools = (texts: Readonly<Record<number, string>>) => (_library: PrepLibrary, id: number) => texts[id];

describe("regrouping the samples of a prep (lab-workflows.md §10.1)", () => {
	const both = [library(1, "pool_a", [1, 2]), library(2, "pool_a", [1, 2], { typeId: oligo.id })];

	it("makes one library per pool and type, and empties the old ones", () => {
		const plan = planRegroup(both, pools({ 1: "pool_b", 2: "pool_c" }));
		expect(plan.targets.map((target) => [target.name, target.sourceIds, target.samples])).toEqual([
			[`pool_b_${gex.identifier}`, [1], [{ sampleId: 1, libraryId: 1 }]],
			[`pool_c_${gex.identifier}`, [1], [{ sampleId: 2, libraryId: 1 }]],
			[`pool_b_${oligo.identifier}`, [2], [{ sampleId: 1, libraryId: 2 }]],
			[`pool_c_${oligo.identifier}`, [2], [{ sampleId: 2, libraryId: 2 }]],
		]);
		expect(plan.deletedIds).toEqual([1, 2]);
	});
	it("keeps libraries that do not change", () => {
		const plan = planRegroup([...both, library(3, "pool_d", [3])], pools({ 1: "pool_a", 2: "pool_a", 3: "pool_d" }));
		expect(plan).toEqual({ targets: [], deletedIds: [], refusedNames: [], warnings: [] });
	});
	it("makes a library anew when another sample joins it", () => {
		const plan = planRegroup([library(5, "pool_a", [1]), library(4, "pool_b", [2])], pools({ 1: "pool_a", 2: "pool_a" }));
		expect(plan.targets).toMatchObject([{ name: `pool_a_${gex.identifier}`, sourceIds: [4, 5], keepsIndices: true }]);
		expect(plan.deletedIds).toEqual([4, 5]);
	});
	it("gives up samples in pool x", () => {
		const plan = planRegroup([library(1, "pool_a", [1, 2])], pools({ 1: "pool_a", 2: "x" }));
		expect(plan.targets.map((target) => [target.name, target.statusId])).toEqual([
			[`pool_a_${gex.identifier}`, LibraryStatus.PREPARING.id],
			[`canceled_samples_${gex.identifier}`, LibraryStatus.FAILED.id],
		]);
	});
	it("stores again what leaves its sequencing pool (data-model.md §6)", () => {
		const pooled = library(1, "pool_a", [1], { statusId: LibraryStatus.POOLED.id });
		expect(planRegroup([pooled], pools({ 1: "pool_b" })).targets).toMatchObject([{ statusId: LibraryStatus.STORED.id }]);
	});
	it("warns of merged requests, owners, genomes and indices", () => {
		const foreign = {
			requestId: 2,
			ownerId: 2,
			genomeRefId: GenomeRef.MOUSE.id,
			indices: keyOfIndices([{ sequenceI7: "A", sequenceI5: null }]),
		};
		const plan = planRegroup(
			[library(1, "pool_a", [1]), library(2, "pool_b", [2], foreign)],
			pools({ 1: "new_pool", 2: "new_pool" }),
		);
		expect(plan.targets).toMatchObject([{ keepsIndices: false }]);
		expect(plan.warnings.join(" ")).toMatch(
			/different requests and owners and genomes.*request 1.*different indices.*indexed again/,
		);
	});
	it("refuses libraries that are on an experiment, if they would change", () => {
		const fixed = library(1, "pool_a", [1], { isOnExperiment: true });
		expect(planRegroup([fixed], pools({ 1: "pool_b" })).refusedNames).toEqual([fixed.name]);
		expect(planRegroup([fixed], pools({ 1: "pool_a" })).refusedNames).toEqual([]);
	});
	it("never loses or doubles a sample of a type", () => {
		const world = fc.array(
			fc.record({ samples: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1 }), isOligo: fc.boolean() }),
			{ minLength: 1, maxLength: 6 },
		);
		const pool = fc.array(fc.constantFrom("pool_0", "pool_1", "pool_2", "x"), { minLength: 9, maxLength: 9 });
		fc.assert(
			fc.property(world, pool, (drawn, chosen) => {
				const libraries = drawn.map(({ samples, isOligo }, n) =>
					library(n + 1, `pool_${n}`, samples, isOligo ? { typeId: oligo.id } : {}),
				);
				const plan = planRegroup(libraries, (_library, id) => chosen[id]);
				const kept = libraries.filter(({ id }) => !plan.deletedIds.includes(id));
				const after = [
					...kept.flatMap((each) => each.sampleIds.map((id) => `${each.typeId}/${id}`)),
					...plan.targets.flatMap((target) =>
						target.samples.map(({ sampleId, libraryId }) => `${libraries[libraryId - 1]?.typeId}/${sampleId}`),
					),
				];
				const before = libraries.flatMap((each) => each.sampleIds.map((id) => `${each.typeId}/${id}`));
				expect(new Set(after)).toEqual(new Set(before));
				const names = [...kept.map(({ name }) => name), ...plan.targets.map(({ name }) => name)];
				expect(new Set(names).size).toBe(names.length);
			}),
		);
	});
	it.each([
		["x", []],
		["abc", ["pool.invalid"]],
		["a b-c.d", []],
		["Pööl_1", ["pool.invalid"]],
		[null, ["pool.missing"]],
	])("takes or refuses the pool %s", (pool, codes) => {
		const sheet = buildSamplePoolsSheet({ samples: [{ id: 1, name: "liver" }], libraries: [library(1, "pool_a", [1])] });
		const checked = validateSheet(sheet, { columns: ["Sample ID", "Sample Name", "Pool"], rows: [[1, "liver", pool]] });
		expect(checked.problems.map((problem) => problem.code)).toEqual(codes);
	});
});
