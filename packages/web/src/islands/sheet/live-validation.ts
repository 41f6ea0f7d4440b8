/** Validates while typing, with the very rules of the server, without getting in the way of the keyboard. */
import type { Problem, SheetDefinition } from "@opengsync/domain/sheets/types";
import { validateSheet } from "@opengsync/domain/sheets/validate-sheet";
import { type SheetState, sheetOfState } from "./sheet-state.ts";

const shortestDelayMs = 120;

/** Runs `validateSheet` shortly after the last change; a sheet that takes long to check waits accordingly longer. */
export class LiveValidation {
	private timer: ReturnType<typeof setTimeout> | undefined;
	private lastDurationMs = 0;
	private readonly definition: SheetDefinition;
	private readonly onProblems: (problems: readonly Problem[], state: SheetState) => void;

	constructor(definition: SheetDefinition, onProblems: (problems: readonly Problem[], state: SheetState) => void) {
		this.definition = definition;
		this.onProblems = onProblems;
	}

	/** Checks the state after a pause in typing. */
	schedule(state: SheetState): void {
		clearTimeout(this.timer);
		const delayMs = Math.max(shortestDelayMs, Math.min(1000, 3 * this.lastDurationMs));
		this.timer = setTimeout(() => this.run(state), delayMs);
	}

	/** Checks the state at once. */
	run(state: SheetState): void {
		clearTimeout(this.timer);
		const start = performance.now();
		const { problems } = validateSheet(this.definition, sheetOfState(state));
		this.lastDurationMs = performance.now() - start;
		this.onProblems(problems, state);
	}

	stop(): void {
		clearTimeout(this.timer);
	}
}
