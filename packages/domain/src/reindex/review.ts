import type { WorkflowState } from "../annotation/state.ts";
import { accept, type ReviewTab, type Step } from "../annotation/step.ts";
import { BarcodeOrientation, findMember } from "../catalog.ts";
import type { ClashRow, ClashSeverity } from "../indices/clash.ts";
import { analyseLibraries, type ClashLibrary, groupByPool, worstFirst } from "../indices/clash-groups.ts";
import { indexText } from "../indices/indexed-library.ts";
import type { ReindexFacts } from "./facts.ts";
import { buildReindexPlan, type ReindexPlan } from "./plan.ts";

/** Most rows of a clash table on the review; the clash page shows all. */
const shownRows = 500;

const words: Readonly<Record<ClashSeverity, string>> = { ok: "OK", warning: "Warning", error: "Error" };

type GroupedLibrary = ClashLibrary & { readonly poolId: number | null };

function clashCells(row: ClashRow, hasI5: boolean): ReviewTab["rows"][number] {
	const { hints } = row;
	return [
		words[row.severity],
		row.libraryName,
		row.combinedIndex,
		row.distance,
		row.nearest?.libraryName ?? null,
		row.messages.map((message) => message.text).join(" ") || null,
		hints?.wholeReversed ?? null,
		...(hasI5 ? [hints?.bothReversed ?? null] : []),
		hints?.i7Reversed ?? null,
		...(hasI5 ? [hints?.i5Reversed ?? null] : []),
	];
}

/** Clash tables per pool; `compared` are libraries that are not changed by the workflow and shown greyed (lab-workflows.md §13.1). */
export function listClashTabs(own: readonly GroupedLibrary[], compared: readonly GroupedLibrary[]): ReviewTab[] {
	const ownIds = new Set<number | string>(own.map((library) => library.id));
	return groupByPool([...own, ...compared]).map(({ poolId, title, libraries }) => {
		const analysis = analyseLibraries(libraries);
		const shown = worstFirst(analysis, shownRows);
		const distances = analysis.hasI5 ? ["RC Dist.", "RC i7+i5 Dist.", "i7 RC Dist.", "i5 RC Dist."] : ["RC Dist.", "i7 RC Dist."];
		return {
			key: `pool-${poolId ?? "none"}`,
			title: poolId === null ? title : `Pool: ${title}`,
			columns: ["Status", "Library", "Index", "Hamming Dist.", "Closest", "Problems", ...distances],
			rows: shown.rows.map((row) => clashCells(row, analysis.hasI5)),
			count: analysis.rows.length,
			disabledReason: null,
			severity: analysis.severity,
			mutedRows: shown.rows.flatMap((row, position) => (ownIds.has(row.libraryId) ? [] : [position])),
		};
	});
}

/** Sequences and orientation of the index sets of a library. */
export function describeIndices(
	indices: readonly {
		readonly sequenceI7: string | null;
		readonly sequenceI5: string | null;
		readonly orientationId: number | null;
	}[],
): string | null {
	const texts = indices.map((index) => {
		const orientation = findMember(BarcodeOrientation, index.orientationId)?.label ?? "orientation unknown";
		return `${indexText(index)} (${orientation})`;
	});
	return texts.join(", ") || null;
}

function listChanges({ libraries }: ReindexPlan): ReviewTab {
	const changed = libraries.filter((library) => library.isChanged);
	return {
		key: "changes",
		title: "Changes",
		columns: ["ID", "Library", "Before", "After"],
		rows: changed.map(({ library, indices }) => [
			library.id,
			library.name,
			describeIndices(library.indices),
			indices.length > 0 ? describeIndices(indices) : "deleted",
		]),
		count: changed.length,
		disabledReason: changed.length > 0 ? null : "Every library keeps its indices as they are.",
		severity: "ok",
	};
}

function clashTabs(plan: ReindexPlan, facts: ReindexFacts): ReviewTab[] {
	const own = plan.libraries.map(({ library, indices }) => ({ ...library, indices }));
	return listClashTabs(own, facts.neighbours);
}

/** Shows what changes and the clashes; clashes do not block (requests-and-annotation.md §8, 3). */
export const completeReindexStep: Step<ReindexFacts> = {
	name: "complete_reindex",
	title: "Review",
	applies: () => true,
	present(state: WorkflowState, facts) {
		const plan = buildReindexPlan(state, facts);
		return {
			kind: "review",
			title: "Review",
			heading: "Indices after completion",
			hints: ["Other libraries of the same pools are compared, too; they are shown in grey and stay as they are."],
			tabs: [listChanges(plan), ...clashTabs(plan, facts)],
			fields: [],
			values: {},
		};
	},
	accept: () => accept({}),
};
