import { describe, expect, it } from "vitest";
import { allKits, dualKit } from "../../fixtures/index-kits/load-kits.ts";
import { nextStep, openStep, type SubmitResult, startWorkflow, submitStep } from "../annotation/engine.ts";
import type { StepInput, WorkflowState } from "../annotation/state.ts";
import { BarcodeOrientation, IndexType, LibraryType } from "../catalog.ts";
import type { IndexedLibrary, LibraryIndexFact } from "../indices/indexed-library.ts";
import { kitLabel } from "../indices/kit.ts";
import type { ReindexFacts } from "./facts.ts";
import { buildReindexPlan } from "./plan.ts";
import { reindexWorkflow } from "./workflow.ts";

const { FORWARD, FORWARD_NOT_VALIDATED } = BarcodeOrientation;

function index(id: number, i7: string, i5: string | null, orientationId: LibraryIndexFact["orientationId"]): LibraryIndexFact {
	const none = { kitI7Id: null, kitI5Id: null, nameI7: null, nameI5: null };
	return { id, ...none, sequenceI7: i7, sequenceI5: i5, orientationId };
}

const kitIndex: LibraryIndexFact = {
	...index(11, "GAACTGAGCG", "TCGTGGAGCG", FORWARD.id),
	kitI7Id: dualKit.id,
	kitI5Id: dualKit.id,
	nameI7: "UDP0001",
	nameI5: "UDP0001",
};

function library(
	id: number,
	name: string,
	indices: readonly LibraryIndexFact[],
	more: Partial<IndexedLibrary> = {},
): IndexedLibrary {
	const typeId = LibraryType.BULK_RNA_SEQ.id;
	return { id, name, typeId, requestId: 7, poolId: 5, poolName: "P", canEdit: true, indices, ...more };
}

const fromKit = library(1, "from_kit", [kitIndex]);
const typed = library(2, "typed", [index(12, "ACGTACGTAA", "TTGGCCAATT", FORWARD_NOT_VALIDATED.id)]);
const empty = library(3, "empty", []);
const foreign = library(4, "foreign", [], { canEdit: false });
const atac = library(5, "atac", [], { typeId: LibraryType.TENX_SC_ATAC.id, requestId: 8 });

function factsOf(more: Partial<ReindexFacts> = {}): ReindexFacts {
	return { context: "request", libraries: [fromKit, typed, empty, foreign, atac], neighbours: [], indexKits: allKits, ...more };
}

/** Cells of a row: id, name, well, i7 kit, name, sequence, i5 kit, name, sequence. */
type Cells = readonly (string | number | null)[];
const columns = [
	"Library ID",
	"Library Name",
	"Index Well",
	"i7 Kit",
	"i7 Name",
	"i7 Sequence",
	"i5 Kit",
	"i5 Name",
	"i5 Sequence",
];
const sheetOf = (...rows: Cells[]): StepInput => ({ sheet: { columns, rows } });
const _ = null;
const typedRow: Cells = [2, "typed", _, _, _, "ACGTACGTAA", _, _, "TTGGCCAATT"];
const label = kitLabel(dualKit);
const kitRow: Cells = [1, "from_kit", _, label, "UDP0001", "GAACTGAGCG", label, "UDP0001", "TCGTGGAGCG"];

const emptyRow: Cells = [3, "empty", "A1", label];

function choose(...ids: number[]): StepInput {
	return { values: { library_ids: ids.map(String) } };
}

/** Submits the inputs one after the other, each to the step that comes next. */
function run(
	facts: ReindexFacts,
	...inputs: StepInput[]
): { result: SubmitResult<ReindexFacts>; state: WorkflowState; steps: string[] } {
	let { state } = startWorkflow(reindexWorkflow, facts);
	let result: SubmitResult<ReindexFacts> | undefined;
	const steps: string[] = [];
	for (const input of inputs) {
		const step = state.history.at(-1)?.step ?? "";
		steps.push(step);
		result = submitStep(reindexWorkflow, state, step, input, facts);
		if (!result.accepted) break;
		const next = nextStep(reindexWorkflow, result.state, facts);
		state = next ? openStep(reindexWorkflow, result.state, next.name, facts).state : result.state;
	}
	if (!result) throw new Error("Nothing was submitted.");
	return { result, state, steps: [...steps, state.history.at(-1)?.step ?? ""] };
}

function planOf(facts: ReindexFacts, ...inputs: StepInput[]) {
	const { state, result } = run(facts, ...inputs);
	expect(result).toMatchObject({ accepted: true });
	return buildReindexPlan(state, facts);
}

describe("choosing libraries", () => {
	it.each<[string, StepInput]>([
		["none", choose()],
		["one of another request", choose(1, 99)],
		["one that the user may not edit", choose(4)],
		["something that is no number", { values: { library_ids: ["1; DROP TABLE"] } }],
		["nothing at all", {}],
	])("%s is refused, whatever the page offered", (_title, input) => {
		expect(run(factsOf(), input).result).toMatchObject({ accepted: false, fieldErrors: [{ field: "library_ids" }] });
	});

	it("without context takes numbers and ranges", () => {
		const { state } = run(factsOf({ context: "none" }), { values: { library_ids: "1-3" } });
		expect(state.history[0]?.metadata).toMatchObject({ library_ids: [1, 2, 3] });
	});

	it("in a lab prep ticks the libraries without index already", () => {
		const { view } = startWorkflow(reindexWorkflow, factsOf({ context: "labPrep" }));
		expect(view.values).toEqual({ library_ids: [3, 5] });
	});
});

describe("the steps", () => {
	it("ask for indices of the kinds of libraries that were chosen only", () => {
		expect(run(factsOf(), choose(5)).steps.at(-1)).toBe("tenx_atac_barcode_input");
		expect(run(factsOf(), choose(1, 5)).steps.at(-1)).toBe("barcode_input");
	});

	it("show the present indices, one row per set, with the kit as it is chosen", () => {
		const { state } = run(factsOf(), choose(1, 3));
		const { view } = openStep(reindexWorkflow, state, "barcode_input", factsOf());
		expect(view).toMatchObject({ initial: { columns, rows: [kitRow, [3, "empty", _, _, _, _, _, _, _]] } });
	});

	it("leave a known orientation alone: a row that nobody touched is not asked about", () => {
		const { steps, state } = run(factsOf(), choose(1, 2), sheetOf(kitRow, typedRow));
		expect(steps.at(-1)).toBe("complete_reindex");
		expect(buildReindexPlan(state, factsOf()).libraries.map(({ isChanged }) => isChanged)).toEqual([false, false]);
	});

	it.each<[string, Cells[], string]>([
		["a library that was not chosen", [typedRow, emptyRow, [1, "empty", "A1", label]], "index.library_id_unknown"],
		["a name that was not chosen", [typedRow, emptyRow, [2, "from_kit", "A1", label]], "library_name.invalid"],
		["a name of another library", [emptyRow, [2, "empty", _, _, _, "ACGT"]], "index.library_name_differs"],
		["an unknown library, also where it is deleted", [typedRow, emptyRow, [9, "empty", "del"]], "index.library_id_unknown"],
		["rows that delete partly", [emptyRow, typedRow, [2, "typed", "del"]], "index.delete_partly"],
		["a library without row", [typedRow], "index.library_without_row"],
	])("refuse %s", (_title, rows, code) => {
		const { result } = run(factsOf(), choose(2, 3), sheetOf(...rows));
		expect(result.accepted).toBe(false);
		expect(result.accepted ? [] : result.problems.map((problem) => problem.code)).toContain(code);
	});
});

describe("the plan", () => {
	it("`del` leaves a library without index and without index type, in any case", () => {
		const plan = planOf(factsOf(), choose(1, 2), sheetOf([1, "from_kit", "DEL"], typedRow));
		expect(plan.libraries[0]).toMatchObject({ indexTypeId: null, indices: [], isChanged: true });
		expect(plan.libraries[1]).toMatchObject({ isChanged: false });
	});

	it("a kit and a well give both sequences, forward", () => {
		const plan = planOf(factsOf(), choose(3), sheetOf([3, "empty", "A1", label]));
		expect(plan.libraries).toMatchObject([
			{
				indexTypeId: IndexType.DUAL_INDEX.id,
				indices: [{ sequenceI7: "GAACTGAGCG", sequenceI5: "TCGTGGAGCG", kitI7Id: dualKit.id, orientationId: FORWARD.id }],
			},
		]);
	});

	it("a new sequence is matched; orientation and primer are told to the request it belongs to", () => {
		const other = library(6, "other_customer", [], { requestId: 8 });
		const facts = factsOf({ libraries: [empty, other] });
		const rows: Cells[] = [
			[3, "empty", _, _, _, "AAAAAAAAAC"],
			[6, "other_customer", _, _, _, "CCCCCCCCCA"],
		];
		const answers = { kit_i7: "custom", orientation_i7: "reverseComplement", primer_i7: "ACGTACGT" };
		const plan = planOf(facts, choose(3, 6), sheetOf(...rows), { values: answers });
		expect(plan.libraries[0]).toMatchObject({
			indexTypeId: IndexType.SINGLE_INDEX_I7.id,
			indices: [{ sequenceI7: "GTTTTTTTTT", orientationId: FORWARD_NOT_VALIDATED.id }],
		});
		expect(plan.comments.map(({ requestId }) => requestId)).toEqual([7, 7, 8, 8]);
		expect(plan.comments.find(({ requestId }) => requestId === 7)?.text).not.toContain("other_customer");
	});

	it("ATAC libraries get four rows", () => {
		const atacColumns = ["Library ID", "Library Name", "Sequence 1", "Sequence 2", "Sequence 3", "Sequence 4"];
		const rows = [[5, "atac", "AAAACCCC", "CCCCAAAA", "GGGGTTTT", "TTTTGGGG"]];
		const plan = planOf(factsOf(), choose(5), { sheet: { columns: atacColumns, rows } });
		expect(plan.libraries[0]).toMatchObject({ indexTypeId: IndexType.TENX_ATAC_INDEX.id });
		expect(plan.libraries[0]?.indices.map((set) => set.sequenceI7)).toEqual(rows[0]?.slice(2));
	});
});

it("the review compares with the other libraries of the pool, greyed, and does not forbid to complete", () => {
	const neighbour = library(40, "neighbour", [kitIndex]);
	const facts = factsOf({ neighbours: [neighbour] });
	const { state } = run(facts, choose(1), sheetOf(kitRow));
	const { view } = openStep(reindexWorkflow, state, "complete_reindex", facts);
	if (view.kind !== "review") throw new Error("No review.");
	const pool = view.tabs.find((tab) => tab.key === "pool-5");
	expect(pool).toMatchObject({ severity: "error", count: 2 });
	const muted = pool?.mutedRows?.map((position) => pool.rows[position]?.[1]);
	expect(muted).toEqual(["neighbour"]);
	expect(submitStep(reindexWorkflow, state, "complete_reindex", {}, facts)).toMatchObject({ accepted: true, next: null });
});
