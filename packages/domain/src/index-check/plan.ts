import { readTable, type WorkflowState } from "../annotation/state.ts";
import { BarcodeOrientation } from "../catalog.ts";
import type { OrientationId } from "../indices/index-set.ts";
import type { LibraryIndexFact } from "../indices/indexed-library.ts";
import { type OrientationAnswer, orientationAnswers, orientationOfSet } from "../indices/orientation.ts";
import { type IndexCheckFacts, listOpenIndices, type OpenIndex } from "./facts.ts";
import { type OrientationAnswers, turnSequence } from "./orientation-sheet.ts";

const { FORWARD, REVERSE_COMPLEMENT, REVERSE_COMPLEMENT_NOT_VALIDATED } = BarcodeOrientation;

/** An index with what it is afterwards. */
export interface CheckedIndex extends OpenIndex {
	readonly after: LibraryIndexFact;
	readonly isChanged: boolean;
}

/** What completing the index check writes (extensions.md §3). */
export interface IndexCheckPlan {
	readonly indices: readonly CheckedIndex[];
	/** Requests whose review step `index_check` is ticked: those of which the run looked at every open index. */
	readonly checkedRequestIds: readonly number[];
}

/** An unanswered side stays as sure as it was. */
function orientationAfter(before: OrientationId, answer: OrientationAnswer): OrientationId {
	return answer === "unknown" ? before : FORWARD.id;
}

function isReverse(orientationId: OrientationId): boolean {
	return orientationId === REVERSE_COMPLEMENT.id || orientationId === REVERSE_COMPLEMENT_NOT_VALIDATED.id;
}

/** The weaker of both sides; unknown where one is forward now and the other still reversed, because only one value is stored. */
function orientationOfAnswers(before: OrientationId, { i7, i5 }: Omit<OrientationAnswers, "indexId">): OrientationId {
	const after7 = orientationAfter(before, i7);
	if (i5 === null) return after7;
	const after5 = orientationAfter(before, i5);
	if (after7 !== after5 && (isReverse(after7) || isReverse(after5))) return null;
	return orientationOfSet({ orientationId: after7 }, { orientationId: after5 });
}

/** An index after its answers: custom sequences written in reverse are turned round; what was taken from a kit stays. */
export function applyOrientationAnswers(index: LibraryIndexFact, answers: Omit<OrientationAnswers, "indexId">): LibraryIndexFact {
	return {
		...index,
		sequenceI7: index.sequenceI7 && turnSequence(index.sequenceI7, answers.i7),
		sequenceI5: index.sequenceI5 && turnSequence(index.sequenceI5, answers.i5 ?? "unknown"),
		orientationId: orientationOfAnswers(index.orientationId, answers),
	};
}

function readAnswers(state: WorkflowState): Map<number, OrientationAnswers> {
	const answerOf = (value: unknown) => orientationAnswers.find((answer) => answer.value === value)?.value ?? null;
	const rows = readTable(state, "answers") ?? [];
	return new Map(
		rows.map((row) => [
			Number(row.index_id),
			{ indexId: Number(row.index_id), i7: answerOf(row.i7) ?? "unknown", i5: answerOf(row.i5) },
		]),
	);
}

/** What the answers of the run change. Touches nothing. */
export function buildIndexCheckPlan(state: WorkflowState, facts: IndexCheckFacts): IndexCheckPlan {
	const answers = readAnswers(state);
	const indices = listOpenIndices(facts).map(({ library, index }): CheckedIndex => {
		const given = answers.get(index.id);
		const after = given ? applyOrientationAnswers(index, given) : index;
		const isChanged =
			after.sequenceI7 !== index.sequenceI7 ||
			after.sequenceI5 !== index.sequenceI5 ||
			after.orientationId !== index.orientationId;
		return { library, index, after, isChanged };
	});
	const elsewhere = new Set(facts.requestsWithOtherOpenIndices);
	const requestIds = [...new Set(facts.libraries.map((library) => library.requestId))];
	return { indices, checkedRequestIds: requestIds.filter((id) => !elsewhere.has(id)) };
}
