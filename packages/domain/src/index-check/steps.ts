import { initialSheet, validateSheetInput } from "../annotation/sheet-step.ts";
import { previousInput, type WorkflowState } from "../annotation/state.ts";
import { accept, type ReviewTab, refuse, type Step, type Workflow } from "../annotation/step.ts";
import { describeIndices, listClashTabs } from "../reindex/review.ts";
import { type IndexCheckFacts, isKitSide, listOpenIndices } from "./facts.ts";
import {
	buildOrientationSheet,
	forwardLabel,
	type OrientationContext,
	orientationSheetName,
	readOrientationAnswers,
} from "./orientation-sheet.ts";
import { buildIndexCheckPlan, type IndexCheckPlan } from "./plan.ts";

function sheetContext(facts: IndexCheckFacts): OrientationContext {
	return {
		indices: listOpenIndices(facts).map(({ library, index }) => ({
			id: index.id,
			libraryName: library.name,
			sequenceI7: index.sequenceI7 ?? "",
			sequenceI5: index.sequenceI5 || null,
			isKitI7: isKitSide(index, "i7"),
			isKitI5: isKitSide(index, "i5"),
		})),
	};
}

const title = "Orientation";

/** Asks how every index is written that is unset or not validated. */
const orientationStep: Step<IndexCheckFacts> = {
	name: orientationSheetName,
	title,
	applies: (_state, facts) => listOpenIndices(facts).length > 0,
	present(state, facts) {
		const context = sheetContext(facts);
		const rows = context.indices.map((index) => ({
			index_id: index.id,
			library_name: index.libraryName,
			sequence_i7: index.sequenceI7,
			orientation_i7: index.isKitI7 ? forwardLabel : null,
			sequence_i5: index.sequenceI5,
			orientation_i5: index.isKitI5 ? forwardLabel : null,
		}));
		const without = facts.libraries.filter((library) => library.indices.length === 0).length;
		return {
			kind: "sheet",
			title,
			sheet: { name: orientationSheetName, context },
			initial: initialSheet(buildOrientationSheet(context), previousInput(state, orientationSheetName), rows),
			hints: [
				'An index of which you answer "I don\'t know" stays as it is. Indices from kits are forward and not asked for.',
				...(without > 0 ? [`Libraries without any index: ${without}. Give them one with Re-index.`] : []),
			],
		};
	},
	accept(input, _state, facts) {
		const sheet = validateSheetInput(buildOrientationSheet(sheetContext(facts)), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const answers = readOrientationAnswers(sheet.rows).map(({ indexId, i7, i5 }) => ({ index_id: indexId, i7, i5 }));
		return accept({ tables: { answers } });
	},
};

function listChanges(plan: IndexCheckPlan): ReviewTab {
	const changed = plan.indices.filter((index) => index.isChanged);
	return {
		key: "changes",
		title: "Changes",
		columns: ["Index ID", "Library", "Before", "After"],
		rows: changed.map(({ library, index, after }) => [
			index.id,
			library.name,
			describeIndices([index]),
			describeIndices([after]),
		]),
		count: changed.length,
		disabledReason: changed.length > 0 ? null : "No index changes.",
		severity: "ok",
	};
}

/** The libraries as they are afterwards. */
function librariesAfter(plan: IndexCheckPlan, facts: IndexCheckFacts) {
	const after = new Map(plan.indices.map((index) => [index.index.id, index.after]));
	return facts.libraries.map((library) => ({
		...library,
		indices: library.indices.map((index) => after.get(index.id) ?? index),
	}));
}

/** Shows what changes, and the clashes afterwards; clashes do not block. */
const completeIndexCheckStep: Step<IndexCheckFacts> = {
	name: "complete_index_check",
	title: "Review",
	applies: () => true,
	present(state: WorkflowState, facts) {
		const plan = buildIndexCheckPlan(state, facts);
		const unsure = plan.indices.filter((index) => !index.isChanged).length;
		return {
			kind: "review",
			title: "Review",
			heading: "Indices after completion",
			hints: [
				...(plan.indices.length === 0 ? ["All indices come from kits or are validated: completing ticks the review step."] : []),
				...(unsure > 0 ? [`Indices that stay as they are because their orientation is not known: ${unsure}.`] : []),
			],
			tabs: [listChanges(plan), ...listClashTabs(librariesAfter(plan, facts), facts.neighbours)],
			fields: [],
			values: {},
		};
	},
	accept: () => accept({}),
};

/** Staff settles how the indices of a request or pool are written (extensions.md §3). */
export const indexCheckWorkflow: Workflow<IndexCheckFacts> = {
	name: "index_check",
	steps: [orientationStep, completeIndexCheckStep],
};
