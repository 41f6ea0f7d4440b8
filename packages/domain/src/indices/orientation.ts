/** Orientation of stored indices (requests-and-annotation.md §6.4, §6.6). */
import { BarcodeOrientation } from "../catalog.ts";
import { reverseComplement } from "../text-rules.ts";
import type { OrientationId, ResolvedIndex } from "./index-set.ts";

/** What a person says about how a typed sequence is written. */
export type OrientationAnswer = "forward" | "reverseComplement" | "unknown";

/** The answers with their texts, in the order offered. */
export const orientationAnswers: readonly { readonly value: OrientationAnswer; readonly label: string }[] = [
	{ value: "forward", label: "Forward" },
	{ value: "reverseComplement", label: "Reverse Complement" },
	{ value: "unknown", label: "I don't know" },
];

/** How sure an orientation is: 0 unknown, 1 given but not validated, 2 validated. */
function certaintyOf(orientationId: OrientationId): number {
	if (orientationId === null) return 0;
	const validated: readonly number[] = [BarcodeOrientation.FORWARD.id, BarcodeOrientation.REVERSE_COMPLEMENT.id];
	return validated.includes(orientationId) ? 2 : 1;
}

/** Orientation to store for an index set: that of a single i7; of i7 and i5 the one that is less sure (§6.6). */
export function orientationOfSet(
	i7: Pick<ResolvedIndex, "orientationId">,
	i5: Pick<ResolvedIndex, "orientationId"> | null,
): OrientationId {
	if (!i5) return i7.orientationId;
	return certaintyOf(i5.orientationId) < certaintyOf(i7.orientationId) ? i5.orientationId : i7.orientationId;
}

/**
 * A typed index after the answer of the submitter (§6.4, *custom*): forward stays, a reverse complement is turned round, and both
 * count as forward, not validated; unknown stays as it is. Kit and name are none.
 */
export function applyOrientationAnswer(index: ResolvedIndex, answer: OrientationAnswer): ResolvedIndex {
	const sequence = answer === "reverseComplement" ? reverseComplement(index.sequence) : index.sequence;
	const orientationId = answer === "unknown" ? null : BarcodeOrientation.FORWARD_NOT_VALIDATED.id;
	return { kitId: null, name: null, sequence, orientationId };
}
