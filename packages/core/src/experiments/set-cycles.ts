import type { FieldError } from "@opengsync/domain/field-error";
import type { Cycles } from "@opengsync/domain/identifiers";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { loadExperimentForChange, requireEditable } from "./load-for-change.ts";

const reads = ["r1Cycles", "i1Cycles", "i2Cycles", "r2Cycles"] as const;
const mostCycles = 2_147_483_647;

/** What is wrong with planned cycles, at fields named like them: whole numbers from 0, or nothing. */
export function checkCycles(cycles: Cycles): FieldError[] {
	return reads
		.filter((read) => {
			const count = cycles[read];
			return count !== null && !(Number.isInteger(count) && count >= 0 && count <= mostCycles);
		})
		.map((field) => ({ field, message: "Cycles are a whole number from 0." }));
}

/**
 * Sets the planned cycles of an experiment; 0 is a value, null clears (lab-workflows.md §17.10).
 * @throws InvalidInputError, NotPossibleError when the experiment is no longer editable
 */
export async function setCycles(context: CommandContext, experimentId: number, cycles: Cycles): Promise<void> {
	const { tx, viewer } = context;
	const experiment = await loadExperimentForChange(tx, viewer, experimentId);
	requireEditable(experiment, viewer);
	const errors = checkCycles(cycles);
	if (errors.length > 0) throw new InvalidInputError(errors);
	await tx
		.updateTable("experiment")
		.set({ r1_cycles: cycles.r1Cycles, i1_cycles: cycles.i1Cycles, i2_cycles: cycles.i2Cycles, r2_cycles: cycles.r2Cycles })
		.where("id", "=", experimentId)
		.execute();
}
